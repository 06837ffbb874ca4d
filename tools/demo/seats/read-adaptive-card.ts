/** What a person reads on an Adaptive Card, as Teams renders it. */
import { unmarked } from '../../../src/message/escape.ts';
import type { Button, Group, Part } from '../card-text.ts';

/** A node of a card. */
export type CardNode = { readonly [key: string]: unknown };

/** The groups of a card, one for each element of its body. */
export function readAdaptiveCard(card: unknown): readonly Group[] {
  return nodes(card, 'body').map(partsOf);
}

/** Every node of a card that is rendered, in reading order, including a second question that a button unfolds. */
export function nodesIn(value: unknown): readonly CardNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (typeof value !== 'object' || value === null) return [];
  const { isVisible, id } = value as CardNode;
  if (isVisible === false && id !== 'sure') return [];
  const inside = ['body', 'items', 'columns', 'rows', 'cells', 'actions'].flatMap((key) =>
    nodesIn((value as CardNode)[key]),
  );
  return [value as CardNode, ...inside];
}

function partsOf(node: CardNode): readonly Part[] {
  if (node['isVisible'] === false) {
    const isSign = 'selectAction' in node;
    return isSign ? [] : [{ kind: 'details', parts: nodes(node, 'items').flatMap(partsOf) }];
  }
  switch (node['type']) {
    case 'Container':
      return 'selectAction' in node ? [folded(node)] : nodes(node, 'items').flatMap(partsOf);
    case 'Column':
      return nodes(node, 'items').flatMap(partsOf);
    case 'Table':
      return nodes(node, 'rows').map((row) => ({ kind: 'text', text: nodes(row, 'cells').map(cellText).join(' ') }));
    case 'ColumnSet':
      return [{ kind: 'beside', parts: nodes(node, 'columns').flatMap(partsOf) }];
    case 'TextBlock':
      return [{ kind: 'text', text: plainOf(String(node['text'])) }];
    case 'RichTextBlock':
      return [
        {
          kind: 'command',
          text: nodes(node, 'inlines')
            .map((run) => String(run['text']))
            .join(''),
        },
      ];
    case 'FactSet':
      return [{ kind: 'facts', facts: nodes(node, 'facts').map(factOf) }];
    case 'ActionSet':
      return [{ kind: 'buttons', buttons: nodes(node, 'actions').map(buttonOf) }];
    case 'Input.ChoiceSet':
    case 'Input.Text':
    case 'Input.Date':
      return [{ kind: 'input', label: String(node['label']), holds: chosen(node) }];
    default:
      return [];
  }
}

function cellText(cell: CardNode): string {
  return nodes(cell, 'items')
    .map(({ text }) => plainOf(String(text)))
    .join(' ');
}

/** The details are the one thing on a card that can be pressed without being a button. */
function folded(node: CardNode): Part {
  return {
    kind: 'buttons',
    buttons: nodes(node, 'items').map(({ text }) => ({ title: plainOf(String(text)), goes: 'fold' })),
  };
}

function factOf(fact: CardNode): readonly [string, string] {
  return [plainOf(String(fact['title'])), plainOf(String(fact['value']))];
}

function buttonOf(action: CardNode): Button {
  return { title: String(action['title']), goes: action['type'] === 'Action.OpenUrl' ? 'page' : 'bot' };
}

function chosen(node: CardNode): string {
  const picked = nodes(node, 'choices').find((choice) => choice['value'] === node['value']);
  return String(picked?.['title'] ?? (node['value'] || node['placeholder']) ?? '');
}

/** Markdown as it is read: links by their titles, without marks. */
function plainOf(markdown: string): string {
  return unmarked(markdown.replace(/\[((?:\\.|[^\]\\])*)\]\([^)]*\)/g, '$1'));
}

function nodes(value: unknown, key: string): readonly CardNode[] {
  const list = (value as CardNode)[key];
  return Array.isArray(list) ? (list as CardNode[]) : [];
}
