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

/** The commands that this release carries out; the others say that they are not built yet. */
export const builtCommands: readonly CommandWord[] = ['now', 'status', 'access', 'help'];
