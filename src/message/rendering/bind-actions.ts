import type { Button, Input } from '../card-data.ts';
import { markdown, plain, typed, type Markdown, type Plain } from '../escape.ts';
import type { Limits } from '../limits.ts';

/** Teams shows six actions in a row; the others go behind its `…`. */
const shownActions = 6;

/** A button as the templates render it. `inputs` is `auto` (they are sent) or `none`. */
export type ButtonView = {
  readonly title: Plain;
  readonly tooltip: string;
  readonly verb: string;
  readonly data: Button['data'];
  readonly style: 'default' | 'positive' | 'destructive';
  readonly mode: 'primary' | 'secondary';
  readonly associated: 'auto' | 'none';
  /** The question before it acts; empty: none. */
  readonly question: Markdown;
};

/** Buttons in order. A card has one primary button: a second one marked so is rendered as an ordinary one. */
export function bindButtons(buttons: readonly Button[] | undefined, limits: Limits): readonly ButtonView[] {
  const primary = (buttons ?? []).find(({ style }) => style === 'positive');
  return (buttons ?? []).slice(0, limits.actions).map((button, index) => ({
    title: plain(button.title, limits.label),
    tooltip: button.about === undefined ? '' : plain(`${button.title}: ${button.about}`, limits.label),
    verb: button.verb,
    data: button.data,
    style: button.style === 'positive' && button !== primary ? 'default' : (button.style ?? 'default'),
    mode: button.behind || index >= shownActions ? 'secondary' : 'primary',
    associated: button.withInputs === false ? 'none' : 'auto',
    question: markdown((button.asksFirst && button.style === 'destructive' && button.about) || '', limits.text),
  }));
}

type Field = {
  readonly id: string;
  readonly label: Plain;
  readonly value: string;
  readonly placeholder: Plain;
  readonly isRequired: boolean;
  readonly errorMessage: Plain;
};

/** An input as the templates render it. */
type InputView =
  | (Field & {
      readonly isPick: boolean;
      readonly isSearchedPick: boolean;
      readonly style: 'compact' | 'expanded' | 'filtered';
      readonly choices: readonly { readonly title: Plain; readonly value: string }[];
      readonly search: string;
    })
  | (Field & {
      readonly isPicks: true;
      readonly choices: readonly { readonly title: Plain; readonly value: string }[];
    })
  | (Field & { readonly isTextInput: true; readonly multiline: boolean; readonly maxLength: number })
  | (Field & { readonly isDate: true })
  | { readonly isToggle: true; readonly id: string; readonly title: Plain; readonly value: 'true' | 'false' };

function bindField(input: Extract<Input, { kind: 'pick' | 'text' | 'date' }>, limits: Limits): Field {
  return {
    id: input.id,
    label: plain(input.error === undefined ? input.label : `⚠️ ${input.label} · ${input.error}`, limits.label),
    value: input.value ?? '',
    placeholder: plain(('placeholder' in input && input.placeholder) || '', limits.label),
    isRequired: input.required !== undefined,
    errorMessage: plain(input.required ?? '', limits.text),
  };
}

/** The shown choices; the current one stays among them however short the list is cut. */
function bindChoices(
  choices: readonly { readonly title: string; readonly value: string }[],
  chosen: readonly string[],
  limits: Limits,
) {
  const kept = choices.filter(({ value }, index) => index < limits.choices || chosen.includes(value));
  return kept.map(({ title, value }) => ({ title: plain(title, limits.label), value }));
}

/** A compact list with a default can't be emptied: it needs no "required" mark. */
function bindPick(input: Extract<Input, { kind: 'pick' }>, limits: Limits): InputView {
  const field = bindField(input, limits);
  const choices = bindChoices(input.choices, input.value === undefined ? [] : [input.value], limits);
  const isSearched = input.search !== undefined && choices.length < input.choices.length;
  const style = isSearched ? 'filtered' : (input.style ?? 'compact');
  const isFilled = style === 'compact' && field.value !== '';
  const isRequired = field.isRequired && !isFilled;
  const search = input.search ?? '';
  return { ...field, isRequired, isPick: !isSearched, isSearchedPick: isSearched, style, choices, search };
}

function bindInput(input: Input, limits: Limits): InputView {
  switch (input.kind) {
    case 'pick':
      return bindPick(input, limits);
    case 'picks': {
      const { id, label, choices, values } = input;
      const field = bindField({ kind: 'text', id, label }, limits);
      const ticked = values.filter((value) => choices.some((choice) => choice.value === value));
      return { ...field, value: ticked.join(','), isPicks: true, choices: bindChoices(choices, ticked, limits) };
    }
    case 'text':
      return {
        ...bindField(input, limits),
        isTextInput: true,
        value: typed(input.value ?? '', { max: input.maxLength ?? 500, by: input.multiline ? '\n' : ' ' }),
        multiline: input.multiline ?? false,
        maxLength: input.maxLength ?? 500,
      };
    case 'date':
      return { ...bindField(input, limits), isDate: true };
    case 'toggle':
      return {
        isToggle: true,
        id: input.id,
        title: plain(input.title, limits.label),
        value: input.on ? 'true' : 'false',
      };
  }
}

/** Inputs in order. */
export function bindInputs(inputs: readonly Input[] | undefined, limits: Limits): readonly InputView[] {
  return (inputs ?? []).map((input) => bindInput(input, limits));
}
