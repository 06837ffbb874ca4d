import type { Unread } from '../../azure/partial-read.ts';
import type { CardMessage } from '../../message/card-data.ts';
import { unreadLines, unreadTitle } from '../../message/unread-words.ts';
import type { Drawing } from './dialog-kind.ts';
import { dialogButton } from './dialog-buttons.ts';

const maxChoices = 5;

/** What was asked for, and with which command; the VMs, as group and name, that it may mean. */
type Meant = {
  readonly asked: string;
  readonly command: string;
  readonly several: readonly string[];
  readonly unread: readonly Unread[];
};

/** No single VM's backups are meant: several match, or none, or it is unknown. Pure. */
export function noneMeantCard(
  drawing: Pick<Drawing, 'words' | 'dialog' | 'revision'>,
  { asked, command, several, unread }: Meant,
): CardMessage {
  const { words } = drawing;
  const { say } = words;
  const again = dialogButton(drawing, { title: say('button.check-again'), verb: 'again' });
  const close = dialogButton(drawing, { title: say('button.close'), verb: 'cancel' });
  const text = unreadLines(words, unread);
  if (several.length > 0) {
    const choices = several.slice(0, maxChoices).map((vm) => ({
      title: vm,
      verb: 'command',
      data: { command: `backup ${command} ${vm}` },
      withInputs: false,
    }));
    const title = say('backups.several', { count: several.length, asked });
    return { template: 'notice', data: { mark: 'ask', title, text, buttons: [...choices, close] } };
  }
  const buttons = [again, close];
  if (unread.length === 0)
    return { template: 'notice', data: { mark: 'info', title: say('backups.none', { asked }), buttons } };
  const title = say('unread.title', { unread: unreadTitle(words, unread) });
  const none = say('backups.none-read', { asked });
  return { template: 'notice', data: { mark: 'unknown', title, text: [none, ...text], buttons } };
}
