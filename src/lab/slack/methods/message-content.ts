import { randomBytes } from 'node:crypto';
import { notJson } from '../call-arguments.ts';
import { checkBlocks } from '../blocks/check-blocks.ts';
import { isFields, listOf, textOf, type Fields } from '../fields.ts';
import type { SlackContent } from '../slack-state.ts';
import { refused, refusedFor, type Refused } from './method.ts';

/** Slack counts characters as code points. */
const maxPost = 40_000;
const maxEdit = 4000;
const maxMetadata = 16_384;
/** Not documented: the observed limit for the total text of all blocks. */
const maxBlocks = 11_000;

/** The content in the arguments of a post or an edit, with an ID for each block that has none. */
export function contentFrom(args: Fields, kind: 'post' | 'edit'): SlackContent | Refused {
  const text = textOf(args['text']);
  const [blocks, attachments] = [args['blocks'], args['attachments']];
  if (blocks === notJson || (blocks !== undefined && !Array.isArray(blocks))) return refused('invalid_blocks_format');
  if (attachments === notJson || (attachments !== undefined && !Array.isArray(attachments)))
    return refused('invalid_attachments');
  const isEmpty = text === '' && !blocks?.length && !attachments?.length;
  if (isEmpty) return refused('no_text');
  if ([...text].length > (kind === 'post' ? maxPost : maxEdit)) return refused('msg_too_long');
  const found = checkBlocks(blocks ?? [], { surface: 'message', at: '/blocks' });
  if (found.length > 0) return refusedFor('invalid_blocks', found);
  if (charactersIn(blocks) > maxBlocks) return refused('msg_blocks_too_long');
  return {
    text,
    ...(blocks?.length && { blocks: withIds(listOf(blocks)) }),
    ...(attachments?.length && { attachments: listOf(attachments) }),
  };
}

function charactersIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Object.entries(value).filter(([key, each]) => key === 'text' && typeof each === 'string');
  return Object.values(value).reduce<number>(
    (sum, each) => sum + charactersIn(each),
    own.reduce((sum, [, each]) => sum + (each as string).length, 0),
  );
}

/** The metadata in the arguments; nothing if none is given. */
export function metadataFrom(args: Fields): { metadata?: Fields } | Refused {
  const metadata = args['metadata'];
  if (metadata === undefined) return {};
  const isMetadata = isFields(metadata) && textOf(metadata['event_type']) !== '' && isFields(metadata['event_payload']);
  if (!isMetadata) return refused('invalid_metadata_format');
  if (JSON.stringify(metadata).length > maxMetadata) return refused('metadata_too_large');
  return { metadata };
}

/** The blocks, each with an ID; generated ones differ each time, as in Slack. */
export function withIds(blocks: readonly Fields[]): Fields[] {
  return blocks.map((block) => {
    const accessory = block['accessory'];
    const element = block['element'];
    const elements = block['type'] === 'actions' ? listOf(block['elements']).map(withActionId) : block['elements'];
    return {
      ...block,
      block_id: textOf(block['block_id']) || madeUp(),
      ...(block['child_blocks'] !== undefined && { child_blocks: withIds(listOf(block['child_blocks'])) }),
      ...(isFields(accessory) && { accessory: withActionId(accessory) }),
      ...(isFields(element) && { element: withActionId(element) }),
      ...(elements !== undefined && { elements }),
    };
  });
}

function withActionId(element: Fields): Fields {
  return element['type'] === 'image' || textOf(element['action_id']) ? element : { ...element, action_id: madeUp() };
}

function madeUp(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}
