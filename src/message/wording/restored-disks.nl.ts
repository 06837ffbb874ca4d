import type { restoredDisksEn } from './restored-disks.en.ts';

/** Welke schijven een herstel maakte, en waaruit dat blijkt. */
export const restoredDisksNl: Readonly<Record<keyof typeof restoredDisksEn, string>> = {
  'restored.found-by': 'Gevonden via',
  'restored.way':
    '{way, select, tag {de tag van de taak} difference {wat nieuw is in de groep} file {het instellingenbestand} job {wat de taak noemt} other {hun namen en herkomst}}',
  'restored.one-way': 'alleen {way}; niets anders bevestigt het',
  'restored.unsure':
    '{why, select, disagree {niet bekend: de manieren om ze te vinden noemen verschillende schijven} group {niet bekend: Kluis mag de schijven in {group} niet opvragen} oneWay {niet bekend: in {group} staan nieuwe schijven, maar niets anders toont dat ze van dit herstel zijn} other {niet bekend: in {group} staat geen nieuwe schijf}}',
  'restored.said': '{way}: {disks}',
  'restored.count': '{count, plural, one {# schijf} other {# schijven}} verwacht',
  'restored.look': 'Kluis wijzigt er geen. Hiermee zie je wat de tag van de taak draagt:',
  'trouble.restored-disagree': 'welke schijven hersteld zijn, klopt niet',
  'trouble-why.restored-disagree':
    'De manieren om de herstelde schijven te vinden noemen verschillende schijven. Kluis wijzigt er daarom geen.',
  'trouble.disks-missing': 'de VM mist een herstelde schijf',
  'trouble.template-other-disks': 'het sjabloon heeft andere schijven dan de herstelde',
  'trouble-why.template-other-disks': 'Een VM daaruit zou een herstelde schijf missen, of een andere hebben.',
  'trouble.template-disks-unknown': 'niet zeker welke schijven het sjabloon gebruikt',
};
