/** What there is to read, to press and to fill in on an Adaptive Card, read without the product's own translation. */
import { cardOf } from '../../../cards/card.ts';
import { toJson } from '../../../src/core/json.ts';
import type { CardMessage } from '../../../src/message/card-data.ts';
import { unmarked } from '../../../src/message/escape.ts';
import { generous, type Limits } from '../../../src/message/limits.ts';
import { asSheet } from '../../../src/message/rendering/as-sheet.ts';
import type { Node as CardNode } from '../../../src/slack/blocks/card-node.ts';

export type Node = { readonly [key: string]: unknown };

type Laying = { readonly simulated: string | null; readonly details: string; readonly limits?: Limits };

/** A card as it is laid out for Teams with these limits, however large that is. */
export function laidOut(message: CardMessage, { simulated, details, limits = generous }: Laying): CardNode {
  const fold = { open: details, shut: 'Hide' };
  const around = { lang: 'en', speak: 'spoken', fallbackText: 'fallback', simulated, fold };
  return toJson(cardOf(asSheet(message), around, limits)) as CardNode;
}

const opaque = ['data', 'msteams', 'targetElements'];

/** Every element, action and other part of a card. */
export function partsOf(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, each]) => (opaque.includes(key) ? [] : partsOf(each)));
  return [value as Node, ...inside];
}

/** The parts of these types. */
export function ofType(card: unknown, type: RegExp): readonly Node[] {
  return partsOf(card).filter((part) => type.test(String(part['type'])));
}

const link = /(?<!\\)\[((?:\\.|[^\]\\])*)\]\((https:[^)\s]*)\)/g;

/** The targets of a card's links. */
export function addressesIn(card: unknown): readonly string[] {
  const texts = ofType(card, /^TextBlock$/).map(({ text }) => String(text));
  return texts.flatMap((text) => Array.from(text.matchAll(link), ([, , url]) => String(url)));
}

function markdownLines(text: string): string[] {
  const lines = text.replace(link, '$1').split('\n');
  return lines.map((line) => unmarked(line.replace(/^- /, '')));
}

/** Every text that a card shows, line by line and without white space. */
export function wordsOf(card: unknown): readonly string[] {
  return partsOf(withoutToggles(card))
    .flatMap(linesOf)
    .map((line) => line.replace(/\s/gu, ''))
    .filter((line) => line !== '');
}

/**
 * Slack has its own element for opening and closing the details, and its own confirmation of destructive actions; only
 * the title of the folded part is read here.
 */
function withoutToggles(card: unknown): unknown {
  return JSON.parse(JSON.stringify(card), (_, part: unknown) => {
    const { type, id, items } = (part ?? {}) as Node;
    if (type === 'Action.ToggleVisibility') return { ...(part as Node), type: 'Toggle' };
    if (id === 'sure') return { items: (items as Node[]).filter((each) => each['type'] !== 'TextBlock') };
    const pressed = (part as Node | null)?.['selectAction'] as Node | undefined;
    if (pressed?.['type'] !== 'Toggle') return part;
    const isHidden = (part as Node)['isVisible'] === false;
    return isHidden ? {} : { type: 'TextBlock', text: pressed['title'] };
  });
}

function linesOf(part: Node): readonly string[] {
  const own = (key: string) => (typeof part[key] === 'string' ? [part[key] as string] : []);
  const inside = (key: string) => (part[key] as readonly Node[] | undefined) ?? [];
  switch (part['type']) {
    case 'TextBlock':
      return own('text').flatMap(markdownLines);
    case 'TextRun':
      return own('text');
    case 'FactSet':
      return inside('facts').flatMap(({ title, value }) => [unmarked(String(title)), unmarked(String(value))]);
    case 'Input.ChoiceSet':
      return [...own('label'), ...inside('choices').map(({ title }) => String(title))];
    case 'Input.Text':
      return [...own('label'), ...own('value')];
    default:
      return /^(Input|Action)\./.test(String(part['type'])) ? [...own('label'), ...own('title')] : [];
  }
}
