/** Several VMs in one go, in English. */
export const manyEn = {
  'many.ready': '{count, plural, one {# ready} other {# ready}}',
  'many.access':
    '{count, plural, one {# needs access} other {# need access}} ({grants, plural, one {# grant is enough} other {# grants are needed}})',

  'many.open': '{count, plural, one {# needs a choice} other {# need a choice}}',
  'many.blocked': '{count, plural, one {# blocked} other {# blocked}}',
  'many.unknown': '{count, plural, one {# name unclear} other {# names unclear}}',
  'many.group-ready': 'Ready ({count, number}): protect and back up now',
  'many.group-protected': 'Protected already ({count, number}): back up now',
  'many.group-access': 'Access to a key vault is missing ({count, number})',
  'many.group-unknown': 'A Recovery Services vault or a policy has to be chosen ({count, number})',
  'many.group-blocked': 'Blocked ({count, number})',
  'many.group-several': 'Several VMs have this name ({count, number}): write group/name',
  'many.group-not-found-read': 'No VM has this name in what could be read ({count, number})',
  'many.group-not-found': 'No VM has this name ({count, number})',
  'many.to': 'to {vault}, {policy}',
  'many.now': 'in {vault}',
  'many.grant': 'in {keyVaults}',
  'many.choose': 'open it alone',
  'many.button-ready': '{count, plural, one {Go on with the ready one} other {Go on with the # ready ones}}',
  'many.button-all':
    '{count, plural, one {Give access, then go on with it} other {Give access, then go on with all #}}',
  'many.after':
    '{retention, plural, one {Backups made now are kept # day.} other {Backups made now are kept # days.}} Each VM has its own outcome. Nothing changed so far.',
  'many.running': '{done, number} of {count, number} VMs backed up',
  'many.ended': '{done, number} of {count, number} VMs are backed up',
  'many.ping': '{done, number} of {count, number} VMs are backed up; see the card above',
  'many.skipped': 'not begun, since a step before it did not succeed',
  'many.skipped-failed': 'not begun, since a step before it failed',
  'many.again': '{count, plural, one {Look at the other one again} other {Look at the other # again}}',
} as const;
