/** Pieces of a card as blocks. Pure except for what it records in `context`. */
import type { ActionsBlock, Button, ContainerBlock, KnownBlock, SectionBlock } from '@slack/types';
import { isBehind, makeButton, makeMenu } from './buttons.ts';
import { condensed } from './condense.ts';
import { lengthOf } from './overflow-store.ts';
import { makeInput } from './inputs/input-block.ts';
import { limits } from './limits.ts';
import { plainLines, textOf, type Line } from './lines.ts';
import type { TranslationContext } from './translation-context.ts';
import type { FoldPiece, Piece, PieceButton } from './piece.ts';
import { cut, plainObject, textObject } from './text-object.ts';
import { codeBlocks, factBlocks, tableBlocks, textBlocks, type Nesting } from './text-blocks.ts';

/** What the blocks are for: `isOpen` if containers aren't allowed, so that folds are rendered open. */
export type Layout = { readonly context: TranslationContext; readonly isOpen: boolean; readonly nesting?: Nesting };

/** The blocks of the pieces, in their order. */
export function layOut(pieces: readonly Piece[], layout: Layout): readonly KnownBlock[] {
  return pieces.flatMap((piece) => blocksOf(piece, layout));
}

function blocksOf(piece: Piece, layout: Layout): readonly KnownBlock[] {
  const { context, nesting = 'free' } = layout;
  switch (piece.kind) {
    case 'text':
      return textBlocks(piece.lines, piece.look, nesting);
    case 'facts':
      return factBlocks(piece.facts, nesting, context.words.none);
    case 'code':
      return codeBlocks(piece.lines, nesting);
    case 'table':
      return tableBlocks(piece.rows, nesting);
    case 'divider':
      return [{ type: 'divider' }];
    case 'row':
      return row(piece.lines, piece.button, layout);
    case 'input':
      return [makeInput(piece.input, context)];
    case 'buttons':
      return buttons(piece.buttons, layout);
    case 'fold':
      return fold(piece, layout);
  }
}

/** A text with a button next to it; if it is too long for that, the button is below. */
function row(lines: readonly Line[], pressed: PieceButton, layout: Layout): readonly KnownBlock[] {
  const said = textObject(lines);
  const isShort = lengthOf(said.text) <= limits.text && said.text.trim() !== '';
  const [last, ...before] = [...buttons([pressed], layout)].reverse();
  const button = last?.type === 'actions' ? (last.elements[0] as Button) : null;
  if (!isShort || !button || before.length > 0)
    return [...textBlocks(lines, 'normal', layout.nesting ?? 'free'), ...buttons([pressed], layout)];
  const section: SectionBlock = { type: 'section', text: said, accessory: button };
  return [section];
}

/** Buttons in rows, with those behind the three dots in a menu after the others. A cut title is told before them. */
function buttons(of: readonly PieceButton[], { context, nesting = 'free' }: Layout): readonly KnownBlock[] {
  const behind = of.filter(isBehind);
  const menu = behind.length > 1 ? behind.slice(0, limits.optionsInMenu) : [];
  const others = of.filter((button) => !menu.includes(button));
  const told = others.map(({ title }) => title).filter((title) => lengthOf(title) > limits.button);
  for (const title of told) context.warn(`button told in words: ${cut(title, 40)}`);
  const rows: ActionsBlock[] = [];
  const pressed = [
    ...others.map((button) => makeButton(button, context)),
    ...(menu.length > 0 ? [makeMenu(menu, context)] : []),
  ];
  for (let at = 0; at < pressed.length; at += limits.buttonsInRow) {
    rows.push({ type: 'actions', elements: pressed.slice(at, at + limits.buttonsInRow) });
  }
  return [...textBlocks(told.flatMap(plainLines), 'quiet', nesting), ...rows];
}

/** What a container can have in it. */
const plain: ReadonlySet<Piece['kind']> = new Set(['text', 'facts', 'code', 'table']);

/**
 * A fold is a closed Slack container: it opens in place, immediately and for that reader only, and its text is in the
 * message, so nothing has to be requested. More than ten blocks become several containers; what isn't allowed in one is
 * open.
 */
function fold(piece: FoldPiece, layout: Layout): readonly KnownBlock[] {
  const { title, pieces } = piece;
  const isPlain = pieces.every(({ kind }) => plain.has(kind));
  if (layout.isOpen || !isPlain || title.trim() === '') return openFold(piece, layout);
  const contained = { ...layout, nesting: 'contained' as const };
  const roomy = layOut(pieces, contained);
  const blocks = roomy.length <= limits.blocksInContainer ? roomy : layOut(condensed(pieces), contained);
  const containers: KnownBlock[] = [];
  for (let at = 0; at < blocks.length; at += limits.blocksInContainer) {
    const part = blocks.slice(at, at + limits.blocksInContainer) as ContainerBlock['child_blocks'];
    containers.push(container(at === 0 ? title : `${title} (${at / limits.blocksInContainer + 1})`, part));
  }
  return [...longTitle(title, layout), ...containers];
}

function container(title: string, blocks: ContainerBlock['child_blocks']): ContainerBlock {
  return {
    type: 'container',
    title: plainObject(cut(title, limits.containerTitle)),
    child_blocks: blocks,
    is_collapsible: true,
    default_collapsed: true,
  };
}

function longTitle(title: string, { nesting = 'free' }: Layout): readonly KnownBlock[] {
  return lengthOf(title) > limits.containerTitle ? textBlocks(plainLines(title), 'quiet', nesting) : [];
}

function openFold({ title, pieces }: FoldPiece, layout: Layout): readonly KnownBlock[] {
  const heading = plainLines(title).map((line) => line.map((run) => ({ ...run, bold: true })));
  const head = textOf(heading).trim() === '' ? [] : textBlocks(heading, 'normal', layout.nesting ?? 'free');
  return [{ type: 'divider' }, ...head, ...layOut(pieces, layout)];
}
