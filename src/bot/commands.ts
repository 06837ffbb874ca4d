import { nearWords } from '../core/near-words.ts';
import type { CommandSpec } from '../core/command-spec.ts';
import { operations } from '../operations/list.ts';
import { views } from '../views/views.ts';

/** A command, and the dialog that it opens; null: it isn't about VMs. */
type Command = CommandSpec & { readonly opens: string | null };

/** This release's commands, except `help`. */
export const commands: readonly Command[] = [
  ...operations.flatMap(({ command, dialogs }) =>
    command
      ? [{ ...command, opens: command.takes === 'vms' ? null : (dialogs[0]?.conversation.flow.name ?? null) }]
      : [],
  ),
  ...views.map((view) => ({ ...view.command, opens: view.name })),
];

/** Whether a command, by its word, leads to an operation and shows nothing before that. */
export function leadsToOperation(word: string): boolean {
  return operations.some(({ command }) => command?.word === word && !command.shows);
}

/** The lists of open requests for approval, for the person who asks. */
export const requestLists = ['approvals', 'requests'] as const;

/** Whether failed backups are posted where it is typed. */
export const watchWords = ['watch', 'unwatch'] as const;

/** The company's own entries on errors. */
export const causesWord = 'causes';

/** An administrator ends the link of a member of Slack. */
export const unlinkWord = 'unlink';

/** The words of all of them, with `help`. */
export const builtWords: readonly string[] = [
  ...commands.map(({ word }) => word),
  ...requestLists,
  ...watchWords,
  causesWord,
  unlinkWord,
  'help',
];

/** The command nearest to a mistyped word; null if none is near. */
export function nearestCommand(word: string): string | null {
  // Never a command that doesn't exist: it may well be the opposite of what was typed. Of two that are as near, the one
  // that starts nothing.
  const known = builtWords.toSorted((a, b) => Number(leadsToOperation(a)) - Number(leadsToOperation(b)));
  const [best] = nearWords(word, known, word.length <= 4 ? 1 : 2);
  return best === undefined || best === word.toLowerCase() ? null : best;
}
