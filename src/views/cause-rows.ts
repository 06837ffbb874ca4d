/** Rows of a list by cause: the VMs that share one are named together, with one button for all of them. */
import { inOneCommand } from '../core/one-command.ts';
import type { Button } from '../message/card-data.ts';
import type { Words } from '../message/words.ts';

/** A VM as a row names it, and as a command does. */
export type CalledVm = { readonly vm: string; readonly calledAs: string };

const maxNamed = 5;

/** Items with the same cause together, the cause with the most first. */
export function byCause<T>(items: readonly T[], causeOf: (item: T) => string): (readonly [string, readonly T[]])[] {
  return [...Map.groupBy(items, causeOf)].toSorted(([, a], [, b]) => b.length - a.length);
}

/** The names of a row's VMs. */
export function vmNames(words: Words, vms: readonly CalledVm[]): string {
  return words.names(
    vms.map(({ vm }) => vm),
    maxNamed,
  );
}

/** The button of a VM that no longer exists: its backups stop. */
export function stopButton({ say }: Words, { vm, calledAs }: CalledVm): Button {
  const data = { command: `backup stop ${calledAs}` };
  return { title: say('forecast.stop'), about: vm, verb: 'command', data, withInputs: false };
}

const steps = {
  fix: ['backup', 'button.show-fix', 'failures.fix-row'],
  check: ['backup', 'button.check', 'forecast.check-many'],
  'back-up': ['backup now', 'button.back-up-now', 'failures.back-up-row'],
} as const;

/**
 * The button of a row, named after what it does. If one command can't have all of its VMs, it takes the first, and says
 * how many are left.
 */
export function vmsButton({ say }: Words, step: keyof typeof steps, vms: readonly CalledVm[]): Button {
  const [word, one, many] = steps[step];
  const some = inOneCommand(vms, ({ calledAs }) => calledAs);
  return {
    title: vms.length === 1 ? say(one) : say(many, { count: some.length, left: vms.length - some.length }),
    about: some.map(({ vm }) => vm).join(', '),
    verb: 'command',
    data: { command: `${word} ${some.map(({ calledAs }) => calledAs).join(' ')}` },
    withInputs: false,
  };
}
