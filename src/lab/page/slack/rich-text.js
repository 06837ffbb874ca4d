import { element } from '../element.js';
import { emoji } from './emoji.js';
import { linkNode, mention } from './mrkdwn.js';

/** The parts of a rich text as nodes. */
export function richText(elements, context) {
  return (elements ?? []).map((part) => partNode(part, context));
}

function partNode(part, context) {
  switch (part.type) {
    case 'rich_text_preformatted':
      return element('pre', { tabIndex: 0 }, pieces(part, context));
    case 'rich_text_quote':
      return element('blockquote', {}, pieces(part, context));
    case 'rich_text_list':
      return element(
        part.style === 'ordered' ? 'ol' : 'ul',
        { start: part.style === 'ordered' ? (part.offset ?? 0) + 1 : undefined },
        part.elements.map((each) => element('li', {}, pieces(each, context))),
      );
    default:
      return element('div', { class: 'rich-section' }, pieces(part, context));
  }
}

function pieces({ elements }, context) {
  return (elements ?? []).map((piece) => styled(piece, pieceNode(piece, context)));
}

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

function styled({ style = {} }, node) {
  const tags = { bold: 'strong', italic: 'em', strike: 's', code: 'code', underline: 'u', highlight: 'mark' };
  return Object.entries(tags).reduce((inside, [name, tag]) => (style[name] ? element(tag, {}, inside) : inside), node);
}
