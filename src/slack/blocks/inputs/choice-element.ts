import type { Checkboxes, InputBlockElement, MultiSelect, PlainTextOption, RadioButtons, Select } from '@slack/types';
import { list, part, text, type Node } from '../card-node.ts';
import type { InputKind } from './input-id.ts';
import { limits } from '../limits.ts';
import type { TranslationContext } from '../translation-context.ts';
import { option, type Choice } from './options.ts';
import { plainObject, cut } from '../text-object.ts';

/** An input's element without its ID, and how its state is read. */
export type Element = { readonly kind: InputKind; readonly extra: string; readonly element: InputBlockElement };

/** The choices of a `ChoiceSet`. */
export function choicesOf(node: Node): readonly Choice[] {
  return list(node, 'choices').map((choice) => ({ title: text(choice, 'title'), value: text(choice, 'value') }));
}

/** The type-ahead dataset of a `ChoiceSet`; empty if it contains its choices itself. */
export function datasetOf(node: Node): string {
  return text(part(node, 'choices.data') ?? {}, 'dataset');
}

/** The same, even if the card contains the choices itself and they can still be found by typing. */
function searchOf(node: Node, { searches }: Pick<TranslationContext, 'searches'>): string {
  const id = text(node, 'id');
  return datasetOf(node) || (Object.hasOwn(searches, id) ? (searches[id] as string) : '');
}

/**
 * A `ChoiceSet`: up to ten expanded choices are radio buttons or checkboxes, up to a hundred are a list, and more, or a
 * dataset, are a type-ahead list. Null if there is nothing to choose from.
 */
export function choiceElement(node: Node, context: TranslationContext): Element | null {
  const choices = choicesOf(node);
  const dataset = searchOf(node, context);
  const chosen = chosenOf(node, choices, dataset).map((choice) => option(choice, context.overflow));
  const shared = { ...sharedOf(node), isMany: node['isMultiSelect'] === true, chosen };
  if (dataset !== '' || choices.length > limits.options) return searched(shared, dataset);
  if (choices.length === 0) return null;
  const options = choices.map((choice) => option(choice, context.overflow));
  return node['style'] === 'expanded' && choices.length <= limits.radios
    ? open(shared, options)
    : listed(shared, options);
}

type Shared = {
  readonly isMany: boolean;
  readonly chosen: readonly PlainTextOption[];
  readonly placeholder: { readonly placeholder?: Select['placeholder'] };
};

function sharedOf(node: Node): Pick<Shared, 'placeholder'> {
  const placeholder = cut(text(node, 'placeholder'), limits.placeholder);
  return { placeholder: placeholder === '' ? {} : { placeholder: plainObject(placeholder) } };
}

/** The preselected choice. For a dataset it needn't be among the choices on the card. */
function chosenOf(node: Node, choices: readonly Choice[], dataset: string): readonly Choice[] {
  const value = text(node, 'value');
  if (value === '') return [];
  const values = node['isMultiSelect'] === true ? value.split(',') : [value];
  return values.flatMap((each) => {
    const known = choices.find((choice) => choice.value === each);
    return known ? [known] : dataset !== '' ? [{ title: each, value: each }] : [];
  });
}

function searched({ isMany, chosen, placeholder }: Shared, dataset: string): Element {
  const element: Select | MultiSelect = isMany
    ? { type: 'multi_external_select', min_query_length: 0, ...placeholder, ...many(chosen) }
    : { type: 'external_select', min_query_length: 0, ...placeholder, ...one(chosen) };
  return { kind: isMany ? 'searches' : 'search', extra: dataset, element };
}

function listed({ isMany, chosen, placeholder }: Shared, options: PlainTextOption[]): Element {
  const element: Select | MultiSelect = isMany
    ? { type: 'multi_static_select', options, ...placeholder, ...many(chosen) }
    : { type: 'static_select', options, ...placeholder, ...one(chosen) };
  return { kind: isMany ? 'picks' : 'pick', extra: '', element };
}

function open({ isMany, chosen }: Shared, options: PlainTextOption[]): Element {
  const element: Checkboxes | RadioButtons = isMany
    ? { type: 'checkboxes', options, ...many(chosen) }
    : { type: 'radio_buttons', options, ...one(chosen) };
  return { kind: isMany ? 'picks' : 'pick', extra: '', element };
}

const one = ([first]: readonly PlainTextOption[]) => (first ? { initial_option: first } : {});
const many = (chosen: readonly PlainTextOption[]) => (chosen.length > 0 ? { initial_options: [...chosen] } : {});
