/** Which disks a restore created, and what shows it. */
export const restoredDisksEn = {
  'restored.found-by': 'Found by',
  'restored.way':
    "{way, select, tag {the job's tag on them} difference {what is new in the group} file {the settings file} job {what the job names} other {their names and sources}}",
  'restored.one-way': '{way} only; no second way confirms it',
  'restored.unsure':
    "{why, select, disagree {not known: the ways to find them name different disks} group {not known: Kluis isn't allowed to list the disks in {group}} oneWay {not known: new disks are in {group}, and nothing else shows that they are from this restore} other {not known: no new disk is in {group}}}",
  'restored.said': '{way}: {disks}',
  'restored.count': '{count, plural, one {# disk} other {# disks}} expected',
  'restored.look': 'Kluis changes none of them. This lists what carries the tag of the job:',
  'trouble.restored-disagree': 'which disks were restored is contradictory',
  'trouble-why.restored-disagree':
    'The ways to find the restored disks name different ones, so Kluis changes none of them.',
  'trouble.disks-missing': 'it lacks a restored disk',
  'trouble.template-other-disks': 'the template has other disks than those restored',
  'trouble-why.template-other-disks': 'A VM made from it would lack a restored disk, or have another one.',
  'trouble.template-disks-unknown': "which disks the template uses isn't certain",
} as const;
