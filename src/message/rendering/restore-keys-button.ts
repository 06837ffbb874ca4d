import type { Button } from '../card-data.ts';
import type { Words } from '../words.ts';

/** A VM, as a command names it, and by its name. */
type Called = { readonly calledAs: string; readonly vm: string };

/** Leads to the restore that brings lost keys, and a deleted key vault, back with the disks: it needs an approval. */
export function restoreKeysButton({ say }: Words, { calledAs, vm }: Called): Button {
  const data = { command: `backup restore ${calledAs}` };
  return { title: say('button.restore-keys'), about: vm, verb: 'command', data, withInputs: false, style: 'positive' };
}

/** Leads to the card of a VM that offers to recover its deleted key vault, which needs an approval. */
export function recoverButton({ say }: Words, { calledAs, vm }: Called): Button {
  const data = { command: `backup ${calledAs}` };
  return { title: say('failures.recover'), about: vm, verb: 'command', data, withInputs: false, style: 'positive' };
}
