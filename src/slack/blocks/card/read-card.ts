/**
 * A card that the previous release stored as an Adaptive Card, as pieces in reading order: for its rows only, see
 * `forPreviousRelease` in `src/bot`. Pure.
 */
import type { Plain } from '../../../message/escape.ts';
import type { ShownInput } from '../../../message/rendering/shown-input.ts';
import { list, part, text, type Node } from '../card-node.ts';
import { inBold, readMarkdown, textOf } from '../lines.ts';
import { said, type Piece, type PieceButton, type TextLook } from '../piece.ts';

/** The type-ahead datasets of a card's lists, by the ID of the input. */
type Searches = Readonly<Record<string, string>>;
type Reading = { readonly details: string; readonly searches: Searches };

/** The pieces of a card. `searches`: see `OutgoingMessage`. */
export function readCard(card: Node, searches: Searches = {}): readonly Piece[] {
  const body = list(card, 'body');
  const opens = body.find((node) => text(node, 'id') === 'details-open') ?? {};
  return readItems(body, { details: text(part(opens, 'selectAction') ?? {}, 'title'), searches });
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
  // What only opens or closes the details: Slack has its own.
  if (part(node, 'selectAction')) return [];
  const pieces = node['isVisible'] === false ? readHidden(node, reading) : readShown(node, reading);
  return node['separator'] === true && pieces.length > 0 ? [{ kind: 'divider' }, ...pieces] : pieces;
}

function readShown(node: Node, reading: Reading): readonly Piece[] {
  switch (node['type']) {
    case 'TextBlock':
      return textBlock(node);
    case 'RichTextBlock':
      return [{ kind: 'code', lines: list(node, 'inlines').map((run) => text(run, 'text')) }];
    case 'FactSet':
      return [{ kind: 'facts', facts: list(node, 'facts').map(fact) }];
    case 'Container':
      return readItems(list(node, 'items'), reading);
    case 'ColumnSet':
      return columnSet(node, reading);
    case 'Table':
      return [{ kind: 'table', rows: list(node, 'rows').map((row) => list(row, 'cells').map(cell)) }];
    case 'ActionSet':
      return buttons(list(node, 'actions'));
    default:
      return [{ kind: 'input', input: inputOf(node, reading.searches) }];
  }
}

/** The details are a fold. What is unfolded for a second question is the button alone: Slack asks itself. */
function readHidden(node: Node, reading: Reading): readonly Piece[] {
  const shown = readShown(node, reading);
  if (text(node, 'id') === 'sure') return shown.filter(({ kind }) => kind === 'buttons');
  const [first, ...rest] = shown;
  const repeats = first?.kind === 'text' && textOf(first.lines) === reading.details;
  return [{ kind: 'fold', title: reading.details, pieces: repeats ? rest : shown }];
}

function textBlock(node: Node): readonly Piece[] {
  const isHeading = node['style'] === 'heading';
  const look: TextLook = isHeading ? 'heading' : node['isSubtle'] === true ? 'quiet' : 'normal';
  const lines = readMarkdown(text(node, 'text'));
  return [said(node['weight'] === 'Bolder' && !isHeading ? inBold(lines) : lines, look)];
}

const fact = (node: Node) => ({
  title: readMarkdown(text(node, 'title')),
  value: readMarkdown(text(node, 'value')),
});

const cell = (node: Node) => textOf(list(node, 'items').flatMap((item) => readMarkdown(text(item, 'text'))));

/** A text with one button beside it stays together; a text alone is stacked in reading order. */
function columnSet(node: Node, reading: Reading): readonly Piece[] {
  const [left = [], right = []] = list(node, 'columns').map((column) => readItems(list(column, 'items'), reading));
  const [set] = right;
  const [button] = set?.kind === 'buttons' ? set.buttons : [];
  if (!button) return left;
  return [{ kind: 'row', lines: left.flatMap((piece) => (piece.kind === 'text' ? piece.lines : [])), button }];
}

function buttons(actions: readonly Node[]): readonly Piece[] {
  const pressed = actions.filter(({ type }) => type === 'Action.Execute').map(button);
  return pressed.length > 0 ? [{ kind: 'buttons', buttons: pressed }] : [];
}

function button(node: Node): PieceButton {
  const style = text(node, 'style');
  return {
    title: text(node, 'title'),
    tooltip: text(node, 'tooltip'),
    style: style === 'positive' || style === 'destructive' ? style : 'default',
    behind: node['mode'] === 'secondary',
    action: {
      verb: text(node, 'verb'),
      data: node['data'] ?? null,
      withInputs: node['associatedInputs'] !== 'none',
    },
  };
}

/** What was made plain for the card is plain. */
const plain = (node: Node, key: string) => text(node, key) as Plain;

function inputOf(node: Node, searches: Searches): ShownInput {
  const named = { id: text(node, 'id'), label: plain(node, 'label'), value: plain(node, 'value') };
  const needed = { required: node['isRequired'] === true, message: plain(node, 'errorMessage') };
  switch (node['type']) {
    case 'Input.ChoiceSet':
      return choiceSet(node, searches);
    case 'Input.Toggle':
      return { kind: 'toggle', id: named.id, label: plain(node, 'title'), on: named.value === 'true' };
    case 'Input.Date':
      return { kind: 'date', ...named, ...needed };
    default: {
      const maxLength = Number(node['maxLength']);
      const multiline = node['isMultiline'] === true;
      return { kind: 'text', ...named, ...needed, placeholder: plain(node, 'placeholder'), multiline, maxLength };
    }
  }
}

function choiceSet(node: Node, searches: Searches): ShownInput {
  const named = { id: text(node, 'id'), label: plain(node, 'label') };
  const value = text(node, 'value');
  const choices = list(node, 'choices').map((each) => ({ title: plain(each, 'title'), value: text(each, 'value') }));
  if (node['isMultiSelect'] === true)
    return { kind: 'picks', ...named, choices, values: value === '' ? [] : value.split(',') };
  const style = text(node, 'style');
  return {
    kind: 'pick',
    ...named,
    style: style === 'expanded' || style === 'filtered' ? style : 'compact',
    value,
    placeholder: plain(node, 'placeholder'),
    required: node['isRequired'] === true,
    message: plain(node, 'errorMessage'),
    choices,
    dataset: text(part(node, 'choices.data') ?? {}, 'dataset'),
    search: (Object.hasOwn(searches, named.id) && searches[named.id]) || '',
  };
}
