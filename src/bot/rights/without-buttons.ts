/** A card without some of its buttons. Pure. */
import type { Block, Button, SheetData } from '../../message/card-data.ts';

/** The card with the buttons that stay, also beside its rows, and without the inputs that only the others sent. */
export function withoutButtons(sheet: SheetData, stays: (button: Button) => boolean): SheetData {
  const { buttons = [], inputs = [], body = [], details = [] } = sheet;
  const kept = buttons.filter(stays);
  const rowsOf = (block: Block) => withoutRowButtons(block, stays);
  return {
    ...sheet,
    buttons: kept,
    inputs: kept.some(({ withInputs }) => withInputs !== false) ? inputs : [],
    body: body.map(rowsOf),
    details: details.map((section) => ({ ...section, body: section.body.map(rowsOf) })),
  };
}

/** Every button of a card, also those beside its rows. */
export function buttonsIn({ buttons = [], body = [], details = [] }: SheetData): Button[] {
  const blocks = [...body, ...details.flatMap((section) => section.body)];
  const rows = blocks.flatMap((block) => (block.kind === 'rows' ? block.rows : []));
  return [...buttons, ...rows.flatMap(({ button }) => button ?? [])];
}

function withoutRowButtons(block: Block, stays: (button: Button) => boolean): Block {
  if (block.kind !== 'rows') return block;
  const rows = block.rows.map(({ button, ...row }) => (button && stays(button) ? { ...row, button } : row));
  return { ...block, rows };
}
