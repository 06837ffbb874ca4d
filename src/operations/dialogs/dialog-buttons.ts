/** The buttons that all dialogs have. */
import type { Button } from '../../message/card-data.ts';
import type { Drawing } from './dialog-kind.ts';

/** A button of a dialog: its click names dialog and revision, and what the button itself says. */
export function dialogButton(
  { dialog, revision }: Pick<Drawing, 'dialog' | 'revision'>,
  button: { title: string; verb: string; data?: Button['data']; style?: Button['style']; withInputs?: boolean },
): Button {
  return { withInputs: button.verb === 'submit', ...button, data: { ...button.data, dialog, revision } };
}

/** Back, if there is somewhere to go back to, and Cancel; Close if there is nothing to cancel. */
export function navigation(
  drawing: Pick<Drawing, 'words' | 'dialog' | 'revision' | 'canGoBack'>,
  title: 'button.cancel' | 'button.close' = 'button.cancel',
): Button[] {
  const { say } = drawing.words;
  const back = dialogButton(drawing, { title: say('button.back'), verb: 'back' });
  const out = dialogButton(drawing, { title: say(title), verb: 'cancel' });
  return drawing.canGoBack ? [back, out] : [out];
}
