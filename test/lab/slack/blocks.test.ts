import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkBlocks } from '../../../src/lab/slack/blocks/check-blocks.ts';
import { checkView } from '../../../src/lab/slack/blocks/check-view.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const option = (value: string, text = value) => ({ text: plain(text), value });
const options = (count: number) => Array.from({ length: count }, (_, index) => option(`o${index}`));
const x = (length: number) => 'x'.repeat(length);
const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const input = (element: object, more: object = {}) => ({ type: 'input', label: plain('Label'), element, ...more });
const rows = (count: number, cells = 2) =>
  Array.from({ length: count }, () => Array.from({ length: cells }, () => ({ type: 'raw_text', text: 'a' })));

const check = (surface: 'message' | 'modal' | 'home', ...blocks: object[]) =>
  checkBlocks(blocks, { surface, at: '/blocks' });

describe('what Slack accepts', () => {
  test.each<object>([
    { type: 'divider' },
    { type: 'header', text: plain(x(150)), block_id: x(255) },
    { type: 'header', text: plain('😀'.repeat(150)) },
    { type: 'section', text: mrkdwn(x(3000)), accessory: button({ style: 'primary', value: x(2000) }) },
    { type: 'section', fields: Array.from({ length: 10 }, () => mrkdwn(x(2000))) },
    {
      type: 'context',
      elements: [mrkdwn('a'), plain('b'), { type: 'image', image_url: 'https://a.b/c', alt_text: '' }],
    },
    actions(...Array.from({ length: 25 }, (_, index) => button({ action_id: `a${index}` }))),
    actions({ type: 'static_select', action_id: 's', options: options(100), initial_option: option('o3') }),
    actions({ type: 'overflow', action_id: 'm', options: options(5) }),
    actions({ type: 'external_select', action_id: 'e', min_query_length: 0, placeholder: plain(x(150)) }),
    input({ type: 'plain_text_input', multiline: true, max_length: 3000 }, { hint: plain(x(2000)), optional: true }),
    input({ type: 'checkboxes', options: options(10), initial_options: [option('o1')] }),
    input({ type: 'radio_buttons', options: options(10) }),
    input({ type: 'datepicker', initial_date: '2026-11-25' }),
    input({ type: 'number_input', is_decimal_allowed: false, min_value: '1', initial_value: '2' }),
    { type: 'image', image_url: 'https://a.example/b.png', alt_text: 'a picture' },
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'az vm show' }] }],
    },
    { type: 'table', rows: rows(100, 20), column_settings: [{ align: 'right' }, { is_wrapped: true }] },
    { type: 'markdown', text: x(12_000) },
    {
      type: 'container',
      title: plain('More'),
      is_collapsible: true,
      child_blocks: [{ type: 'divider' }, actions(button())],
    },
  ])('%j', (block) => expect(check('message', block)).toEqual([]));
});

describe('what Slack refuses, in its words', () => {
  test.each<[object, string]>([
    [{ type: 'header', text: plain(x(151)) }, 'must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
    [{ type: 'header', text: mrkdwn('a') }, 'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]'],
    [{ type: 'header', text: plain('') }, 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    [{ type: 'section' }, 'missing required field: text [json-pointer:/blocks/0]'],
    [
      { type: 'section', text: mrkdwn(x(3001)) },
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      { type: 'section', fields: Array.from({ length: 11 }, () => mrkdwn('a')) },
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    [
      { type: 'section', text: mrkdwn('a'), colour: 'red' },
      'invalid additional property: colour [json-pointer:/blocks/0]',
    ],
    [{ type: 'fireworks' }, 'unsupported type: fireworks [json-pointer:/blocks/0/type]'],
    [{ type: 'divider', block_id: x(256) }, 'must be less than 256 characters [json-pointer:/blocks/0/block_id]'],
    [actions(), 'no less than 1 items allowed [json-pointer:/blocks/0/elements]'],
    [
      actions(...Array.from({ length: 26 }, (_, index) => button({ action_id: `a${index}` }))),
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [actions(button(), button()), 'action_id "go" already exists [json-pointer:/blocks/0/elements]'],
    [
      actions(button({ text: plain(x(76)) })),
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      actions(button({ value: x(2001) })),
      'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
    ],
    [actions(button({ url: 'javascript:alert(1)' })), 'must be a valid URL [json-pointer:/blocks/0/elements/0/url]'],
    [
      actions(button({ style: 'default' })),
      'failed to match all allowed values [json-pointer:/blocks/0/elements/0/style]',
    ],
    [
      actions({ type: 'overflow', options: options(6) }),
      'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      actions({ type: 'static_select', options: options(101) }),
      'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      actions({ type: 'static_select', options: options(1), initial_option: option('other') }),
      'initial option must match one of the options [json-pointer:/blocks/0/elements/0]',
    ],
    [actions({ type: 'static_select' }), 'missing required field: options [json-pointer:/blocks/0/elements/0]'],
    [
      actions({ type: 'static_select', options: [option('a', x(76))] }),
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]',
    ],
    [
      actions(button({ confirm: { title: plain(x(101)), text: plain('Sure?') } })),
      'must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]',
    ],
    [
      actions({ type: 'plain_text_input' }),
      'unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]',
    ],
    [
      input({ type: 'checkboxes', options: options(11) }),
      'no more than 10 items allowed [json-pointer:/blocks/0/element/options]',
    ],
    [{ type: 'image', image_url: 'https://a.b/c' }, 'missing required field: alt_text [json-pointer:/blocks/0]'],
    [
      { type: 'image', image_url: 'data:image/png;base64,', alt_text: 'a' },
      'must be a valid image URL [json-pointer:/blocks/0/image_url]',
    ],
    [{ type: 'table', rows: rows(101) }, 'no more than 100 items allowed [json-pointer:/blocks/0/rows]'],
    [{ type: 'table', rows: rows(1, 21) }, 'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]'],
    [
      { type: 'container', child_blocks: [{ type: 'divider' }] },
      'missing required field: title [json-pointer:/blocks/0]',
    ],
    [
      { type: 'container', title: plain('a'), child_blocks: Array.from({ length: 11 }, () => ({ type: 'divider' })) },
      'no more than 10 items allowed [json-pointer:/blocks/0/child_blocks]',
    ],
    [{ type: 'context', elements: [] }, 'no less than 1 items allowed [json-pointer:/blocks/0/elements]'],
  ])('%j', (block, words) => expect(check('message', block)).toEqual([words]));

  test('too many blocks, two with the same ID, two tables, a table in a modal', () => {
    const many = Array.from({ length: 51 }, () => ({ type: 'divider' }));
    expect(check('message', ...many)).toEqual(['no more than 50 items allowed [json-pointer:/blocks]']);
    expect(check('modal', ...many)).toEqual([]);
    const inside = Array.from({ length: 10 }, () => ({ type: 'divider' }));
    const containers = Array.from({ length: 5 }, () => ({
      type: 'container',
      title: plain('a'),
      child_blocks: inside,
    }));
    expect(check('message', ...containers)).toEqual(['no more than 50 items allowed [json-pointer:/blocks]']);
    const twice = { type: 'divider', block_id: 'same' };
    expect(check('message', twice, twice)).toEqual(['block_id "same" already exists [json-pointer:/blocks]']);
    const table = { type: 'table', rows: rows(1) };
    expect(check('message', table, table)).toEqual(['only one table allowed [json-pointer:/blocks]']);
    expect(check('modal', table)).toEqual(['unsupported type: table [json-pointer:/blocks/0/type]']);
  });

  test('whatever it is given, it answers', () => {
    fc.assert(
      fc.property(
        fc.anything(),
        fc.constantFrom('message' as const, 'modal' as const, 'home' as const),
        (value, surface) => {
          expect(Array.isArray(checkBlocks(value, { surface, at: '/blocks' }))).toBe(true);
        },
      ),
    );
  });
});

describe('views', () => {
  const modal = (more: object = {}) => ({
    type: 'modal',
    title: plain('A title'),
    blocks: [{ type: 'divider' }],
    ...more,
  });

  test.each([
    [modal({ title: plain(x(25)) }), 'must be less than 25 characters [json-pointer:/view/title/text]'],
    [modal({ submit: plain(x(25)) }), 'must be less than 25 characters [json-pointer:/view/submit/text]'],
    [modal({ private_metadata: x(3001) }), 'must be less than 3001 characters [json-pointer:/view/private_metadata]'],
    [modal({ callback_id: x(256) }), 'must be less than 256 characters [json-pointer:/view/callback_id]'],
    [modal({ blocks: [input({ type: 'plain_text_input' })] }), 'missing required field: submit [json-pointer:/view]'],
    [{ type: 'modal', blocks: [] }, 'missing required field: title [json-pointer:/view]'],
    [{ type: 'home', title: plain('a'), blocks: [] }, 'unsupported type: home [json-pointer:/view/type]'],
  ])('%j is refused', (view, words) => expect(checkView(view, 'modal')).toEqual([words]));

  test('a modal and a home tab as they should be', () => {
    const form = [input({ type: 'plain_text_input' })];
    expect(checkView(modal({ submit: plain('Save'), close: plain('Cancel'), blocks: form }), 'modal')).toEqual([]);
    expect(checkView({ type: 'home', blocks: [{ type: 'divider' }] }, 'home')).toEqual([]);
  });
});
