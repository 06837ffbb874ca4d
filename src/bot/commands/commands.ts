import { nearWords } from '../../core/near-words.ts';
import type { CommandSpec, HelpLine } from '../../message/command-spec.ts';
import type { RequestList } from '../../operations/cards/requests-card.ts';
import { operations } from '../../operations/list.ts';
import { views } from '../../views/views.ts';

/** Opens a dialog: its own, or, if `opens` is null, the one about the VMs that it names. */
export type OpensDialog = Omit<CommandSpec, 'word' | 'help'> & {
  readonly by: 'dialog';
  readonly opens: string | null;
  /** Whether it leads to an operation and shows nothing before that. */
  readonly leadsOn: boolean;
};

/** A command: its word, its lines of help, and what answers it. */
type Command = {
  readonly word: string;
  readonly help: readonly HelpLine[];
  readonly answer:
    | OpensDialog
    /** Its list of open requests for approval, for the person who asks. */
    | { readonly by: 'requests'; readonly list: RequestList }
    /** Whether failed backups are posted where it is typed. */
    | { readonly by: 'watch'; readonly word: 'watch' | 'unwatch' }
    /** `causes`: the company's own entries on errors. `unlink`: an administrator ends the link of a member of Slack. */
    | { readonly by: 'causes' | 'unlink' | 'help' };
};

/** A VM's name alone, after "backup". */
const named: HelpLine = { typed: '{vm}', says: 'backup', first: true };

/** All commands of this release, in the order of help. */
export const commands: readonly Command[] = [
  ...operations.flatMap(({ command, dialogs }) => {
    if (!command) return [];
    const { word, help, ...spec } = command;
    const opens = spec.takes === 'vms' ? null : (dialogs[0]?.flow.name ?? null);
    return [{ word, help, answer: { by: 'dialog' as const, ...spec, opens, leadsOn: !spec.shows } }];
  }),
  ...views.map(({ name, command: { word, help, ...spec } }) => ({
    word,
    help,
    answer: { by: 'dialog' as const, ...spec, opens: name, leadsOn: false },
  })),
  {
    word: 'approvals',
    help: [{ typed: 'approvals', says: 'approvals', first: true }],
    answer: { by: 'requests', list: 'approvals' },
  },
  { word: 'requests', help: [{ typed: 'requests', says: 'requests' }], answer: { by: 'requests', list: 'requests' } },
  { word: 'watch', help: [{ typed: 'watch', says: 'watch' }], answer: { by: 'watch', word: 'watch' } },
  { word: 'unwatch', help: [{ typed: 'unwatch', says: 'unwatch' }], answer: { by: 'watch', word: 'unwatch' } },
  { word: 'causes', help: [{ typed: 'causes', says: 'causes' }], answer: { by: 'causes' } },
  {
    word: 'unlink',
    help: [{ typed: 'unlink U012AB3CD', says: 'unlink', needs: 'slack' }],
    answer: { by: 'unlink' },
  },
  { word: 'help', help: [{ typed: 'help', says: 'help' }], answer: { by: 'help' } },
];

/** All lines of help. */
export const helpLines: readonly HelpLine[] = [named, ...commands.flatMap(({ help }) => help)];

const byWord: ReadonlyMap<string, Command> = new Map(commands.map((command) => [command.word, command]));

/** The command of this word, in lower case; undefined: there is none. */
export function commandOf(word: string): Command | undefined {
  return byWord.get(word);
}

/** Whether a command leads to an operation and shows nothing before that. */
export function leadsToOperation(word: string): boolean {
  const answer = commandOf(word)?.answer;
  return answer?.by === 'dialog' && answer.leadsOn;
}

/** The command nearest to a mistyped word; null if none is near. */
export function nearestCommand(word: string): string | null {
  // Never a command that doesn't exist: it may well be the opposite of what was typed. Of two that are as near, the one
  // that starts nothing.
  const known = commands
    .map((command) => command.word)
    .toSorted((a, b) => Number(leadsToOperation(a)) - Number(leadsToOperation(b)));
  const [best] = nearWords(word, known, word.length <= 4 ? 1 : 2);
  return best === undefined || best === word.toLowerCase() ? null : best;
}
