import { fieldsOf, listOf, textOf, withChildren } from '../fields.ts';
import { actionIds, buttons, choices, fieldsToType, multiChoices, picture, repeated } from './check-elements.ts';
import {
  all,
  boolean,
  byType,
  list,
  note,
  object,
  oneOf,
  string,
  whole,
  type Check,
  type Faults,
} from './check-shape.ts';
import { anyText, exactlyOne, givenId, imageUrl, plainText, richTextParts } from './check-texts.ts';

/** Where blocks are, and their JSON pointer. */
type Surface = { surface: 'message' | 'modal' | 'home'; at: string };

const maxBlocks = { message: 50, modal: 100, home: 100 };
const maxMarkdown = 12_000;
const block_id = givenId;

const accessory = byType({ ...buttons, ...choices, ...multiChoices, ...picture });

const section = all(
  object(
    {},
    {
      block_id,
      text: anyText({ max: 3000 }),
      fields: list(anyText({ max: 2000 }), { min: 1, max: 10 }),
      accessory,
      expand: boolean,
    },
  ),
  whole((value, at, found) => {
    if (value['text'] === undefined && value['fields'] === undefined) note(found, 'missing required field: text', at);
  }),
);

const actions = all(
  object({ elements: list(byType({ ...buttons, ...choices }), { min: 1, max: 25 }) }, { block_id }),
  whole((value, at, found) => {
    for (const id of repeated(actionIds(listOf(value['elements']))))
      note(found, `action_id "${id}" already exists`, `${at}/elements`);
  }),
);

const contextPart = byType({
  ...picture,
  plain_text: plainText({ max: 3000 }),
  mrkdwn: anyText({ max: 3000 }),
});

const input = object(
  {
    label: plainText({ max: 2000 }),
    element: byType({ ...choices, ...multiChoices, ...fieldsToType }),
  },
  { block_id, hint: plainText({ max: 2000 }), optional: boolean, dispatch_action: boolean },
);

const cell = byType({
  raw_text: object({ text: string({ min: 1 }) }),
  raw_number: object({ value: () => undefined }, { text: string() }),
  rich_text: object({ elements: richTextParts }),
});

const table = object(
  { rows: list(list(cell, { min: 1, max: 20 }), { min: 1, max: 100 }) },
  {
    block_id,
    column_settings: list(object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: boolean }), { max: 20 }),
  },
);

const everywhere: Readonly<Record<string, Check>> = {
  section,
  actions,
  input,
  divider: object({}, { block_id }),
  header: object({ text: plainText({ max: 150 }) }, { block_id }),
  context: object({ elements: list(contextPart, { min: 1, max: 10 }) }, { block_id }),
  rich_text: object({ elements: richTextParts }, { block_id }),
  image: all(
    object(
      { alt_text: string({ max: 2000 }) },
      { block_id, image_url: imageUrl, slack_file: () => undefined, title: plainText({ max: 2000 }) },
    ),
    exactlyOne('image_url', 'slack_file'),
  ),
};

const container = all(
  object(
    { child_blocks: list(byType({ ...everywhere, table }), { min: 1, max: 10 }) },
    {
      block_id,
      title: plainText({ max: 150 }),
      rich_text_title: byType({ rich_text: everywhere['rich_text'] as Check }),
      subtitle: anyText({ max: 150 }),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: byType(picture),
      is_collapsible: boolean,
      default_collapsed: boolean,
      has_header_divider: boolean,
    },
  ),
  whole((value, at, found) => {
    if (!value['title'] && !value['rich_text_title']) note(found, 'missing required field: title', at);
    if (value['default_collapsed'] === true && value['is_collapsible'] !== true)
      note(found, 'default_collapsed requires is_collapsible', at);
  }),
);

const kinds: Readonly<Record<Surface['surface'], Check>> = {
  message: byType({
    ...everywhere,
    table,
    container,
    markdown: object({ text: string({ min: 1, max: maxMarkdown }) }, { block_id }),
  }),
  modal: byType({
    ...everywhere,
    alert: object(
      { text: anyText({ max: 200 }) },
      { block_id, level: oneOf('info', 'warning', 'error', 'success', 'default') },
    ),
  }),
  home: byType(everywhere),
};

/** What Slack would refuse in these blocks, in its words; empty if nothing. */
export function checkBlocks(blocks: unknown, { surface, at }: Surface): Faults {
  const found: Faults = [];
  list(kinds[surface], { max: maxBlocks[surface] })(blocks, at, found);
  const all = withChildren(listOf(blocks));
  // Whether the content of containers counts isn't documented, so it does.
  if (listOf(blocks).length <= maxBlocks[surface] && all.length > maxBlocks[surface])
    note(found, `no more than ${maxBlocks[surface]} items allowed`, at);
  for (const id of repeated(all.map((each) => each['block_id']))) note(found, `block_id "${id}" already exists`, at);
  if (all.filter(({ type }) => type === 'table').length > 1) note(found, 'only one table allowed', at);
  const markdown = all.filter(({ type }) => type === 'markdown').map((each) => textOf(each['text']));
  if ([...markdown.join('')].length > maxMarkdown) note(found, 'markdown text is too long', at);
  checkFocus(
    all.map((each) => fieldsOf(each['element'])['focus_on_load']),
    at,
    found,
  );
  return found;
}

function checkFocus(focused: readonly unknown[], at: string, found: Faults): void {
  if (focused.filter((each) => each === true).length > 1) note(found, 'focus_on_load can only be true once', at);
}
