import type { CardMessage } from '../message/card-data.ts';
import type { Drawing } from './conversation.ts';

/** The card of a dialog that was cancelled or that nobody came back to: nothing was changed, and it can be opened again. */
export function closedDialogCard(drawing: Omit<Drawing, 'known'>, about: string): CardMessage {
  const { words, dialog, revision, status } = drawing;
  const how = words.say(status === 'expired' ? 'refused.expired' : 'refused.cancelled', { hours: 12 });
  const title = about === '' ? how : `${about}: ${how}`;
  const open = { title: words.say('button.reopen'), verb: 'reopen', data: { dialog, revision }, withInputs: false };
  return {
    template: 'notice',
    data: { mark: 'stopped', title, text: [words.say('refused.closed-text')], buttons: [open] },
  };
}
