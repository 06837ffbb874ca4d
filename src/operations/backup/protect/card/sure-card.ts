import type { CardMessage } from '../../../../message/card-data.ts';
import { chosenVault, defaultKeepDays, type BackupKnown } from '../known.ts';
import { dialogButton, navigation } from '../../../dialogs/dialog-buttons.ts';
import type { BackupDrawing } from './drawing.ts';

const dayMs = 86_400_000;

/** The one sentence to confirm before something irreversible. */
export function sureCard(drawing: BackupDrawing): CardMessage {
  const known = drawing.known as BackupKnown;
  const { words, now } = drawing;
  const vault = chosenVault(known)?.name ?? '';
  const until = words.date(new Date(now.getTime() + (known.asked.keepDays ?? defaultKeepDays) * dayMs));
  const confirm = dialogButton(drawing, {
    title: words.say(`button.${known.go}`),
    verb: 'submit',
    data: { sure: 'yes' },
    style: 'destructive',
  });
  return {
    template: 'notice',
    data: {
      mark: 'ask',
      title: words.say('irreversible.title', { count: 1, vm: known.reading.assessment.vm.name }),
      text: [words.say('irreversible', { vault, until })],
      buttons: [confirm, ...navigation(drawing)],
    },
  };
}
