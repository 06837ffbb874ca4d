import type { KnownBlock } from '@slack/types';
import { condensed } from './condense.ts';
import { layOut, type Layout } from './layout.ts';
import type { Piece } from './piece.ts';

/**
 * The blocks of the pieces in lists of at most `max`: one list where they fit, as they are or condensed. Where they do not,
 * whatever somebody can press or fill in is in the first list, since Slack sends the inputs of one message alone.
 */
export function fitted(pieces: readonly Piece[], layout: Layout, max: number): readonly (readonly KnownBlock[])[] {
  const roomy = layOut(pieces, layout);
  if (weightOf(roomy) <= max) return [roomy];
  const dense = layOut(condensed(pieces), layout);
  return weightOf(dense) <= max ? [dense] : paged(dense, max);
}

/** Whether Slack counts what is inside of a container is not documented, so it is counted. */
function weightOf(blocks: readonly KnownBlock[]): number {
  return blocks.reduce((sum, block) => sum + 1 + (block.type === 'container' ? block.child_blocks.length : 0), 0);
}

function paged(blocks: readonly KnownBlock[], max: number): readonly (readonly KnownBlock[])[] {
  let room = max - weightOf(blocks.filter(isLive));
  let isFull = false;
  const first: KnownBlock[] = [];
  const rest: KnownBlock[] = [];
  for (const block of blocks) {
    if (isLive(block)) {
      first.push(block);
      continue;
    }
    isFull ||= weightOf([block]) > room;
    (isFull ? rest : first).push(block);
    if (!isFull) room -= weightOf([block]);
  }
  return [...inLists(first, max), ...inLists(rest, max)];
}

function isLive(block: KnownBlock): boolean {
  return (
    block.type === 'input' || block.type === 'actions' || (block.type === 'section' && block.accessory !== undefined)
  );
}

function inLists(blocks: readonly KnownBlock[], max: number): readonly (readonly KnownBlock[])[] {
  const lists: KnownBlock[][] = [];
  for (const block of blocks) {
    const last = lists.at(-1);
    if (last && weightOf([...last, block]) <= max) last.push(block);
    else lists.push([block]);
  }
  return lists;
}
