import { distance } from 'fastest-levenshtein';

/** The words after `backup` that are commands and not names of VMs. Help, manifests and README are checked against this list. */
export const commandWords = [
  'now',
  'status',
  'access',
  'help',
  'jobs',
  'job',
  'cancel',
  'restore',
  'stop',
  'resume',
  'undelete',
  'vaults',
  'policies',
  'policy',
  'unprotected',
  'approvals',
  'requests',
  'watch',
  'unwatch',
  'forecast',
] as const;
export type CommandWord = (typeof commandWords)[number];

/** The commands that open a dialog of their own with the words after them; the others are about one VM. */
export const viewFlows: Readonly<Partial<Record<CommandWord, string>>> = {
  jobs: 'jobs',
  job: 'job',
  vaults: 'vaults',
  policies: 'policies',
  policy: 'policy',
  cancel: 'cancel',
  unprotected: 'unprotected',
  status: 'status',
};

/** The commands that this release carries out; the others say that they are not built yet. */
export const builtCommands: readonly CommandWord[] = commandWords.filter(
  (word) => word in viewFlows || ['now', 'access', 'help'].includes(word),
);

/** The command that a mistyped word is nearest to; null where none is near. */
export function nearestCommand(word: string): CommandWord | null {
  const given = word.toLowerCase().slice(0, 40);
  // Never what is not built, which may well be the opposite of what was typed.
  const [best] = builtCommands
    .map((command) => ({ command, far: distance(given, command) }))
    .sort((a, b) => a.far - b.far);
  const allowed = given.length <= 4 ? 1 : 2;
  return best && best.far > 0 && best.far <= allowed ? best.command : null;
}
