/** What a card shows of its inputs, for every platform. Pure. */
import type { Input } from '../card-data.ts';
import { plain, typed, type Plain } from '../escape.ts';
import type { Limits } from '../limits.ts';

type Of<K extends Input['kind']> = Extract<Input, { kind: K }>;

/** One of a list. */
type ShownChoice = { readonly title: Plain; readonly value: string };

type Named = { readonly id: string; readonly label: Plain };
/** `message`: what is said if it was left empty. */
type Needed = Named & { readonly required: boolean; readonly message: Plain };

/**
 * An input, cleaned and shortened. `dataset`: where the choices are found that don't fit (empty: they are all there);
 * `search`: where they are found by typing even if all are there. `style` says how a list is opened.
 */
export type ShownInput =
  | (Needed & {
      readonly kind: 'pick';
      readonly style: NonNullable<Of<'pick'>['style']>;
      readonly value: string;
      readonly placeholder: Plain;
      readonly choices: readonly ShownChoice[];
      readonly dataset: string;
      readonly search: string;
    })
  | (Named & { readonly kind: 'picks'; readonly values: readonly string[]; readonly choices: readonly ShownChoice[] })
  | (Needed & {
      readonly kind: 'text';
      readonly value: Plain;
      readonly placeholder: Plain;
      readonly multiline: boolean;
      readonly maxLength: number;
    })
  | (Needed & { readonly kind: 'date'; readonly value: string })
  | (Named & { readonly kind: 'toggle'; readonly on: boolean });

/** The input as it is shown within the limits. */
export function shownInput(input: Input, limits: Limits): ShownInput {
  switch (input.kind) {
    case 'pick':
      return pickList(input, limits);
    case 'picks':
      return checkboxes(input, limits);
    case 'text':
      return textField(input, limits);
    case 'date':
      return { kind: 'date', ...named(input, limits), value: input.value ?? '', ...needed(input, limits) };
    case 'toggle':
      return { kind: 'toggle', ...named({ id: input.id, label: input.title }, limits), on: input.on };
  }
}

/** A compact list with a default can't be emptied: it needs no "required" mark. What doesn't fit is searched for. */
function pickList(input: Of<'pick'>, limits: Limits): ShownInput {
  const { value = '', search = '' } = input;
  const choices = choicesOf(input.choices, input.value === undefined ? [] : [input.value], limits);
  const isSearched = choices.length < input.choices.length && input.search !== undefined;
  const style = isSearched ? 'filtered' : (input.style ?? 'compact');
  const { required, message } = needed(input, limits);
  const isFilled = style === 'compact' && value !== '';
  return {
    kind: 'pick',
    ...named(input, limits),
    style,
    value,
    placeholder: plain(input.placeholder ?? '', limits.label),
    required: required && !isFilled,
    message,
    choices,
    dataset: isSearched ? search : '',
    search,
  };
}

function checkboxes({ id, label, choices, values }: Of<'picks'>, limits: Limits): ShownInput {
  const ticked = values.filter((value) => choices.some((choice) => choice.value === value));
  return {
    kind: 'picks',
    ...named({ id, label }, limits),
    values: ticked,
    choices: choicesOf(choices, ticked, limits),
  };
}

function textField(input: Of<'text'>, limits: Limits): ShownInput {
  const { value = '', placeholder = '', multiline = false, maxLength = 500 } = input;
  return {
    kind: 'text',
    ...named(input, limits),
    value: typed(value, { max: maxLength, by: multiline ? '\n' : ' ' }),
    placeholder: plain(placeholder, limits.label),
    ...needed(input, limits),
    multiline,
    maxLength,
  };
}

type Labelled = { readonly id: string; readonly label: string; readonly error?: string | undefined };

const named = ({ id, label, error }: Labelled, limits: Limits): Named => ({
  id,
  label: plain(error === undefined ? label : `⚠️ ${label} · ${error}`, limits.label),
});

const needed = ({ required: said }: { readonly required?: string | undefined }, limits: Limits) => ({
  required: said !== undefined,
  message: plain(said ?? '', limits.text),
});

/** The shown choices; the current one stays among them however short the list is cut. */
function choicesOf(choices: Of<'pick'>['choices'], chosen: readonly string[], limits: Limits): readonly ShownChoice[] {
  const kept = choices.filter(({ value }, index) => index < limits.choices || chosen.includes(value));
  return kept.map(({ title, value }) => ({ title: plain(title, limits.label), value }));
}
