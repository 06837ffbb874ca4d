/** Splits a card into pieces, in reading order. Pure; unknown parts become text and a warning. */
import { isNode, list, part, text, type Node } from '../card-node.ts';
import { foldTitles, isToggle } from './fold-titles.ts';
import { isKnown, unknownProperties } from './known-properties.ts';
import { inBold, plainLines, readMarkdown, textOf, type Line, type Run } from '../lines.ts';
import { said, type Piece, type TextLook } from '../piece.ts';
import { wordsIn } from './words-in.ts';

type Reading = { readonly folds: ReadonlyMap<string, string>; readonly warn: (warning: string) => void };

/** The pieces of a card. `warn` is called for everything that Slack won't show as the card says it. */
export function readCard(card: Node, warn: (warning: string) => void): readonly Piece[] {
  warnOfProperties(card, warn);
  const reading = { folds: foldTitles(card), warn };
  return [...readItems(list(card, 'body'), reading), ...readActions(list(card, 'actions'), reading)];
}

/** Consecutive texts in the same container are one piece, so that a list of steps is one block. */
function readItems(items: readonly Node[], reading: Reading): readonly Piece[] {
  const pieces: Piece[] = [];
  let wasText = false;
  for (const item of items) {
    const read = readElement(item, reading);
    const isText = item['type'] === 'TextBlock' || item['type'] === 'RichTextBlock';
    const [first, ...rest] = read;
    const joined = wasText && isText && first ? joinedWith(pieces.at(-1), first) : null;
    if (joined) pieces.splice(-1, 1, joined, ...rest);
    else pieces.push(...read);
    wasText = isText;
  }
  return pieces;
}

function joinedWith(before: Piece | undefined, next: Piece): Piece | null {
  if (before?.kind === 'code' && next.kind === 'code') return { kind: 'code', lines: [...before.lines, ...next.lines] };
  if (before?.kind !== 'text' || next.kind !== 'text' || before.look !== next.look || next.look === 'heading')
    return null;
  return said([...before.lines, ...next.lines], next.look);
}

function readElement(node: Node, reading: Reading): readonly Piece[] {
  if (isToggle(node)) return toggle(part(node, 'selectAction') as Node, reading);
  warnOfProperties(node, reading.warn);
  const pieces = isHidden(node) ? readHidden(node, reading) : readShown(node, reading);
  return node['separator'] === true && pieces.length > 0 ? [{ kind: 'divider' }, ...pieces] : pieces;
}

function readShown(node: Node, reading: Reading): readonly Piece[] {
  const type = text(node, 'type');
  switch (type) {
    case 'TextBlock':
      return spoken(textBlock(node));
    case 'RichTextBlock':
      return spoken(richTextBlock(node, reading));
    case 'FactSet':
      return factSet(node);
    case 'Container':
      return readItems(list(node, 'items'), reading);
    case 'ColumnSet':
      return columnSet(node, reading);
    case 'Table':
      return [table(node, reading)];
    case 'ActionSet':
      return readActions(list(node, 'actions'), reading);
    default:
      return type.startsWith('Input.') && isKnown(type) ? inputOf(node, reading) : unknown(node, reading);
  }
}

function table(node: Node, { warn }: Reading): Piece {
  const rows = list(node, 'rows').map((row) => {
    const cells = list(row, 'cells');
    for (const part of [row, ...cells]) warnOfProperties(part, warn);
    return cells.map((cell) => textOf(list(cell, 'items').flatMap((item) => readMarkdown(text(item, 'text')))));
  });
  return { kind: 'table', rows };
}

function inputOf(node: Node, { warn }: Reading): readonly Piece[] {
  const query = part(node, 'choices.data');
  if (query) warnOfProperties(query, warn);
  return [{ kind: 'input', input: node }];
}

const isHidden = (node: Node) => node['isVisible'] === false;

/** If a button shows it, it is a fold. If nothing does, nobody is meant to see it. */
function readHidden(node: Node, reading: Reading): readonly Piece[] {
  const title = reading.folds.get(text(node, 'id'));
  if (title === undefined) {
    reading.warn(`${text(node, 'type')}: hidden, and no button shows it`);
    return [];
  }
  // What is unfolded only for a second question becomes the button alone: Slack asks before anything destructive.
  if (text(node, 'id') === 'sure') return readShown(node, reading).filter(({ kind }) => kind === 'buttons');
  const [first, ...rest] = readShown(node, reading);
  const repeats = first?.kind === 'text' && textOf(first.lines) === title;
  const pieces = first && !repeats ? [first, ...rest] : rest;
  return [{ kind: 'fold', title, pieces }];
}

const spoken = (piece: Piece): readonly Piece[] =>
  piece.kind === 'text' && textOf(piece.lines).trim() === '' ? [] : [piece];

function textBlock(node: Node): Piece {
  const isBig = ['Large', 'ExtraLarge'].includes(text(node, 'size'));
  const isHeading = node['style'] === 'heading' || isBig;
  const isQuiet = node['isSubtle'] === true || node['size'] === 'Small';
  const look: TextLook = isHeading ? 'heading' : isQuiet ? 'quiet' : 'normal';
  const lines = readMarkdown(text(node, 'text'));
  return said(node['weight'] === 'Bolder' && !isHeading ? inBold(lines) : lines, look);
}

function richTextBlock(node: Node, { warn }: Reading): Piece {
  const inlines = node['inlines'];
  const runs = (Array.isArray(inlines) ? inlines : []).map((each) => (isNode(each) ? each : { text: String(each) }));
  const characters = runs.map((run) => text(run, 'text')).join('');
  if (runs.every((run) => run['fontType'] === 'Monospace')) return { kind: 'code', lines: [characters] };
  return said(joinLines(runs.map((run) => textRun(run, warn))));
}

function textRun(run: Node, warn: Reading['warn']): readonly Line[] {
  warnOfProperties(run, warn);
  const link = part(run, 'selectAction');
  const url = link?.['type'] === 'Action.OpenUrl' ? text(link, 'url') : '';
  if (link && !/^https?:\/\//.test(url)) warn(`TextRun: ${text(link, 'type')} on a word`);
  const style: Partial<Run> = {
    ...(run['weight'] === 'Bolder' && { bold: true }),
    ...(/^https?:\/\//.test(url) && { url }),
  };
  return plainLines(text(run, 'text')).map((line) => line.map((each) => ({ ...each, ...style })));
}

function joinLines(parts: readonly (readonly Line[])[]): Line[] {
  const lines: Run[][] = [[]];
  for (const each of parts) {
    each.forEach((line, index) => (index === 0 ? lines.at(-1)?.push(...line) : lines.push([...line])));
  }
  return lines;
}

function factSet(node: Node): readonly Piece[] {
  const facts = list(node, 'facts').map((fact) => ({
    title: readMarkdown(text(fact, 'title')),
    value: readMarkdown(text(fact, 'value')),
  }));
  return facts.length > 0 ? [{ kind: 'facts', facts }] : [];
}

/** A text with one button beside it stays together; everything else is stacked in reading order. */
function columnSet(node: Node, reading: Reading): readonly Piece[] {
  const columns = list(node, 'columns').map((column) => {
    warnOfProperties(column, reading.warn);
    return readItems(list(column, 'items'), reading);
  });
  const [left = [], right = [], ...more] = columns;
  const [set] = right;
  const isText = left.length > 0 && left.every(({ kind }) => kind === 'text');
  if (more.length > 0 || !isText || right.length !== 1 || set?.kind !== 'buttons') return columns.flat();
  const [button, ...others] = set.buttons;
  if (!button || others.length > 0) return columns.flat();
  return [{ kind: 'row', lines: left.flatMap((piece) => (piece.kind === 'text' ? piece.lines : [])), button }];
}

function readActions(actions: readonly Node[], reading: Reading): readonly Piece[] {
  const buttons: Node[] = [];
  const told: Piece[] = [];
  for (const action of actions) {
    const type = text(action, 'type');
    warnOfProperties(action, reading.warn);
    if (type === 'Action.ToggleVisibility') told.push(...toggle(action, reading));
    else if (isKnown(type)) buttons.push(action);
    else told.push(...unknown(action, reading));
  }
  return [...told, ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : [])];
}

/** A fold's button is part of the fold itself. */
function toggle(action: Node, { folds, warn }: Reading): readonly Piece[] {
  const targets = Array.isArray(action['targetElements']) ? action['targetElements'] : [];
  const ids = targets.map((each) => (isNode(each) ? text(each, 'elementId') : String(each)));
  if (ids.some((id) => folds.has(id))) return [];
  warn('Action.ToggleVisibility: hides what is shown; it stays shown');
  return [said(plainLines(text(action, 'title')), 'quiet')];
}

function unknown(node: Node, { warn }: Reading): readonly Piece[] {
  warn(`${text(node, 'type') || 'an element without a type'}: not known to the translation`);
  const found = wordsIn(node);
  return found.length > 0 ? [said(found.flatMap(plainLines))] : [];
}

function warnOfProperties(node: Node, warn: Reading['warn']): void {
  for (const property of unknownProperties(node)) {
    if (isKnown(text(node, 'type'))) warn(`${text(node, 'type')}.${property}: not known to the translation`);
  }
}
