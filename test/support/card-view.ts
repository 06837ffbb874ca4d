import { LRUCache } from 'lru-cache';
import { unmarked } from '../../src/message/escape.ts';
import { checkCard } from './check-card.ts';

type Node = { readonly [key: string]: unknown };

/** One input of a card as a person sees it. */
export type InputView = {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  /** Where the client gets more choices; null: these are all. */
  readonly dataset: string | null;
};

/** A button that sends something: its title, its accessible name, and what it sends. */
export type ButtonView = {
  readonly title: string;
  readonly heard: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/**
 * A card as a test reads it. `text` is everything in reading order, one line per element; `shown` leaves out the
 * details.
 */
export type CardView = {
  readonly title: string;
  readonly text: string;
  readonly shown: string;
  readonly buttons: readonly ButtonView[];
  /** The titles of the buttons, in order. */
  readonly titles: readonly string[];
  /** The accessible name of each button, which distinguishes it from the others: its tooltip, otherwise its title. */
  readonly heard: readonly string[];
  /** The headings of the folded sections. */
  readonly details: readonly string[];
  readonly links: readonly string[];
  readonly inputs: Readonly<Record<string, InputView>>;
  readonly raw: Node;
};

/** A test that waits sees the same card again and again: it is checked and read once. */
const read = new LRUCache<string, CardView>({ max: 200 });

/**
 * Reads a card; throws if anything is wrong with it, so that no test can use a card that Teams would refuse or drop.
 */
export function viewOf(raw: unknown): CardView {
  const json = JSON.stringify(raw);
  const view = read.get(json) ?? viewAnew(JSON.parse(json) as Node);
  read.set(json, view);
  return view;
}

function viewAnew(card: Node): CardView {
  const problems = checkCard(card);
  if (problems.length > 0) throw new Error(`a card that is not well: ${problems.join('; ')}`);
  const elements = elementsOf(card);
  const actions = elements.filter(({ node }) => String(node['type']).startsWith('Action.'));
  const buttons = actions.filter(({ node }) => node['type'] === 'Action.Execute').map(({ node }) => buttonOf(node));
  const lines = elements.flatMap(({ node, hidden }) => linesOf(node).map((line) => ({ line, hidden })));
  return {
    title: lines[0]?.line ?? '',
    text: lines.map(({ line }) => line).join('\n'),
    shown: lines.flatMap(({ line, hidden }) => (hidden ? [] : [line])).join('\n'),
    buttons,
    titles: buttons.map(({ title }) => title),
    heard: buttons.map(({ heard }) => heard),
    details: headingsOf(elements),
    links: titlesOf(actions, 'Action.OpenUrl'),
    inputs: Object.fromEntries(elements.flatMap(({ node }) => inputOf(node))),
    raw: card,
  };
}

/** The first line of a card, without checking the rest. */
export function titleOf(raw: unknown): string {
  const first = elementsOf(raw).find(({ node }) => node['type'] === 'TextBlock');
  return first ? unmarked(String(first.node['text'])) : '';
}

type Placed = { readonly node: Node; readonly hidden: boolean };

const unread = new Set(['data', 'msteams', 'choices', 'facts', 'inlines', 'targetElements', 'refresh']);

function elementsOf(value: unknown, hidden = false): Placed[] {
  if (Array.isArray(value)) return value.flatMap((each) => elementsOf(each, hidden));
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Node;
  const isHidden = hidden || node['isVisible'] === false;
  const inside = Object.entries(node).flatMap(([key, part]) => (unread.has(key) ? [] : elementsOf(part, isHidden)));
  return [{ node, hidden: isHidden }, ...inside];
}

function linesOf(node: Node): string[] {
  const list = (key: string) => (node[key] as Node[] | undefined) ?? [];
  switch (node['type']) {
    case 'TextBlock':
      return [unmarked(String(node['text']))];
    case 'FactSet':
      return list('facts').map(({ title, value }) => `${unmarked(String(title))}: ${unmarked(String(value))}`);
    case 'RichTextBlock':
      return [
        list('inlines')
          .map((run) => (typeof run === 'string' ? run : String(run['text'])))
          .join(''),
      ];
    case 'Input.ChoiceSet':
      return [String(node['label']), ...list('choices').map(({ title }) => String(title))];
    case 'Action.Execute':
    case 'Action.OpenUrl':
    case 'Action.ToggleVisibility':
      return [String(node['title'])];
    default:
      return [];
  }
}

/** Each section of the details begins with its heading. */
function headingsOf(elements: readonly Placed[]): string[] {
  const folded = elements.find(({ node }) => node['id'] === 'details')?.node;
  const sections = (folded?.['items'] as Node[] | undefined) ?? [];
  return sections.map(({ items }) => unmarked(String((items as Node[])[0]?.['text'])));
}

function titlesOf(actions: readonly Placed[], type: string): string[] {
  return actions.filter(({ node }) => node['type'] === type).map(({ node }) => String(node['title']));
}

function buttonOf(node: Node): ButtonView {
  const { title, tooltip, verb, data } = node as Record<'title' | 'verb', string> & {
    tooltip?: string;
    data: Record<string, unknown>;
  };
  return { title, heard: tooltip || title, verb, data };
}

function inputOf(node: Node): [string, InputView][] {
  if (!String(node['type']).startsWith('Input.')) return [];
  const choices = ((node['choices'] as InputView['choices'] | undefined) ?? []).map(({ title, value }) => ({
    title,
    value,
  }));
  const dataset = (node['choices.data'] as { dataset?: string } | undefined)?.dataset ?? null;
  const [label, value] = [String(node['label']), String(node['value'] ?? '')];
  return [[String(node['id']), { label, value, choices, dataset }]];
}
