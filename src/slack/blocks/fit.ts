import type { KnownBlock } from '@slack/types';
import { condensed } from './condense.ts';
import { layOut, type Layout } from './layout.ts';
import type { Piece } from './piece.ts';

/**
 * The blocks of the pieces in lists within Slack's limits: one list if they fit, as they are or condensed. Otherwise
 * everything that can be pressed or filled in is in the first list, since Slack sends the inputs of one message only;
 * each list then has room for one more block, which says that there is more.
 */
export function fitted(pieces: readonly Piece[], layout: Layout, room: Room): readonly (readonly KnownBlock[])[] {
  const roomy = layOut(pieces, layout);
  if (fits(roomy, room)) return [roomy];
  const dense = layOut(condensed(pieces), layout);
  return fits(dense, room) ? [dense] : paged(dense, { ...room, blocks: room.blocks - 1 });
}

/** The limits of one list: blocks, and characters of text if there is a limit. */
type Room = { readonly blocks: number; readonly characters?: number };

const left = (blocks: readonly KnownBlock[], { blocks: maxBlocks, characters = Infinity }: Room): Room => ({
  blocks: maxBlocks - weightOf(blocks),
  characters: characters - charactersIn(blocks),
});
const isOver = ({ blocks, characters = 0 }: Room) => blocks < 0 || characters < 0;
const fits = (blocks: readonly KnownBlock[], room: Room) => !isOver(left(blocks, room));

/** The characters of everything that is shown or can be chosen; IDs and values don't count. */
function charactersIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, each]) => sum + (key === 'text' && typeof each === 'string' ? each.length : charactersIn(each)),
    0,
  );
}

/** Whether Slack counts a container's content isn't documented, so it is counted. */
function weightOf(blocks: readonly KnownBlock[]): number {
  return blocks.reduce((sum, block) => sum + 1 + (block.type === 'container' ? block.child_blocks.length : 0), 0);
}

function paged(blocks: readonly KnownBlock[], maxBlocks: Room): readonly (readonly KnownBlock[])[] {
  let room = left(blocks.filter(isLive), maxBlocks);
  let isFull = false;
  const first: KnownBlock[] = [];
  const rest: KnownBlock[] = [];
  for (const block of blocks) {
    if (isLive(block)) {
      first.push(block);
      continue;
    }
    isFull ||= !fits([block], room);
    (isFull ? rest : first).push(block);
    if (!isFull) room = left([block], room);
  }
  return [...inLists(first, maxBlocks), ...inLists(rest, maxBlocks)];
}

function isLive(block: KnownBlock): boolean {
  return (
    block.type === 'input' || block.type === 'actions' || (block.type === 'section' && block.accessory !== undefined)
  );
}

function inLists(blocks: readonly KnownBlock[], room: Room): readonly (readonly KnownBlock[])[] {
  const lists: KnownBlock[][] = [];
  for (const block of blocks) {
    const last = lists.at(-1);
    if (last && fits([...last, block], room)) last.push(block);
    else lists.push([block]);
  }
  return lists;
}
