import { fieldsOf, listOf } from '../fields.ts';
import {
  all,
  boolean,
  byType,
  list,
  matching,
  note,
  object,
  oneOf,
  string,
  whole,
  type Check,
  type Size,
} from './check-shape.ts';

const anything: Check = () => undefined;

/** A text object without markup. */
export function plainText(size: Size): Check {
  return byType({ plain_text: object({ text: string({ min: 1, ...size }) }, { emoji: boolean }) });
}

/** A text object with or without markup. */
export function anyText(size: Size): Check {
  const text = string({ min: 1, ...size });
  return byType({
    plain_text: object({ text }, { emoji: boolean }),
    mrkdwn: object({ text }, { verbatim: boolean }),
  });
}

/** The IDs that an app assigns. */
export const givenId = string({ min: 1, max: 255 });

/** A link; the Slack endpoint accepts http(s) URLs only. */
export const link: Check = all(
  string({ min: 1, max: 3000 }),
  matching(/^(https?|mailto|slack):/i, 'must be a valid URL'),
);

/** An image's URL, which Slack itself must be able to fetch. */
export const imageUrl: Check = all(
  string({ min: 1, max: 3000 }),
  matching(/^https?:\/\//i, 'must be a valid image URL'),
);

/** The confirmation dialog. */
export const confirmation = object(
  { title: plainText({ max: 100 }), text: anyText({ max: 300 }) },
  { confirm: plainText({ max: 30 }), deny: plainText({ max: 30 }), style: oneOf('primary', 'danger') },
);

/**
 * An option of a menu or a group of checkboxes. Values over 75 characters are refused, though Slack takes 150
 * (https://docs.slack.dev/reference/block-kit/composition-objects/option-object): @slack/types still says 75.
 */
export function option({ text }: { text: (size: Size) => Check }): Check {
  return object({ text: text({ max: 75 }), value: string({ min: 1, max: 75 }) }, { description: text({ max: 75 }) });
}

/** An option of the menu behind three dots. Its value is a button's, up to the 150 characters that Slack takes. */
export const dotsOption = object(
  { text: plainText({ max: 75 }), value: string({ min: 1, max: 150 }) },
  { description: plainText({ max: 75 }), url: link },
);

/** Exactly one of the fields. */
export function exactlyOne(...names: readonly string[]): Check {
  return whole((value, at, found) => {
    const present = names.filter((name) => value[name] !== undefined);
    if (present.length === 0) note(found, `missing required field: ${names[0]}`, at);
    if (present.length > 1) note(found, `only one of ${names.join(', ')} is allowed`, at);
  });
}

const style = object(
  {},
  { bold: boolean, italic: boolean, strike: boolean, code: boolean, highlight: boolean, underline: boolean },
);

const inline = byType({
  text: object({ text: string({ min: 1 }) }, { style }),
  link: object({ url: link }, { text: string({ min: 1 }), style, unsafe: boolean }),
  emoji: object({ name: string({ min: 1 }) }, { unicode: anything, style }),
  user: object({ user_id: string({ min: 1 }) }, { style }),
  channel: object({ channel_id: string({ min: 1 }) }, { style }),
  usergroup: object({ usergroup_id: string({ min: 1 }) }, { style }),
  broadcast: object({ range: oneOf('here', 'channel', 'everyone') }, { style }),
  date: object({ timestamp: anything, format: string({ min: 1 }) }, { url: link, fallback: string(), style }),
  color: object({ value: string({ min: 1 }) }, { style }),
});

const section = object({ elements: list(inline) });
const preformatted = object({ elements: list(inline) }, { border: anything, language: string() });

/** The parts of a rich text. */
export const richTextParts = list(
  byType({
    rich_text_section: section,
    rich_text_list: object(
      { style: oneOf('bullet', 'ordered'), elements: list(byType({ rich_text_section: section })) },
      { indent: anything, offset: anything, border: anything },
    ),
    rich_text_preformatted: preformatted,
    rich_text_quote: object({ elements: list(inline) }, { border: anything }),
  }),
);

/** The initial choice has to be among the options. */
export const initialAmongOptions: Check = whole((value, at, found) => {
  const groups = listOf(value['option_groups']).flatMap((group) => listOf(group['options']));
  const offered = [...listOf(value['options']), ...groups].map((each) => each['value']);
  if (offered.length === 0) return;
  const chosen = [
    ...(value['initial_option'] ? [fieldsOf(value['initial_option'])] : []),
    ...listOf(value['initial_options']),
  ];
  for (const each of chosen)
    if (!offered.includes(each['value'])) note(found, 'initial option must match one of the options', at);
});
