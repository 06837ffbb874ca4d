/** The question which data disks are left out of the backups, and what a card says about the answer. Pure. */
import type { Button, CardMessage } from '../../../../message/card-data.ts';
import type { Words } from '../../../../message/words.ts';
import type { BackupKnown } from '../known.ts';
import {
  canChooseDisks,
  disksLeftOut,
  disksOf,
  isChosen,
  keyOfDisk,
  keyOfDisks,
  laterDisks,
  presetDisks,
} from '../disks.ts';
import { dialogButton, navigation } from '../../../dialogs/dialog-buttons.ts';
import type { BackupDrawing } from './drawing.ts';

type Known = Pick<BackupKnown, 'reading'> & Partial<BackupKnown>;

/** Renders the question. */
export function disksCard(drawing: BackupDrawing): CardMessage {
  const known = drawing.known as Known;
  const { words } = drawing;
  const { say } = words;
  const { out, later } = presetDisks(known);
  const disks = disksOf(known);
  const choices = disks.map((disk) => ({ title: rowOf(words, disk), value: keyOfDisk(disk) }));
  const laters = laterDisks.map((value) => ({ title: say(`value.later-${value}`), value }));
  const go = dialogButton(drawing, {
    title: say('button.continue'),
    verb: 'submit',
    data: { among: keyOfDisks(disks) },
    style: 'positive',
  });
  return {
    template: 'sheet',
    data: {
      mark: 'ask',
      title: say('disks.title', { vm: known.reading.assessment.vm.name }),
      why: say('disks.why'),
      inputs: [
        { kind: 'picks', id: 'disks', label: say('input.disks'), choices, values: [...out] },
        { kind: 'pick', id: 'later', label: say('input.later-disks'), choices: laters, value: later },
      ],
      buttons: [go, ...navigation(drawing)],
      line: say('disks.restore'),
    },
  };
}

/** The button that opens that question; nothing if there is no choice. */
export function disksButton(drawing: BackupDrawing): Button[] {
  const known = drawing.known as Known;
  if (known.disks === undefined || !canChooseDisks(known) || isFullyBlocked(drawing, known)) return [];
  return [
    dialogButton(drawing, { title: drawing.words.say('button.choose-disks'), verb: 'change', data: { step: 'disks' } }),
  ];
}

/** What is left out, and what that means for a restore; nothing if all disks are backed up and were before. */
export function disksLines(words: Words, known: Known): string[] {
  const left = disksLeftOut(known.reading, known.disks);
  if (left !== null) return [leftOutLine(words, left), words.say('disks.restore')];
  return isChosen(known.disks) ? [words.say('disks.all')] : [];
}

/** If only rules or the channel prevent protecting it, choosing disks is pointless. */
function isFullyBlocked({ blockedOffers }: BackupDrawing, { reading }: Known): boolean {
  const protects = reading.choices.filter((choice) => choice.includes('protect'));
  return protects.length > 0 && protects.every((choice) => blockedOffers.some(({ go }) => go === choice));
}

function leftOutLine({ say }: Words, { names, only }: { readonly names: readonly string[]; readonly only: boolean }) {
  if (names.length === 0) return say('disks.later');
  return say(only ? 'disks.out-later' : 'disks.out', { disks: names });
}

function rowOf({ say }: Words, { name, lun, sizeGiB, unfit }: ReturnType<typeof disksOf>[number]): string {
  const disk = { disk: name, lun: String(lun) };
  const row = sizeGiB === null ? say('disks.row-no-size', disk) : say('disks.row', { ...disk, size: sizeGiB });
  return unfit === null ? row : say(`disks.row-${unfit}`, { row });
}
