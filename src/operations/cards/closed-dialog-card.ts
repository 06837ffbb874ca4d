import type { CardMessage, SheetData } from '../../message/card-data.ts';
import type { Drawing } from '../conversation.ts';

/**
 * The card of a dialog that was closed or that nobody came back to: nothing was changed, and it can be opened again.
 * What it had found (`was`) stays in the conversation, without anything to press: whoever scrolls back at night looks
 * for that.
 */
export function closedDialogCard(drawing: Omit<Drawing, 'known'>, about: string, was?: SheetData): CardMessage {
  const { words, dialog, revision, status } = drawing;
  const how = words.say(status === 'expired' ? 'refused.expired' : 'refused.cancelled', { hours: 12 });
  const title = about === '' ? how : `${about}: ${how}`;
  const open = { title: words.say('button.reopen'), verb: 'reopen', data: { dialog, revision }, withInputs: false };
  const again = words.say('refused.closed-text');
  const kept = was ? { ...keptOf(was), footer: again } : { why: again };
  return { template: 'sheet', data: { mark: 'stopped', title, ...kept, buttons: [open] } };
}

function keptOf({ title, why, body = [], line, details, links }: SheetData): Omit<SheetData, 'mark' | 'title'> {
  const reason = why === undefined ? [] : [{ kind: 'text' as const, text: why }];
  return { why: title, body: [...reason, ...body], line, details, links };
}
