/** The cards of `/backup cancel` if no single job is meant: all running jobs, or the name fits several. */
import type { Button, CardMessage } from '../../../message/card-data.ts';
import { unreadBlocks, unreadLines, unreadTitle } from '../../../message/unread-words.ts';
import type { Words } from '../../../message/words.ts';
import type { Running, RunningRow } from './running.ts';

const maxChoices = 5;
const maxRows = 15;

type Listed = {
  readonly words: Words;
  readonly rows: readonly RunningRow[];
  readonly unread: Running['unread'];
  readonly again: Button;
  readonly now: Date;
};

/** All running jobs, the newest first, each with a button that asks whether to cancel it. */
export function runningCard({ words, rows, unread, again, now }: Listed): CardMessage {
  const { say } = words;
  if (rows.length === 0) return nothingRuns({ words, unread, again });
  const since = ({ since: at, vaultName }: RunningRow) =>
    say('jobs.since', { start: at ? words.dated(new Date(at), now) : '–', vault: vaultName });
  const items = rows.slice(0, maxRows).map((row) => ({ text: row.vm, note: since(row) }));
  const isWhole = rows.length <= maxChoices;
  const all = isWhole ? [] : [commandButton('backup jobs running', 'backup jobs running')];
  const choices = rows.slice(0, maxChoices - all.length).map((row) => {
    const isOnly = rows.filter(({ vm }) => vm === row.vm).length === 1;
    const vm = isOnly ? row.vm : say('jobs.open', { vm: row.vm, job: row.jobId.slice(0, 8) });
    return commandButton(say('button.cancel-of', { vm }), `backup cancel ${row.jobId}`);
  });
  return {
    template: 'sheet',
    data: {
      mark: 'ask',
      title: say('cancel.which', { count: rows.length }),
      body: [{ kind: 'list', items }, ...unreadBlocks(words, unread)],
      buttons: [...choices, ...all, again],
    },
  };
}

function nothingRuns({ words, unread, again }: Pick<Listed, 'words' | 'unread' | 'again'>): CardMessage {
  const { say } = words;
  if (unread.length === 0)
    return { template: 'notice', data: { mark: 'info', title: say('cancel.nothing'), buttons: [again] } };
  const title = say('unread.title', { unread: unreadTitle(words, unread) });
  const text = [say('cancel.nothing-read'), ...unreadLines(words, unread, title)];
  return { template: 'notice', data: { mark: 'unknown', title, text, buttons: [again] } };
}

type NoneCard = { readonly words: Words; readonly asked: string; readonly again: Button };

/** No single job is meant: several VMs match, or none, or it is unknown. */
export function noneMeantCard({ words, asked, again }: NoneCard, { several, unread }: Running): CardMessage {
  const { say } = words;
  if (several.length > 0) {
    const text = unreadLines(words, unread);
    const choices = several.slice(0, maxChoices).map((vm) => commandButton(vm, `backup cancel ${vm}`));
    const title = say('cancel.several', { count: several.length, asked });
    return { template: 'notice', data: { mark: 'ask', title, text, buttons: [...choices, again] } };
  }
  if (unread.length === 0)
    return { template: 'notice', data: { mark: 'info', title: say('cancel.none', { asked }), buttons: [again] } };
  const title = say('unread.title', { unread: unreadTitle(words, unread) });
  const none = say('cancel.none-read', { asked });
  return {
    template: 'notice',
    data: { mark: 'unknown', title, text: [none, ...unreadLines(words, unread, title)], buttons: [again] },
  };
}

function commandButton(title: string, command: string): Button {
  return { title, verb: 'command', data: { command }, withInputs: false };
}
