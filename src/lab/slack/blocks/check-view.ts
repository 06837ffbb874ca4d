import { isFields, listOf, type Fields } from '../fields.ts';
import { checkBlocks } from './check-blocks.ts';
import { boolean, note, object, string, type Check, type Faults } from './check-shape.ts';
import { givenId, plainText } from './check-texts.ts';

const unread: Check = () => undefined; // the blocks are checked separately

const common = {
  callback_id: string({ max: 255 }),
  private_metadata: string({ max: 3000 }),
  external_id: givenId,
};

const short = plainText({ max: 24 });

const shapes = {
  modal: object(
    { title: short, blocks: unread },
    {
      ...common,
      submit: short,
      close: short,
      clear_on_close: boolean,
      notify_on_close: boolean,
      submit_disabled: boolean,
    },
  ),
  home: object({ blocks: unread }, common),
};

/** What Slack would refuse in this view, in its words; empty if nothing. */
export function checkView(view: Fields, type: 'modal' | 'home'): Faults {
  const at = '/view';
  const found: Faults = [];
  if (view['type'] === undefined) note(found, 'missing required field: type', at);
  else if (view['type'] !== type) note(found, `unsupported type: ${String(view['type'])}`, `${at}/type`);
  shapes[type](view, at, found);
  if (view['blocks'] !== undefined) found.push(...checkBlocks(view['blocks'], { surface: type, at: `${at}/blocks` }));
  if (type === 'modal' && !isFields(view['submit']) && hasInput(view))
    note(found, 'missing required field: submit', at);
  return found;
}

function hasInput(view: Fields): boolean {
  return listOf(view['blocks']).some(({ type }) => type === 'input');
}
