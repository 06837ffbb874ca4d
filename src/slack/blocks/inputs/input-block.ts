import { createHash } from 'node:crypto';
import type { InputBlock } from '@slack/types';
import type { ShownInput } from '../../../message/rendering/shown-input.ts';
import { choiceElement, type Element } from './choice-element.ts';
import type { Field } from './field.ts';
import { encodeInputId, inputBlock } from './input-id.ts';
import { storeOverflow } from '../overflow-store.ts';
import { limits } from '../limits.ts';
import type { TranslationContext } from '../translation-context.ts';
import { cut, plainObject } from '../text-object.ts';
import { dateElement, textElement } from './typed-element.ts';

/** Turns an input of a card into a block. */
export function makeInput(input: ShownInput, context: TranslationContext): InputBlock {
  const { kind, extra, element } = elementOf(input, context);
  const { blockId, label, required } = fieldOf(input);
  return {
    type: 'input',
    block_id: blockId,
    label: plainObject(cut(label, limits.label)),
    optional: !(required || cannotBeEmptied(input)),
    element: { ...element, action_id: encodeInputId({ kind, id: input.id, extra }, context.overflow) },
  };
}

function elementOf(input: ShownInput, context: TranslationContext): Element {
  switch (input.kind) {
    case 'pick':
    case 'picks':
      return choiceElement(input, context.overflow);
    case 'text':
      return textElement(input);
    case 'date':
      return dateElement(input);
    case 'toggle':
      return toggleElement(input, context);
  }
}

/** One checkbox. Its title is the label above it: an option has too little room for a sentence. */
function toggleElement(input: ShownInput, { words, overflow }: TranslationContext): Element {
  const tick = { text: plainObject(words.yes), value: storeOverflow(overflow, 'true', limits.optionValue) };
  const ticked = valueOf(input) === 'true' ? { initial_options: [tick] } : {};
  return { kind: 'toggle', extra: 'false', element: { type: 'checkboxes', options: [tick], ...ticked } };
}

/** A list with a default can't be emptied, so Slack needn't call it optional. */
function cannotBeEmptied(input: ShownInput): boolean {
  if (input.kind !== 'pick' || input.style === 'filtered') return false;
  return input.choices.some(({ value }) => value === input.value);
}

/** The input as a field. */
export function fieldOf(input: ShownInput): Field {
  const { id, label } = input;
  const { required, message } = 'required' in input ? input : { required: false, message: '' };
  return { id, blockId: blockIdOf(input), label, required, message: message || label };
}

/**
 * Slack keeps what was typed as long as a block has the same ID. So the ID changes with what is offered and preset, and
 * with nothing else: a card that is rendered again keeps half-typed answers, and another list doesn't keep the old
 * one's choice. The names are those of an Adaptive Card, as in the IDs of every message that was sent.
 */
function blockIdOf(input: ShownInput): string {
  const isMany = input.kind === 'picks';
  const style = input.kind === 'pick' ? input.style : isMany ? 'expanded' : '';
  const dataset = input.kind === 'pick' ? input.dataset : '';
  const offered = [types[input.kind], input.id, valueOf(input), style, isMany ? 'true' : '', dataset];
  const choices = dataset === '' && 'choices' in input ? input.choices : [];
  const digest = createHash('sha256')
    .update(JSON.stringify([...offered, choices.map(({ title, value }) => ({ title, value }))]))
    .digest('base64url');
  return inputBlock(digest.slice(0, 16), input.id);
}

const types: Readonly<Record<ShownInput['kind'], string>> = {
  pick: 'Input.ChoiceSet',
  picks: 'Input.ChoiceSet',
  text: 'Input.Text',
  date: 'Input.Date',
  toggle: 'Input.Toggle',
};

/** The preset value, as a card sends it. */
function valueOf(input: ShownInput): string {
  switch (input.kind) {
    case 'picks':
      return input.values.join(',');
    case 'toggle':
      return input.on ? 'true' : 'false';
    default:
      return input.value;
  }
}
