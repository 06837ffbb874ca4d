import type { Block, CardMessage, SheetData } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';

/** How a dialog was closed. `about`: its subject; `by`: who closed it, null: nobody came back for `hours`. */
type Closing = {
  readonly words: Words;
  readonly dialog: string;
  readonly revision: number;
  readonly about: string;
  readonly by: string | null;
  readonly at: Date;
  readonly hours: number;
};

/**
 * The card of a dialog that was closed or abandoned: what it had found (`was`) stays in the conversation, since people
 * scroll back for that at night, with who closed it and when. The only button left reopens it.
 */
export function closedDialogCard(closing: Closing, was: SheetData): CardMessage {
  const { words, dialog, revision, about, by, at, hours } = closing;
  const { say } = words;
  const end = { at: words.dateTime(at), who: by ?? '', hours };
  const why = by === null ? say('closed.expired', end) : say('closed.by', end);
  const open = { title: say('button.reopen'), verb: 'reopen', data: { dialog, revision }, withInputs: false };
  const kept = was.mark === 'busy' ? { title: say('closed.unread', { about }) } : keptOf(was);
  const footer = say('refused.closed-text');
  return { template: 'sheet', data: { ...kept, mark: 'stopped', why, buttons: [open], footer } };
}

function keptOf({ title, subtitle, why, body = [], line, details, links }: SheetData) {
  const reason = why === undefined ? [] : [{ kind: 'text' as const, text: why }];
  return { title, subtitle, body: [...reason, ...body.map(withoutButtons)], line, details, links };
}

function withoutButtons(block: Block): Block {
  return block.kind === 'rows' ? { ...block, rows: block.rows.map(({ text, note }) => ({ text, note })) } : block;
}
