/** A card as plain text: what a person reads on it, from top to bottom. What is folded away shows by its title only. */
import { unmarked } from '../../message/escape.ts';

type Node = { readonly [key: string]: unknown };

const width = 92;
const longestTitle = 24;

/** A card in lines. `title` is the verdict, in one line however long it is. */
export type CardText = { readonly title: string; readonly lines: readonly string[] };

/** Reads a card; `leaveOut` is a text that every card carries. */
export function textOf(card: unknown, leaveOut: string): CardText {
  const blocks = nodes(card, 'body').map((node) => linesOf(node));
  const lines = blocks.flatMap((block, at) => [...(needsSpace(blocks, at) ? [''] : []), ...block]);
  const told = lines.filter((line) => line !== leaveOut);
  return { title: plainOf(String(firstText(card)?.['text'] ?? '')), lines: told.join('\n').trimEnd().split('\n') };
}

/** Buttons, folds and the last line stand close together; what is told above them has room around it. */
function needsSpace(blocks: readonly (readonly string[])[], at: number): boolean {
  const [before, here] = [blocks[at - 1], blocks[at]];
  if (!before || !here || before.length === 0 || here.length === 0) return false;
  return !(isRow(before) && isRow(here));
}

function isRow(lines: readonly string[]): boolean {
  return lines.every((line) => /^[[▸]|^[^:[]+: {2}\[|^[^.]*↗/u.test(line));
}

function linesOf(node: Node): string[] {
  if (node['isVisible'] === false) return [];
  switch (node['type']) {
    case 'Container':
    case 'Column':
      return nodes(node, 'items').flatMap(linesOf);
    case 'ColumnSet':
      return wrapped(nodes(node, 'columns').flatMap(linesOf).join('   '));
    case 'TextBlock':
      return String(node['text'])
        .split('\n')
        .flatMap((line) => wrapped(plainOf(line)));
    case 'RichTextBlock':
      return [
        `  $ ${nodes(node, 'inlines')
          .map((run) => String(run['text']))
          .join('')}`,
      ];
    case 'FactSet':
      return factLines(nodes(node, 'facts'));
    case 'ActionSet':
      return packed(nodes(node, 'actions').map(actionText));
    case 'Input.ChoiceSet':
      return [`${String(node['label'])}:  [${chosen(node)} ▾]`];
    default:
      return [];
  }
}

function factLines(facts: readonly Node[]): string[] {
  const told = facts.map((fact) => [plainOf(String(fact['title'])), plainOf(String(fact['value']))] as const);
  const column = Math.min(longestTitle, Math.max(...told.map(([title]) => title.length)));
  return told.flatMap(([title, value]) => {
    const [first = '', ...more] = wrapped(value, width - column - 2);
    return [`${title.padEnd(column)}  ${first}`, ...more.map((line) => `${' '.repeat(column)}  ${line}`)];
  });
}

/** Buttons side by side; none is broken over two lines. */
function packed(buttons: readonly string[]): string[] {
  const lines: string[] = [];
  for (const button of buttons) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 2 + button.length <= width) lines[lines.length - 1] = `${last}  ${button}`;
    else lines.push(button);
  }
  return lines;
}

/** The first text of a card, in reading order. */
function firstText(node: unknown): Node | undefined {
  for (const each of [...nodes(node, 'body'), ...nodes(node, 'items')]) {
    const found = each['type'] === 'TextBlock' ? each : firstText(each);
    if (found) return found;
  }
  return undefined;
}

function actionText(action: Node): string {
  const title = String(action['title']);
  return action['type'] === 'Action.ToggleVisibility' ? title : `[${title}]`;
}

function chosen(node: Node): string {
  const picked = nodes(node, 'choices').find((choice) => choice['value'] === node['value']);
  return String(picked?.['title'] ?? node['placeholder'] ?? '');
}

/** Markdown as it is read: links by their words, marks taken away. */
function plainOf(markdown: string): string {
  return unmarked(markdown.replace(/\[((?:\\.|[^\]\\])*)\]\([^)]*\)/g, '$1'));
}

/** Lines of at most `most` characters; what follows a number or a sign of a list stands under its words. */
function wrapped(text: string, most = width): string[] {
  const indent = ' '.repeat(/^(\d+\. |- )?/.exec(text)?.[0].length ?? 0);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line);
      line = indent + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function nodes(value: unknown, key: string): readonly Node[] {
  const list = (value as Node)[key];
  return Array.isArray(list) ? (list as Node[]) : [];
}
