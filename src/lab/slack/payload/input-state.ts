import { fieldsOf, isFields, listOf, textOf, withChildren, wordsOf, type Fields } from '../fields.ts';
import type { InputValues } from '../slack-state.ts';
import { ownOf } from '../../../core/own-of.ts';

/** An element of a surface that has a value, with the block it is in. */
export type SlackInput = {
  blockId: string;
  actionId: string;
  element: Fields;
  label: string;
  /** Whether it may be left empty. */
  optional: boolean;
  /** Whether a change is sent to the bot immediately. */
  dispatches: boolean;
};

/**
 * The field of `state.values` that holds the value of each kind of element, and the element's field for its initial
 * one.
 */
const holders: Readonly<Record<string, readonly [state: string, initial: string, many?: 'many']>> = {
  plain_text_input: ['value', 'initial_value'],
  email_text_input: ['value', 'initial_value'],
  url_text_input: ['value', 'initial_value'],
  number_input: ['value', 'initial_value'],
  rich_text_input: ['rich_text_value', 'initial_value'],
  static_select: ['selected_option', 'initial_option'],
  external_select: ['selected_option', 'initial_option'],
  radio_buttons: ['selected_option', 'initial_option'],
  users_select: ['selected_user', 'initial_user'],
  channels_select: ['selected_channel', 'initial_channel'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  datetimepicker: ['selected_date_time', 'initial_date_time'],
  checkboxes: ['selected_options', 'initial_options', 'many'],
  multi_static_select: ['selected_options', 'initial_options', 'many'],
  multi_external_select: ['selected_options', 'initial_options', 'many'],
  multi_users_select: ['selected_users', 'initial_users', 'many'],
};

/** Every element of these blocks that has a value. */
export function inputsOf(blocks: readonly Fields[]): SlackInput[] {
  return withChildren(blocks).flatMap((block) => {
    const isInput = block['type'] === 'input';
    const own = [
      block['element'],
      block['accessory'],
      ...(block['type'] === 'actions' ? listOf(block['elements']) : []),
    ];
    return own.filter(isFields).flatMap((element) => {
      if (!ownOf(holders, textOf(element['type']))) return [];
      const label = isInput ? wordsOf(block['label']) : wordsOf(element['placeholder']) || wordsOf(block['text']);
      const optional = !isInput || block['optional'] === true;
      const dispatches = !isInput || block['dispatch_action'] === true;
      const [blockId, actionId] = [textOf(block['block_id']), textOf(element['action_id'])];
      return [{ blockId, actionId, element, label, optional, dispatches }];
    });
  });
}

/** Whether this name means the input. */
export function isCalled({ actionId, blockId, label }: SlackInput, name: string): boolean {
  return [actionId, blockId, `${blockId}/${actionId}`, label].includes(name);
}

/** `state.values` of these blocks: what was typed, or the initial value. */
export function valuesOf(blocks: readonly Fields[], typed: InputValues): InputValues {
  const values: InputValues = {};
  for (const { blockId, actionId, element } of inputsOf(blocks)) {
    const block = (values[blockId] ??= {});
    block[actionId] = typed[blockId]?.[actionId] ?? firstState(element);
  }
  return values;
}

/** The state of an element with this value. */
export function stateWith(element: Fields, value: unknown): Fields {
  const type = textOf(element['type']);
  const [field] = ownOf(holders, type) ?? ['value'];
  return { type, [field]: value };
}

/** The value of an element in this state; null and an empty list count as nothing. */
function heldIn(state: Fields): unknown {
  const [field] = ownOf(holders, textOf(state['type'])) ?? ['value'];
  const value = state[field];
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0) ? null : value;
}

/** Whether an element has several values. */
export function holdsMany(element: Fields): boolean {
  return ownOf(holders, textOf(element['type']))?.[2] === 'many';
}

/** The options that an element contains itself. */
export function optionsOf(element: Fields): Fields[] {
  const groups = listOf(element['option_groups']).flatMap((group) => listOf(group['options']));
  return [...listOf(element['options']), ...groups];
}

/** The option with this value or this text. */
export function optionCalled(options: readonly Fields[], called: string): Fields | undefined {
  return options.find(({ value }) => value === called) ?? options.find(({ text }) => wordsOf(text) === called);
}

/** What prevents Slack from sending an input in this state; undefined if nothing does. */
export function problemOf({ element, label, optional }: SlackInput, state: Fields): string | undefined {
  const held = heldIn(state);
  if (held === null) return optional ? undefined : `${label}: is required`;
  if (typeof held !== 'string') return undefined;
  return lengthProblem(element, held, label) ?? formProblem(element, held, label);
}

function lengthProblem(element: Fields, held: string, label: string): string | undefined {
  const length = [...held].length;
  const [minLength, maxLength] = [Number(element['min_length'] ?? 0), Number(element['max_length'] ?? 3000)];
  if (length < minLength) return `${label}: at least ${minLength} characters`;
  return element['type'] === 'plain_text_input' && length > maxLength
    ? `${label}: at most ${maxLength} characters`
    : undefined;
}

function formProblem(element: Fields, held: string, label: string): string | undefined {
  if (element['type'] === 'email_text_input' && !/^[^@\s]+@[^@\s]+$/.test(held))
    return `${label}: must be an e-mail address`;
  if (element['type'] === 'url_text_input' && !URL.canParse(held)) return `${label}: must be a URL`;
  if (element['type'] !== 'number_input') return undefined;
  const number = Number(held);
  const whole = element['is_decimal_allowed'] === true || Number.isInteger(number);
  if (!Number.isFinite(number) || !whole) return `${label}: must be a number`;
  if (number < Number(element['min_value'] ?? -Infinity))
    return `${label}: must be ${String(element['min_value'])} or more`;
  return number > Number(element['max_value'] ?? Infinity)
    ? `${label}: must be ${String(element['max_value'])} or less`
    : undefined;
}

function firstState(element: Fields): Fields {
  const type = textOf(element['type']);
  const [field, initial, many] = ownOf(holders, type) ?? ['value', 'initial_value'];
  return { type, [field]: element[initial] ?? (many ? [] : null), ...withTimeZone(element) };
}

function withTimeZone(element: Fields): Fields {
  const zone = fieldsOf(element)['timezone'];
  return element['type'] === 'timepicker' && zone ? { timezone: zone } : {};
}
