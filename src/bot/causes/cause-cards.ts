/** The cards on which an administrator writes what an error means. Pure. */
import type { CompanyEntry } from '../../core/company-entry.ts';
import type { Block, Button, CardMessage } from '../../message/card-data.ts';
import { companyButton, companyFixes } from '../../message/company-words.ts';
import type { Words } from '../../message/words.ts';
import type { ErrorSeen, NotToWrite } from './error-seen.ts';

/** The maximum lengths, in characters: a cause is part of titles. */
export const limits = { cause: 120, steps: 10, step: 300 };
const maxRows = 20;

/** The form; `of` is how the error was named. */
export function causeForm({ say, ...words }: Words, { error, entry }: ErrorSeen, of: string): CardMessage {
  return {
    template: 'sheet',
    data: {
      mark: 'ask',
      title: say(entry ? 'causes.form-change' : 'causes.form-new'),
      why: say('causes.form-why'),
      body: [azureFacts({ say, ...words }, error)],
      inputs: [
        {
          kind: 'text',
          id: 'cause',
          label: say('causes.cause'),
          value: entry?.cause,
          maxLength: limits.cause,
          required: say('causes.cause-missing'),
        },
        {
          kind: 'text',
          id: 'fix',
          label: say('causes.fix'),
          value: entry?.fixes.join('\n'),
          maxLength: 2000,
          multiline: true,
          required: say('causes.fix-missing'),
        },
      ],
      buttons: formButtons(say, of, entry !== null),
    },
  };
}

function formButtons(say: Words['say'], of: string, isWritten: boolean): Button[] {
  const data = { error: of };
  const remove: Button = { title: say('causes.remove'), verb: 'remove-cause', data, withInputs: false };
  return [
    { title: say('causes.save'), verb: 'save-cause', data, style: 'positive' },
    ...(isWritten ? [{ ...remove, style: 'destructive' as const }] : []),
    { title: say('button.close'), verb: 'close-cause', data, withInputs: false },
  ];
}

/** The form was closed. */
export function causeClosed({ say }: Words): CardMessage {
  return { template: 'notice', data: { mark: 'stopped', title: say('causes.closed') } };
}

/** What applies now; null: it was removed. */
export function causeSaved(words: Words, { error, entry }: ErrorSeen): CardMessage {
  const { say } = words;
  const why: Block[] = entry
    ? [{ kind: 'facts', facts: [{ title: say('failed.why'), value: entry.cause }] }, ...companyFixes(words, entry)]
    : [];
  return {
    template: 'sheet',
    data: {
      mark: 'ok',
      title: say(entry ? 'causes.saved' : 'causes.removed'),
      why: say(entry ? 'causes.saved-text' : 'causes.removed-text'),
      body: [...why, azureFacts(words, error)],
      buttons: entry ? [companyButton(words, { of: error.id, isWritten: true })] : [],
    },
  };
}

/** All entries; people who can't change them get no buttons. */
export function causeList(words: Words, written: readonly CompanyEntry[], mayChange: boolean): CardMessage {
  const { say } = words;
  const edit = (of: string) => companyButton(words, { of, isWritten: true });
  const rows = written.slice(0, maxRows).map((entry) => ({
    text: entry.cause,
    note: [...entry.codes, say('company.by', { who: entry.by, date: words.date(new Date(entry.at)) })].join(' · '),
    ...(mayChange && {
      // Short, so that the text beside it has room on a phone.
      button: { ...edit(entry.id), title: say('company.edit-row'), about: entry.codes[0] ?? entry.id },
    }),
  }));
  const rest = written.length - rows.length;
  const last = say(written.length > 0 ? 'causes.export' : 'causes.how');
  return {
    template: 'sheet',
    data: {
      mark: 'info',
      title: say('causes.title', { count: written.length }),
      body: [
        ...(rows.length > 0 ? [{ kind: 'rows' as const, rows }] : []),
        ...(rest > 0 ? [{ kind: 'text' as const, text: say('causes.more', { count: rest }) }] : []),
        { kind: 'text', text: last, tone: 'quiet' },
      ],
    },
  };
}

/** Why no entry can be written for this error. */
export function notToWrite({ say }: Words, not: NotToWrite, asked: string): CardMessage {
  const title = not === 'no-job' ? say('causes.no-job', { asked: asked.slice(0, 36) }) : say(`causes.${not}`);
  return { template: 'notice', data: { mark: 'stopped', title, text: [say(`causes.${not}-text`)] } };
}

function azureFacts({ say }: Words, { codes, says }: ErrorSeen['error']): Block {
  return {
    kind: 'facts',
    facts: [
      { title: say('failed.code'), value: codes.join(' · ') || '–' },
      { title: say('failed.azure-says'), value: says.join(' ') || '–' },
    ],
  };
}
