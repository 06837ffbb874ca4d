import { createHash } from 'node:crypto';
import type { InputBlock } from '@slack/types';
import { text, type Node } from '../card-node.ts';
import { choiceElement, choicesOf, datasetOf, type Element } from './choice-element.ts';
import type { Field } from './field.ts';
import { encodeInputId, inputBlock } from './input-id.ts';
import { storeOverflow } from '../overflow-store.ts';
import { limits } from '../limits.ts';
import type { TranslationContext } from '../translation-context.ts';
import { isTooLong } from './options.ts';
import { cut, plainObject } from '../text-object.ts';
import { dateElement, numberElement, textElement, timeElement } from './typed-element.ts';

/** An input as a block, and those of its texts that didn't fit in it. The block is null if Slack has no such input. */
type MadeInput = { readonly block: InputBlock | null; readonly beside: readonly string[] };

/** Turns an input of a card into a block. */
export function makeInput(node: Node, context: TranslationContext): MadeInput {
  const label = labelOf(node);
  const made = elementOf(node, context);
  const actionId =
    made && encodeInputId({ kind: made.kind, id: text(node, 'id'), extra: made.extra }, context.overflow);
  if (!made || actionId === null) {
    context.warn(`${text(node, 'type')} ${text(node, 'id')}: cannot be filled in here`);
    return { block: null, beside: [[label, text(node, 'value')].filter((each) => each !== '').join(': ')] };
  }
  const field = fieldOf(node);
  const block: InputBlock = {
    type: 'input',
    block_id: field.blockId,
    label: plainObject(cut(label, limits.label)),
    optional: !(field.required || cannotBeEmptied(node)),
    element: { ...made.element, action_id: actionId },
  };
  return { block, beside: besideOf(node, context) };
}

function elementOf(node: Node, context: TranslationContext): Element | null {
  switch (node['type']) {
    case 'Input.ChoiceSet':
      return choiceElement(node, context);
    case 'Input.Text':
      return textElement(node);
    case 'Input.Number':
      return numberElement(node);
    case 'Input.Date':
      return dateElement(node);
    case 'Input.Time':
      return timeElement(node);
    case 'Input.Toggle':
      return toggleElement(node, context);
    default:
      return null;
  }
}

/** One checkbox. Its title is the label above it: an option has too little room for a sentence. */
function toggleElement(node: Node, { words, overflow }: TranslationContext): Element {
  const on = onOf(node);
  const tick = { text: plainObject(words.yes), value: storeOverflow(overflow, on, limits.optionValue) };
  const ticked = text(node, 'value') === on ? { initial_options: [tick] } : {};
  return {
    kind: 'toggle',
    extra: text(node, 'valueOff') || 'false',
    element: { type: 'checkboxes', options: [tick], ...ticked },
  };
}

const onOf = (node: Node) => text(node, 'valueOn') || 'true';

function labelOf(node: Node): string {
  const said = ['label', 'title', 'placeholder', 'id'].map((key) => text(node, key)).find((each) => each.trim() !== '');
  return said ?? '–';
}

/** A list with a default can't be emptied, so Slack needn't call it optional. */
function cannotBeEmptied(node: Node): boolean {
  const isList = node['type'] === 'Input.ChoiceSet' && node['isMultiSelect'] !== true && node['style'] !== 'filtered';
  return isList && choicesOf(node).some(({ value }) => value === text(node, 'value'));
}

/** The input as a field; it is one of the message only if its block could be made. */
export function fieldOf(node: Node): Field {
  const isToggle = node['type'] === 'Input.Toggle';
  const label = labelOf(node);
  return {
    id: text(node, 'id'),
    blockId: blockIdOf(node),
    label,
    required: node['isRequired'] === true,
    message: text(node, 'errorMessage') || label,
    ...(isToggle && { mustBe: onOf(node) }),
  };
}

/**
 * Slack keeps what was typed as long as a block has the same ID. So the ID changes with what is offered and preset, and
 * with nothing else: a card that is rendered again keeps half-typed answers, and another list doesn't keep the old
 * one's choice.
 */
function blockIdOf(node: Node): string {
  const offered = ['type', 'id', 'value', 'style', 'isMultiSelect'].map((key) => text(node, key));
  const dataset = datasetOf(node);
  const digest = createHash('sha256')
    .update(JSON.stringify([...offered, dataset, dataset === '' ? choicesOf(node) : []]))
    .digest('base64url');
  return inputBlock(digest.slice(0, 16), text(node, 'id'));
}

/** Choices with cut titles are shown in full next to the list, but not for a type-ahead, which shows them itself. */
function besideOf(node: Node, context: TranslationContext): readonly string[] {
  const isSearched = datasetOf(node) !== '' || choicesOf(node).length > limits.options;
  const long = isSearched ? [] : choicesOf(node).filter(({ title }) => isTooLong(title));
  if (long.length > 0)
    context.warn(`${text(node, 'type')} ${text(node, 'id')}: titles of choices told beside the list`);
  return long.map(({ title }) => title);
}
