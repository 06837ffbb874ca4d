import type { Button } from '../card-data.ts';
import type { Words } from '../words.ts';

/** A VM, as a command names it, and by its name. */
type Called = { readonly calledAs: string; readonly vm: string };

/** Leads to the restore that brings lost keys, and a deleted key vault, back with the disks: it needs an approval. */
export function restoreKeysButton({ say }: Words, { calledAs, vm }: Called): Button {
  const data = { command: `backup restore ${calledAs}` };
  return { title: say('button.restore-keys'), about: vm, verb: 'command', data, withInputs: false, style: 'positive' };
}
