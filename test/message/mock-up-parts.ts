import { capital } from '../../src/message/verdict-texts.ts';
import type { Button } from '../../src/message/card-data.ts';
import type { Words } from '../../src/message/words.ts';

/** The data of a dialog's buttons. */
export const dialog = { dialog: '7c1d4f50-9a5e-4a4f-8a51-1f0b2f6c0a11', revision: 3 };

/** A button of that dialog. */
export const press = (title: string, verb: string, more: Partial<Button> = {}): Button => ({
  title,
  verb,
  data: dialog,
  ...more,
});
/** Its Cancel. */
export const cancel = (w: Words) => press(w.say('button.cancel'), 'dialog.cancel', { withInputs: false });

/** Who started it, and its job. */
export const startedBy = ({ say }: Words, job: string) =>
  `${capital(say('started.by', { who: 'Ana de Vries', at: 'none' }))} · ${say('closing.job', { job })}`;
