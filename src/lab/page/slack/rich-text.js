import { element } from '../element.js';
import { emoji } from './emoji.js';
import { linkNode, mention } from './mrkdwn.js';

/**
 * @import { RichLine, RichList, RichPart, RichPiece, RichStyle } from '../answers/block-kit.ts'
 * @import { SlackContext } from './drawing.ts'
 */

/** @type {[RichStyle, 'strong' | 'em' | 's' | 'code' | 'u' | 'mark'][]} */
const tags = [
  ['bold', 'strong'],
  ['italic', 'em'],
  ['strike', 's'],
  ['code', 'code'],
  ['underline', 'u'],
  ['highlight', 'mark'],
];

/**
 * The parts of a rich text as nodes.
 * @param {readonly RichPart[] | undefined} elements
 * @param {SlackContext} context
 */
export function richText(elements, context) {
  return (elements ?? []).map((part) => partNode(part, context));
}

/**
 * @param {RichPart} part
 * @param {SlackContext} context
 */
function partNode(part, context) {
  switch (part.type) {
    case 'rich_text_preformatted':
      return element('pre', { tabIndex: 0 }, pieces(part, context));
    case 'rich_text_quote':
      return element('blockquote', {}, pieces(part, context));
    case 'rich_text_list':
      return listNode(part, context);
    default:
      return element('div', { class: 'rich-section' }, pieces(part, context));
  }
}

/**
 * @param {RichList} list
 * @param {SlackContext} context
 */
function listNode({ style, offset = 0, elements }, context) {
  const items = elements.map((each) => element('li', {}, pieces(each, context)));
  return style === 'ordered' ? element('ol', { start: offset + 1 }, items) : element('ul', {}, items);
}

/**
 * @param {RichLine} line
 * @param {SlackContext} context
 */
function pieces({ elements }, context) {
  return (elements ?? []).map((piece) => styled(piece, pieceNode(piece, context)));
}

/**
 * @param {RichPiece} piece
 * @param {SlackContext} context
 * @returns {Node | string}
 */
function pieceNode(piece, context) {
  switch (piece.type) {
    case 'text':
      return piece.text;
    case 'link':
      return linkNode(piece.url, piece.text ?? piece.url);
    case 'emoji':
      return emoji(piece.name) ?? `:${piece.name}:`;
    case 'user':
      return mention(`@${context.nameOf(piece.user_id) ?? piece.user_id}`, context.isMe(piece.user_id));
    case 'channel':
      return mention(`#${context.channelName(piece.channel_id) ?? piece.channel_id}`);
    case 'broadcast':
      return mention(`@${piece.range}`, true);
    case 'date':
      return piece.fallback ?? new Date(piece.timestamp * 1000).toLocaleString(context.locale);
    default:
      return piece.value ?? '';
  }
}

/**
 * @param {RichPiece} piece
 * @param {Node | string} node
 */
function styled({ style = {} }, node) {
  return tags.reduce((inside, [name, tag]) => (style[name] ? element(tag, {}, inside) : inside), node);
}
