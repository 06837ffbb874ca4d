import { bindBlocks, type BlockView } from './bind-blocks.ts';
import type { Button, Fold, Input } from './card-data.ts';
import { markdown, plain, type Markdown, type Plain } from './escape.ts';
import type { Limits } from './limits.ts';

/** Teams shows six actions in a row; the others go behind its `…`. */
const shownActions = 6;
type Mode = 'primary' | 'secondary';
const modeOf = (index: number): Mode => (index < shownActions ? 'primary' : 'secondary');

/** A button as the templates draw it. `inputs` is `auto` (they come along) or `none`. */
export type ButtonView = {
  readonly title: Plain;
  readonly verb: string;
  readonly data: Button['data'];
  readonly style: 'default' | 'positive' | 'destructive';
  readonly mode: Mode;
  readonly associated: 'auto' | 'none';
};

/** Buttons in their order. */
export function bindButtons(buttons: readonly Button[] | undefined, limits: Limits): readonly ButtonView[] {
  return (buttons ?? []).slice(0, limits.actions).map((button, index) => ({
    title: plain(button.title, limits.label),
    verb: button.verb,
    data: button.data,
    style: button.style ?? 'default',
    mode: modeOf(index),
    associated: button.withInputs === false ? 'none' : 'auto',
  }));
}

/** A folded part: `title` on its button, `heading` inside. Ids are unique in the card. */
export type FoldView = {
  readonly id: string;
  readonly title: Plain;
  readonly heading: Markdown;
  readonly body: readonly BlockView[];
  readonly mode: Mode;
};

/** Folds that have something in them. */
export function bindFolds(folds: readonly Fold[] | undefined, limits: Limits): readonly FoldView[] {
  return (folds ?? [])
    .slice(0, limits.folds)
    .map(({ title, body }) => ({ title, body: bindBlocks(body, limits) }))
    .filter(({ body }) => body.length > 0)
    .map(({ title, body }, index) => ({
      id: `fold-${index + 1}`,
      title: plain(`▸ ${title}`, limits.label),
      heading: markdown(title, limits.title),
      body,
      mode: modeOf(index),
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

/** An input as the templates draw it. */
export type InputView =
  | (Field & {
      readonly isPick: boolean;
      readonly isSearchedPick: boolean;
      readonly style: 'compact' | 'expanded' | 'filtered';
      readonly choices: readonly { readonly title: Plain; readonly value: string }[];
      readonly search: string;
    })
  | (Field & { readonly isTextInput: true; readonly multiline: boolean; readonly maxLength: number })
  | { readonly isToggle: true; readonly id: string; readonly title: Plain; readonly value: 'true' | 'false' };

function bindField(input: Exclude<Input, { kind: 'toggle' }>, limits: Limits): Field {
  return {
    id: input.id,
    label: plain(input.label, limits.label),
    value: input.value ?? '',
    placeholder: plain(input.placeholder ?? '', limits.label),
    isRequired: input.required !== undefined,
    errorMessage: plain(input.required ?? '', limits.text),
  };
}

/** The choices shown; the chosen one stays among them however short the list is cut. */
function bindChoices(input: Extract<Input, { kind: 'pick' }>, limits: Limits) {
  const chosen = input.choices.findIndex(({ value }) => value === input.value);
  const kept = input.choices.filter((_, index) => index < limits.choices || index === chosen);
  return kept.map(({ title, value }) => ({ title: plain(title, limits.label), value }));
}

/** A compact list that is filled in cannot be emptied: it needs no sign that it must be filled in. */
function bindPick(input: Extract<Input, { kind: 'pick' }>, limits: Limits): InputView {
  const field = bindField(input, limits);
  const choices = bindChoices(input, limits);
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
    case 'text':
      return {
        ...bindField(input, limits),
        isTextInput: true,
        value: plain(input.value ?? '', input.maxLength ?? 500),
        multiline: input.multiline ?? false,
        maxLength: input.maxLength ?? 500,
      };
    case 'toggle':
      return {
        isToggle: true,
        id: input.id,
        title: plain(input.title, limits.label),
        value: input.on ? 'true' : 'false',
      };
  }
}

/** Inputs in their order. */
export function bindInputs(inputs: readonly Input[] | undefined, limits: Limits): readonly InputView[] {
  return (inputs ?? []).map((input) => bindInput(input, limits));
}
