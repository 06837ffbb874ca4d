import type { CardMessage, ChooseData, NoticeData, SheetData } from '../card-data.ts';
import { rowChoices } from '../choices.ts';

/** Rows with a button each up to this number, a pick-list beyond. */
const rowsShown = 5;

/** A message in the one form that is rendered. */
export function asSheet(message: CardMessage): SheetData {
  switch (message.template) {
    case 'sheet':
      return message.data;
    case 'choose':
      return message.data.rows.length > rowsShown ? pickList(message.data) : pickRows(message.data);
    case 'notice':
      return notice(message.data);
  }
}

function notice({ mark, title, text = [], buttons, links }: NoticeData): SheetData {
  const [why, ...rest] = text;
  return { mark, title, why, body: rest.map((each) => ({ kind: 'text', text: each })), buttons, links };
}

function pickRows({ id, verb, data, button, rows, ...card }: ChooseData): SheetData {
  const one = ({ value, name, description }: ChooseData['rows'][number]) => ({
    text: name,
    note: description,
    button: { title: button, about: name, verb, data: { ...data, [id]: value }, withInputs: false },
  });
  const { mark, title, text, more, footer } = card;
  return { mark, title, why: text, body: [{ kind: 'rows', rows: rows.map(one) }], buttons: more, footer };
}

function pickList(card: ChooseData): SheetData {
  const { mark, title, text, id, label, required, search, verb, data, button, more = [], footer } = card;
  return {
    mark,
    title,
    why: text,
    inputs: [{ kind: 'pick', id, label, required, style: 'filtered', choices: rowChoices(card), search }],
    buttons: [{ title: button, verb, data, style: 'positive' }, ...more],
    footer,
  };
}
