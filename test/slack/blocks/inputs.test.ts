import { describe, expect, test } from '@jest/globals';
import { missingFields } from '../../../src/slack/blocks/inputs/field.ts';
import { keyOf } from '../../../src/slack/blocks/overflow-store.ts';
import { readInputs } from '../../../src/slack/blocks/inputs/read-inputs.ts';
import { ownChoices, readAsked, suggestedOptions } from '../../../src/slack/blocks/suggestions.ts';
import { originOf, readSubmission } from '../../../src/slack/blocks/inputs/submission.ts';
import { translate } from '../../../src/slack/blocks/translate.ts';
import type { Node } from './card-parts.ts';
import { inputsIn, reading } from './shown-in-slack.ts';
import { slackProblems } from './slack-limits.ts';
import { slackState, type Interaction } from './slack-state.ts';

const send = { type: 'Action.Execute', title: 'Send', verb: 'submit', data: { dialog: 'd' } };
const drawn = (...body: readonly Node[]) => ({
  card: { type: 'AdaptiveCard', version: '1.5', fallbackText: 'A form', body } as never,
  text: 'A form',
  summary: 'A form',
  mentions: [],
});
const withSend = (...body: readonly Node[]) => drawn(...body, { type: 'ActionSet', actions: [send] });
const choices = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ title: `vm-${index}`, value: `id-${index}` }));
const pick = (more: Node): Node => ({ type: 'Input.ChoiceSet', id: 'vm', label: 'Which VM', ...more });

/** The type of the element that an input became, its id, and what is read from it after an interaction. */
function became(input: Node, interaction?: Interaction) {
  const translated = translate(withSend(input));
  expect(slackProblems(translated)).toEqual([]);
  const element = inputsIn(translated)[0]?.element ?? {};
  const id = String(element['action_id']);
  const state = slackState(translated, interaction ? { [id]: interaction } : {});
  return { type: element['type'], id, read: readInputs(state, (key) => translated.overflow.get(key)), translated };
}

describe('a choice', () => {
  test.each([
    [10, { style: 'expanded' }, { type: 'radio_buttons', read: { vm: 'id-1' } }],
    [11, { style: 'expanded' }, { type: 'static_select', read: { vm: 'id-1' } }],
    [100, {}, { type: 'static_select', read: { vm: 'id-1' } }],
    [4, { style: 'expanded', isMultiSelect: true }, { type: 'checkboxes', read: { vm: 'id-1,id-2' } }],
    [40, { isMultiSelect: true }, { type: 'multi_static_select', read: { vm: 'id-1,id-2' } }],
  ])('of %s, %j', (count, more, wanted) => {
    const input = pick({ ...more, choices: choices(count) });
    expect(became(input, { picked: [1, 2] })).toMatchObject(wanted);
    expect(became(input).read).toEqual({});
  });

  test('with more than a hundred options asks while somebody types, and the card answers', () => {
    const input = pick({ value: 'id-7', choices: choices(101) });
    const { type, id, read } = became(input);
    expect(type).toBe('external_select');
    expect(read).toEqual({ vm: 'id-7' });
    expect(readAsked(id)).toEqual({ from: 'card', input: 'vm' });
    expect(ownChoices(withSend(input), 'vm')).toHaveLength(101);
    expect(ownChoices(withSend(input), 'other')).toEqual([]);
  });

  test('out of a dataset says which', () => {
    const data = { type: 'Data.Query', dataset: 'vms' };
    const { type, id } = became(pick({ 'choices.data': data, choices: [] }));
    expect([type, readAsked(id)]).toEqual(['external_select', { from: 'dataset', dataset: 'vms', input: 'vm' }]);
    const many = became(pick({ 'choices.data': data, isMultiSelect: true, value: 'a,b', choices: [] }));
    expect([many.type, many.read]).toEqual(['multi_external_select', { vm: 'a,b' }]);
    const long = `choices of ${'ä'.repeat(240)}`;
    const of = became(pick({ 'choices.data': { ...data, dataset: long }, value: 'id-2', choices: choices(3) }));
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

  test('with nothing to choose from is a text', () => {
    const translated = translate(withSend(pick({ choices: [] })));
    expect(slackProblems(translated)).toEqual([]);
    expect(reading(translated)).toContain('WhichVM');
    expect(translated.warnings).toEqual(['Input.ChoiceSet vm: cannot be filled in here']);
  });
});

describe('a title', () => {
  const shown = (title: string) => {
    const { translated } = became(pick({ choices: [{ title, value: 'a' }] }));
    const { text, description } = (inputsIn(translated)[0]!.element['options'] as Node[])[0] as Record<string, Node>;
    return { lines: [text?.['text'], description?.['text']], beside: translated.warnings.length > 0 };
  };

  test('that is too long for one line is wrapped where a part of it ends', () => {
    const title = `rsv-prod-weu ${'a'.repeat(40)} · copies in two regions, soft delete 14 days, immutable for good`;
    const [first, second] = title.split(' · ');
    expect(shown(title)).toEqual({ lines: [first, `· ${second}`], beside: false });
    expect(shown('a'.repeat(75)).lines).toEqual(['a'.repeat(75), undefined]);
    expect(shown('a'.repeat(150)).lines).toEqual(['a'.repeat(75), 'a'.repeat(75)]);
  });

  test('that is too long for two lines is a text next to the list', () => {
    const title = `${'word '.repeat(40)}end`;
    expect(shown(title).beside).toBe(true);
    expect(reading(became(pick({ choices: [{ title, value: 'a' }] })).translated)).toContain('word'.repeat(40) + 'end');
  });
});

describe('what is typed', () => {
  test.each([
    [{ type: 'Input.Text' }, 'plain_text_input', 'x'],
    [{ type: 'Input.Text', style: 'Email' }, 'email_text_input', 'a@b.example'],
    [{ type: 'Input.Text', style: 'Url' }, 'url_text_input', 'https://a.example'],
    [{ type: 'Input.Number', min: 1, max: 9999, value: 30 }, 'number_input', '7.5'],
    [{ type: 'Input.Date', value: '2026-11-24' }, 'datepicker', '2026-12-24'],
    [{ type: 'Input.Time', value: '23:00' }, 'timepicker', '02:30'],
  ])('%j', (given, type, typed) => {
    const input: Node = { id: 'it', label: 'It', ...given };
    expect(became(input, { typed })).toMatchObject({ type, read: { it: typed } });
    expect(became(input, { typed: '' }).read).toEqual({});
    expect(became(input).read).toEqual(input['value'] === undefined ? {} : { it: String(input['value']) });
  });

  test('a secret is not asked for', () => {
    const translated = translate(withSend({ type: 'Input.Text', id: 'pin', label: 'PIN', style: 'password' }));
    expect(inputsIn(translated)).toEqual([]);
    expect(translated.fields).toEqual([]);
    expect(reading(translated)).toContain('PIN');
    expect(translated.warnings).toEqual(['Input.Text pin: cannot be filled in here']);
  });
});

test('a box to tick sends what the card says for on and off', () => {
  const toggle = { type: 'Input.Toggle', id: 'go', title: 'Go on', valueOn: 'yes', valueOff: 'no', value: 'yes' };
  expect(became(toggle).read).toEqual({ go: 'yes' });
  expect(became(toggle, { picked: [] }).read).toEqual({ go: 'no' });
  expect(became({ type: 'Input.Toggle', id: 'go', title: 'Go on' }).read).toEqual({ go: 'false' });
});

test('empty required fields are named one by one', () => {
  const required = { isRequired: true, errorMessage: 'Please.' };
  const translated = translate(
    withSend(
      { type: 'Input.Text', id: 'name', label: 'Name', ...required },
      { type: 'Input.Toggle', id: 'sure', title: 'Sure', ...required },
      { type: 'Input.Text', id: 'note', label: 'Note' },
    ),
  );
  const missing = missingFields(translated.fields, readInputs(slackState(translated)));
  expect(missing.map(({ id, message }) => [id, message])).toEqual([
    ['name', 'Please.'],
    ['sure', 'Please.'],
  ]);
  const blocks = translated.modal?.blocks.map(({ block_id }) => block_id);
  expect(missing.every(({ blockId }) => blocks?.includes(blockId))).toBe(true);
  expect(missingFields(translated.fields, { name: 'x', sure: 'true' })).toEqual([]);
});

describe('a form', () => {
  const text = (id: string): Node => ({ type: 'Input.Text', id, label: id });
  const button = (title: string, more: Node = {}) => ({ ...send, title, data: { title }, ...more });
  const ways = (...actions: readonly Node[]) =>
    translate(drawn(text('a'), text('b'), { type: 'ActionSet', actions }), { origin: 'C1:17.1' });

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

  test('with an input in a fold stays in the message, the fold open', () => {
    const fold: Node = { type: 'Container', id: 'more', isVisible: false, items: [text('c')] };
    const show = { type: 'Action.ToggleVisibility', title: '▸ More', targetElements: ['more'] };
    const translated = translate(withSend(text('a'), text('b'), { type: 'ActionSet', actions: [show] }, fold));
    expect(slackProblems(translated)).toEqual([]);
    expect(translated.modal).toBeNull();
    expect(translated.fields.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(reading(translated)).toContain('More');
  });

  test('with a hundred and fifty texts still has its inputs', () => {
    const texts = Array.from({ length: 150 }, (_, at): Node => ({
      type: 'TextBlock',
      text: `${at} ${'x'.repeat(2900)}`,
    }));
    const translated = translate(withSend(...texts, text('a'), text('b')));
    expect(slackProblems(translated)).toEqual([]);
    expect(translated.messages.length).toBeGreaterThan(1);
    expect(inputsIn(translated)).toHaveLength(2);
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
