import type { EmulatorParts } from '../emulator-parts.ts';
import { fieldsOf, isFields, textOf, type Fields } from '../fields.ts';
import {
  holdsMany,
  inputsOf,
  isCalled,
  optionCalled,
  optionsOf,
  stateWith,
  type SlackInput,
} from '../payload/input-state.ts';
import { askOptions } from './ask-options.ts';
import type { Surface } from './surface.ts';

/** What a person types and chooses, by action ID, block ID or label; options by their value or their text. */
type Given = Readonly<Record<string, unknown>>;

type State = { state: Fields } | { problem: string };

/** Types into a surface's inputs, and remembers it like Slack's client. Returns what can't be typed there. */
export async function fill(parts: EmulatorParts, surface: Surface, given: Given): Promise<string[]> {
  const inputs = inputsOf(surface.blocks);
  const problems: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    const input = inputs.find((each) => isCalled(each, name));
    const made: State = input
      ? await stateFrom(parts, surface, { input, value })
      : { problem: `${name}: no such input` };
    if ('problem' in made) problems.push(made.problem);
    else if (input) typeInto(surface, input, made.state);
  }
  if (Object.keys(given).length > 0)
    parts.space.changed({ channel: 'drafts', id: surface.draft, onlyFor: surface.person });
  return problems;
}

/** Remembers the state of an input. */
export function typeInto({ typed }: Surface, { blockId, actionId }: SlackInput, state: Fields): void {
  (typed[blockId] ??= {})[actionId] = state;
}

/** An input's state after this was typed or chosen. */
export async function stateFrom(
  parts: EmulatorParts,
  surface: Surface,
  { input, value }: { input: SlackInput; value: unknown },
): Promise<State> {
  const { element, label } = input;
  const type = textOf(element['type']);
  if (value === null) return { state: stateWith(element, holdsMany(element) ? [] : null) };
  if (type.endsWith('_users_select')) return { state: stateWith(element, [value].flat()) };
  if (!/^(static|external|multi)_|^(radio_buttons|checkboxes)$/.test(type))
    return { state: stateWith(element, typedValue(type, value)) };
  const offered = optionsOf(element);
  const wanted = typeof value === 'boolean' ? (value ? offered : []) : [value].flat();
  const chosen: Fields[] = [];
  for (const each of wanted) {
    const option = isFields(each) ? asOption(each) : await optionFor(parts, surface, { input, called: String(each) });
    if (!option) return { problem: `${label || input.actionId}: no option ${String(each)}` };
    chosen.push(option);
  }
  return { state: stateWith(element, holdsMany(element) ? chosen : (chosen[0] ?? null)) };
}

async function optionFor(
  parts: EmulatorParts,
  surface: Surface,
  { input, called }: { input: SlackInput; called: string },
): Promise<Fields | undefined> {
  if (!textOf(input.element['type']).includes('external')) return optionCalled(optionsOf(input.element), called);
  const { options } = await askOptions(parts, surface, { input, value: called });
  return optionCalled(options, called);
}

function asOption(given: Fields): Fields {
  const text = given['text'];
  return isFields(text)
    ? given
    : { text: { type: 'plain_text', text: String(text), emoji: true }, value: given['value'] };
}

function typedValue(type: string, value: unknown): unknown {
  if (type === 'datetimepicker') return Number(value);
  return type === 'rich_text_input' ? fieldsOf(value) : String(value);
}
