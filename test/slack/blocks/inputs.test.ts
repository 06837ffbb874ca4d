import { describe, expect, test } from '@jest/globals';
import { renderMessage } from '../../../src/bot/render-message.ts';
import type { CardMessage } from '../../../src/message/card-data.ts';
import { missingFields } from '../../../src/slack/blocks/inputs/field.ts';
import { keyOf } from '../../../src/slack/blocks/overflow-store.ts';
import { readInputs } from '../../../src/slack/blocks/inputs/read-inputs.ts';
import { ownChoices, readAsked, suggestedOptions } from '../../../src/slack/blocks/suggestions.ts';
import { originOf, readSubmission } from '../../../src/slack/blocks/inputs/submission.ts';
import { translate } from '../../../src/slack/blocks/translate.ts';
import type { Node } from './card-parts.ts';
import { inputsIn } from './shown-in-slack.ts';
import { slackProblems } from './slack-limits.ts';
import { slackState, type Interaction } from './slack-state.ts';

const context = { locale: 'en', timeZone: 'Europe/Amsterdam', simulated: false } as const;
const send = { title: 'Send', verb: 'submit', data: { dialog: 'd' } };
/** A card with these inputs, and a button that sends them. */
const asking = (...inputs: readonly Node[]) => card({ inputs, buttons: [send] });
const card = (data: object) =>
  renderMessage({ template: 'sheet', data: { mark: 'ask', title: 'A form', ...data } } as CardMessage, context);
const choices = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ title: `vm-${index}`, value: `id-${index}` }));
const pick = (more: Node): Node => ({ kind: 'pick', id: 'vm', label: 'Which VM', ...more });
const picks = (more: Node): Node => ({ kind: 'picks', id: 'vm', label: 'Which VMs', values: [], ...more });

/** The type of the element that an input became, its id, and what is read from it after an interaction. */
function became(input: Node, interaction?: Interaction) {
  const translated = translate(asking(input));
  expect(slackProblems(translated)).toEqual([]);
  const element = inputsIn(translated)[0]?.element ?? {};
  const id = String(element['action_id']);
  const state = slackState(translated, interaction ? { [id]: interaction } : {});
  return { type: element['type'], id, read: readInputs(state, (key) => translated.overflow.get(key)), translated };
}

describe('a choice', () => {
  test.each([
    [10, pick({ style: 'expanded' }), { type: 'radio_buttons', read: { vm: 'id-1' } }],
    [11, pick({ style: 'expanded' }), { type: 'static_select', read: { vm: 'id-1' } }],
    [100, pick({}), { type: 'static_select', read: { vm: 'id-1' } }],
    [4, picks({}), { type: 'checkboxes', read: { vm: 'id-1,id-2' } }],
    [40, picks({}), { type: 'multi_static_select', read: { vm: 'id-1,id-2' } }],
  ])('of %s, %j', (count, of, wanted) => {
    const input = { ...of, choices: choices(count) };
    expect(became(input, { picked: [1, 2] })).toMatchObject(wanted);
    expect(became(input).read).toEqual({});
  });

  test('with more than a hundred options asks while somebody types, and the card answers', () => {
    // The chosen one is shown even if it is beyond what a card shows.
    const input = pick({ value: 'id-100', choices: choices(101) });
    const { type, id, read } = became(input);
    expect(type).toBe('external_select');
    expect(read).toEqual({ vm: 'id-100' });
    expect(readAsked(id)).toEqual({ from: 'card', input: 'vm' });
    expect(ownChoices(asking(input), 'vm')).toHaveLength(101);
    expect(ownChoices(asking(input), 'other')).toEqual([]);
    const many = became(picks({ choices: choices(101), values: ['id-7', 'id-100'] }));
    expect([many.type, many.read]).toEqual(['multi_external_select', { vm: 'id-7,id-100' }]);
  });

  test('out of a dataset says which', () => {
    const { type, id } = became(pick({ search: 'vms', choices: choices(101) }));
    expect([type, readAsked(id)]).toEqual(['external_select', { from: 'dataset', dataset: 'vms', input: 'vm' }]);
    const long = `choices of ${'ä'.repeat(240)}`;
    const of = became(pick({ search: long, value: 'id-2', choices: choices(3) }));
    expect(of.read).toEqual({ vm: 'id-2' });
    const lookup = (key: string) => of.translated.overflow.get(key);
    expect(readAsked(of.id, lookup)).toEqual({ from: 'dataset', dataset: long, input: 'vm' });
    expect(readAsked('in/pick/vm/')).toBeNull();
    expect(readAsked('do:1:submit')).toBeNull();
  });

  test('with a value longer than Slack allows is returned whole, and not at all once it is unknown', () => {
    const value = `/subscriptions/${'x'.repeat(200)}`;
    const { read, translated } = became(pick({ value, choices: [{ title: 'vm', value }, ...choices(2)] }));
    expect(read).toEqual({ vm: value });
    expect(readInputs(slackState(translated))).toEqual({});
    expect([...translated.overflow]).toEqual([[keyOf(value), value]]);
  });
});

test('a title that is too long for one line is wrapped where a part of it ends', () => {
  const shown = (title: string) => {
    const { translated } = became(pick({ choices: [{ title, value: 'a' }] }));
    const { text, description } = (inputsIn(translated)[0]!.element['options'] as Node[])[0] as Record<string, Node>;
    return [text?.['text'], description?.['text']];
  };
  const title = `rsv-prod-weu ${'a'.repeat(40)} · copies in two regions, soft delete 14 days, immutable for good`;
  const [first, second] = title.split(' · ');
  expect(shown(title)).toEqual([first, `· ${second}`]);
  expect(shown('a'.repeat(75))).toEqual(['a'.repeat(75), undefined]);
  expect(shown('a'.repeat(150))).toEqual(['a'.repeat(75), 'a'.repeat(75)]);
});

describe('what is typed', () => {
  test.each([
    [{ kind: 'text' }, 'plain_text_input', 'x'],
    [{ kind: 'text', value: 'a', multiline: true }, 'plain_text_input', 'x\ny'],
    [{ kind: 'date', value: '2026-11-24' }, 'datepicker', '2026-12-24'],
  ])('%j', (given, type, typed) => {
    const input: Node = { id: 'it', label: 'It', ...given };
    expect(became(input, { typed })).toMatchObject({ type, read: { it: typed } });
    expect(became(input, { typed: '' }).read).toEqual({});
    expect(became(input).read).toEqual(input['value'] === undefined ? {} : { it: String(input['value']) });
  });
});

test('a box to tick sends whether it is ticked', () => {
  const toggle = { kind: 'toggle', id: 'go', title: 'Go on', on: true };
  expect(became(toggle).read).toEqual({ go: 'true' });
  expect(became(toggle, { picked: [] }).read).toEqual({ go: 'false' });
  expect(became({ ...toggle, on: false }).read).toEqual({ go: 'false' });
});

test('empty required fields are named one by one', () => {
  const text = (id: string, more: Node = {}) => ({ kind: 'text', id, label: id, ...more });
  const translated = translate(
    asking(text('name', { required: 'Please.' }), text('why', { required: 'Why?' }), text('note')),
  );
  const missing = missingFields(translated.fields, { ...readInputs(slackState(translated)), why: ' ' });
  expect(missing.map(({ id, message }) => [id, message])).toEqual([
    ['name', 'Please.'],
    ['why', 'Why?'],
  ]);
  const blocks = translated.modal?.blocks.map(({ block_id }) => block_id);
  expect(missing.every(({ blockId }) => blocks?.includes(blockId))).toBe(true);
  expect(missingFields(translated.fields, { name: 'x', why: 'y' })).toEqual([]);
});

describe('a form', () => {
  const text = (id: string): Node => ({ kind: 'text', id, label: id });
  const button = (title: string, more: Node = {}) => ({ ...send, title, data: { title }, ...more });
  const ways = (...buttons: readonly Node[]) =>
    translate(card({ inputs: [text('a'), text('b')], buttons }), { origin: 'C1:17.1' });

  test('that can be sent in two ways asks which, and returns the chosen one', () => {
    const { modal } = ways(button('Protect'), button('Protect and back up', { style: 'positive' }));
    const state = { 'form.next': { 'form.next': { selected_option: { value: '1' } } } };
    const sent = readSubmission(modal?.private_metadata ?? '', state);
    expect(sent).toEqual({
      origin: 'C1:17.1',
      action: { verb: 'submit', data: { title: 'Protect and back up' }, withInputs: true },
      inputs: {},
    });
    expect(readSubmission(modal?.private_metadata ?? '', {}).action).toBeNull();
    expect(originOf(modal?.private_metadata ?? '')).toBe('C1:17.1');
  });

  test('whose buttons carry more than a modal allows is stored, and found again', () => {
    const data = Object.fromEntries(['a', 'b', 'c'].map((key) => [key, key.repeat(500)]));
    const translated = ways(...Array.from({ length: 12 }, (_, at) => button(`Way ${at}`, { data: { ...data, at } })));
    expect(slackProblems(translated)).toEqual([]);
    const state = { 'form.next': { 'form.next': { selected_option: { value: '11' } } } };
    const metadata = translated.modal?.private_metadata ?? '';
    expect(readSubmission(metadata, state, (key) => translated.overflow.get(key)).action?.data).toEqual({
      ...data,
      at: 11,
    });
    expect(readSubmission(metadata, state).action).toBeNull();
  });

  test('that destroys something is opened by a red button, which asks nothing: the window does', () => {
    const { modal, messages } = ways(button('Delete', { style: 'destructive' }));
    expect(modal?.submit?.text).toBe('Delete');
    const shown = JSON.stringify(messages);
    expect(shown).toContain('"style":"danger"');
    expect(shown).not.toContain('"confirm"');
  });
});

test('a state that isn’t ours is ignored', () => {
  for (const values of [null, 7, [], { a: null }, { a: { b: 7 } }, { a: { 'in/pick/x/': null } }]) {
    expect(readInputs(values)).toEqual({});
  }
  expect(readInputs({ a: { 'in/text/%E0/': { value: 'x' }, 'in/none/x/': { value: 'x' } } })).toEqual({});
  expect(readInputs({ a: { 'in/text/x/': { value: { no: 1 } }, 'in/pick/y/': { selected_option: 'z' } } })).toEqual({});
  for (const metadata of ['', 'null', '7', '{"a":7}', '{"a":["x"]}']) {
    expect(readSubmission(metadata, null)).toEqual({ origin: '', action: null, inputs: {} });
  }
});

test('the options of a type-ahead keep what is too long for them', () => {
  const value = `/subscriptions/${'x'.repeat(100)}`;
  const overflow = new Map<string, string>();
  const [first, second] = suggestedOptions(
    [
      { title: 'rg/vm', value },
      { title: 'rg/b', value: 'b' },
    ],
    overflow,
  );
  expect([first?.value, second?.value]).toEqual([keyOf(value), 'b']);
  expect(overflow.get(keyOf(value))).toBe(value);
});
