import type { Checkboxes, InputBlockElement, MultiSelect, PlainTextOption, RadioButtons, Select } from '@slack/types';
import type { ShownInput } from '../../../message/rendering/shown-input.ts';
import type { InputKind } from './input-id.ts';
import { limits } from '../limits.ts';
import type { OverflowStore } from '../overflow-store.ts';
import { option, type Choice } from './options.ts';
import { plainObject, cut } from '../text-object.ts';

/** An input's element without its ID, and how its state is read. */
export type Element = { readonly kind: InputKind; readonly extra: string; readonly element: InputBlockElement };

type List = Extract<ShownInput, { kind: 'pick' | 'picks' }>;

/**
 * A list: up to ten expanded choices are radio buttons or checkboxes, up to a hundred are a list, and more, or a
 * dataset, are a type-ahead list.
 */
export function choiceElement(list: List, overflow: OverflowStore): Element {
  const { choices } = list;
  const isMany = list.kind === 'picks';
  const { style, dataset, placeholder } = isMany
    ? { style: 'expanded', dataset: '', placeholder: '' }
    : { ...list, dataset: list.dataset || list.search };
  const chosen = chosenOf(list, dataset).map((choice) => option(choice, overflow));
  const hint = cut(placeholder, limits.placeholder);
  const shared = { isMany, chosen, placeholder: hint === '' ? {} : { placeholder: plainObject(hint) } };
  if (dataset !== '' || choices.length > limits.options) return searched(shared, dataset);
  const options = choices.map((choice) => option(choice, overflow));
  return style === 'expanded' && choices.length <= limits.radios ? open(shared, options) : listed(shared, options);
}

type Shared = {
  readonly isMany: boolean;
  readonly chosen: readonly PlainTextOption[];
  readonly placeholder: { readonly placeholder?: Select['placeholder'] };
};

/** The preselected choice. For a dataset it needn't be among the choices on the card. */
function chosenOf(list: List, dataset: string): readonly Choice[] {
  const values = list.kind === 'picks' ? list.values : [list.value].filter((value) => value !== '');
  return values.flatMap((each) => {
    const known = list.choices.find(({ value }) => value === each);
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
