/** What a card leaves out where Kluis is read-only. Pure. */
import { ownOf } from '../../core/own-of.ts';
import type { Button, CardMessage } from '../../message/card-data.ts';
import { asSheet } from '../../message/rendering/as-sheet.ts';
import type { Words } from '../../message/words.ts';
import { commandOf, leadsToOperation } from '../commands/commands.ts';
import { buttonsIn, withoutButtons } from './without-buttons.ts';

/** What a click does without starting or changing anything. A verb that isn't here counts as one that writes. */
const reads: ReadonlySet<string> = new Set([
  ...['again', 'back', 'cancel', 'change', 'reopen', 'submit'],
  // They end a request, or note what somebody thinks of one that has started: nothing starts.
  ...['deny', 'review', 'withdraw'],
]);

/**
 * The card without the buttons that would be refused because Kluis is read-only, without the inputs that only those
 * sent, and with one sentence about it. A card without such buttons is returned as it is.
 */
export function withoutWrites(message: CardMessage, { say }: Words): CardMessage {
  const sheet = asSheet(message);
  if (!buttonsIn(sheet).some(writes)) return message;
  const reason = say('ruled.read-only');
  const isSaid = JSON.stringify(sheet).includes(reason);
  const { note = '' } = sheet;
  const data = withoutButtons(sheet, (button) => !writes(button));
  return { template: 'sheet', data: { ...data, note: isSaid ? note : [reason, note].join(' ').trim() } };
}

/** Whether a button starts or changes something, or opens a dialog that has no other purpose. */
function writes({ verb, data }: Button): boolean {
  const has = (name: string) => ownOf(data, name) !== undefined;
  // Nothing about an alert can be changed either.
  if (has('alert')) return true;
  if (verb === 'command') return typesWrite(String(ownOf(data, 'command') ?? ''));
  // A dialog's last answer: what is started, or that it is sure.
  return !reads.has(verb) || (verb === 'submit' && (has('go') || has('sure')));
}

function typesWrite(command: string): boolean {
  const [, word = '', about] = command.split(' ');
  return commandOf(word)?.answer.by === 'causes' ? about !== undefined : leadsToOperation(word);
}
