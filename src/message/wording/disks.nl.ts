import type { disksEn } from './disks.en.ts';

/** Which data disks of a VM are backed up, in Dutch. */
export const disksNl: Record<keyof typeof disksEn, string> = {
  'button.choose-disks': 'Schijven kiezen',
  'button.change-disks': 'Schijven wijzigen',
  'button.change-disks+back-up-now': 'Schijven wijzigen en nu back-up maken',
  'input.disks': 'Weglaten uit de back-ups',
  'input.later-disks': 'Schijven die er later bij komen',
  'value.later-taken': 'Meenemen in de back-up',
  'value.later-left-out': 'Weglaten',

  'disks.title': 'Welke schijven van {vm} weglaten?',
  'disks.why':
    'De OS-schijf gaat altijd mee in de back-up. Een schijf die is weggelaten, kan niet uit de back-ups worden hersteld.',
  'disks.row': '{disk} · {size, number} GB · LUN {lun}',
  'disks.row-no-size': '{disk} · LUN {lun}',
  'disks.row-shared': '{row} · gedeeld: moet worden weggelaten',
  'disks.row-too-large': '{row} · te groot: moet worden weggelaten',
  'disks.restore':
    'Als schijven zijn weggelaten, kun je uit die back-ups alleen schijven herstellen: niet de hele VM in één stap, en niet over de bestaande schijven van de VM heen.',
  'disks.out': 'Weggelaten uit de back-ups: {disks}. Schijven die er later bij komen, gaan mee.',
  'disks.out-later': 'Weggelaten uit de back-ups: {disks}, en schijven die er later bij komen.',
  'disks.later': 'Alle dataschijven gaan mee in de back-up; schijven die er later bij komen niet.',
  'disks.all': 'Alle schijven gaan weer mee in de back-up, ook die er later bij komen.',
  'fact.data-disks': 'Dataschijven',

  'plan.disks-out': 'Weglaten uit de back-ups van {vm}: {disks}',
  'plan.disks-only':
    'Van {vm} alleen deze dataschijven meenemen in de back-up, en geen die er later bij komen: {disks}',
  'plan.disks-none': 'Van {vm} alleen de OS-schijf meenemen in de back-up',
  'plan.disks-all': 'Alle schijven van {vm} weer meenemen in de back-up',
  'value.disks-out': 'alle behalve {disks}',
  'value.disks-only': 'alleen {disks}, en geen die er later bij komen',
  'value.disks-none': 'geen, alleen de OS-schijf',
  'value.disks-all': 'alle',
  'phase.disks': 'Schijven gewijzigd',
  'phase.disks-now': 'Schijven wijzigen',
  'progress.now-disks': 'Schijvenkeuze van {vm} wordt gewijzigd',
  'closing.disks': '{vm}: schijven gewijzigd per volgende back-up',
  'failed.disks': 'Schijven van {vm} NIET gewijzigd: {cause}',
  'ping.disks': '{vm}: schijven gewijzigd; geldt vanaf de volgende back-up',
};
