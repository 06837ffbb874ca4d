import type { CardMessage, ChooseData } from './card-data.ts';
import { plain, shows } from './escape.ts';
import { generous } from './limits.ts';

type Choice = { readonly title: string; readonly value: string };

/** Several short parts as one line: the facts of a card, for its `line`. */
export function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter(shows).join(' · ');
}

/** The rows of a card to choose from, as choices of a list. */
export function rowChoices({ rows }: Pick<ChooseData, 'rows'>): Choice[] {
  return rows.map(({ value, name, description }) => ({ value, title: joined([name, description]) }));
}

/** Every choice of a card's list, including those that didn't fit on the card, with titles as on the card. */
export function everyChoice(message: CardMessage, id: string): readonly Choice[] {
  return choicesIn(message, id).map(({ title, value }) => ({ title: plain(title, generous.label), value }));
}

/** The type-ahead sources of a card's lists, by the list's ID. */
export function searchesIn({ template, data }: CardMessage): Readonly<Record<string, string>> {
  if (template === 'choose') return data.search === undefined ? {} : { [data.id]: data.search };
  if (template !== 'sheet') return {};
  const found = (data.inputs ?? []).flatMap((input) =>
    input.kind === 'pick' && input.search !== undefined ? [[input.id, input.search] as const] : [],
  );
  return Object.fromEntries(found);
}

function choicesIn({ template, data }: CardMessage, id: string): readonly Choice[] {
  if (template === 'choose') return data.id === id ? rowChoices(data) : [];
  if (template !== 'sheet') return [];
  const found = data.inputs?.find((input) => input.kind === 'pick' && input.id === id);
  return found?.kind === 'pick' ? found.choices : [];
}
