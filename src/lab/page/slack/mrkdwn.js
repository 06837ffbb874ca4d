import { element } from '../element.js';
import { emoji } from './emoji.js';

/**
 * @import { TextObject } from '../answers/block-kit.ts'
 * @import { SlackContext } from './drawing.ts'
 */

const edge = '[\\p{L}\\p{N}]';
/** @param {string} mark */
const wrapped = (mark) => `(?<!${edge})[${mark}](?=[^\\s${mark}])([^${mark}\\n]*[^\\s${mark}])[${mark}](?!${edge})`;

const inline = new RegExp(
  [
    '```([\\s\\S]+?)```',
    '`([^`\\n]+)`',
    '<([^<>\\n]+)>',
    wrapped('*'),
    wrapped('_'),
    wrapped('~'),
    ':([a-z0-9_+-]+):',
  ].join('|'),
  'gu',
);

/**
 * Slack's markup as nodes: line by line, with quotes; whatever is no markup is text.
 * @param {string} text
 * @param {SlackContext} context
 * @returns {(Node | string)[]}
 */
export function mrkdwn(text, context) {
  const lines = String(text ?? '').split('\n');
  /** @param {string} line */
  const isQuote = (line) => /^(&gt;|>)/.test(line);
  /** @type {{ kind: 'quote' | 'text', lines: string[] }[]} */
  const groups = [];
  let isFenced = false;
  for (const line of lines) {
    const kind = !isFenced && isQuote(line) ? 'quote' : 'text';
    const last = groups.at(-1);
    const bare = kind === 'quote' ? line.replace(/^(&gt;|>) ?/, '') : line;
    if (last?.kind === kind) last.lines.push(bare);
    else groups.push({ kind, lines: [bare] });
    if ((line.split('```').length - 1) % 2 === 1) isFenced = !isFenced;
  }
  return groups.flatMap(({ kind, lines: inside }) => {
    const nodes = inlineNodes(inside.join('\n'), context);
    return kind === 'quote' ? [element('blockquote', {}, nodes)] : nodes;
  });
}

/**
 * A text object of Block Kit as nodes.
 * @param {TextObject | undefined} object
 * @param {SlackContext} context
 */
export function textNodes(object, context) {
  return object?.type === 'mrkdwn' ? mrkdwn(object.text, context) : [plainWords(object)];
}

/**
 * What a plain text object says; `:name:` is an emoji unless it says otherwise.
 * @param {TextObject} [object]
 */
export function plainWords(object) {
  const text = object?.text ?? '';
  return object?.emoji === false ? text : text.replaceAll(/:([a-z0-9_+-]+):/g, (all, name) => emoji(name) ?? all);
}

/**
 * @param {string} text
 * @param {SlackContext} context
 * @returns {(Node | string)[]}
 */
function inlineNodes(text, context) {
  /** @type {(Node | string)[]} */
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(inline)) {
    nodes.push(...plain(text.slice(from, match.index)), inlineNode(match, context));
    from = match.index + match[0].length;
  }
  return [...nodes, ...plain(text.slice(from))];
}

/**
 * @param {RegExpExecArray} match
 * @param {SlackContext} context
 */
function inlineNode([all, fenced, code, reference, bold, italic, struck, named], context) {
  if (fenced !== undefined) return element('pre', {}, unescaped(fenced.replace(/^\n|\n$/g, '')));
  if (code !== undefined) return element('code', {}, unescaped(code));
  if (reference !== undefined) return referenceNode(reference, context);
  if (bold !== undefined) return element('strong', {}, inlineNodes(bold, context));
  if (italic !== undefined) return element('em', {}, inlineNodes(italic, context));
  if (struck !== undefined) return element('s', {}, inlineNodes(struck, context));
  return emoji(named ?? '') ?? all;
}

/**
 * What stands between < and >: a person, a channel, everybody, a date, or an address.
 * @param {string} reference
 * @param {SlackContext} context
 */
function referenceNode(reference, context) {
  const [target = '', label] = reference.split('|');
  const name = unescaped(label ?? '');
  if (target.startsWith('@'))
    return mention(`@${context.nameOf(target.slice(1)) ?? (name || target.slice(1))}`, context.isMe(target.slice(1)));
  if (target.startsWith('#')) return mention(`#${context.channelName(target.slice(1)) ?? (name || target.slice(1))}`);
  if (target.startsWith('!date^')) return dateNode(target, name, context);
  if (target.startsWith('!subteam')) return mention(name || '@group');
  if (target.startsWith('!')) return mention(`@${target.slice(1)}`, true);
  return linkNode(unescaped(target), name || unescaped(target));
}

/**
 * A link that opens elsewhere; an address that is none for the web stays text.
 * @param {string} address
 * @param {string} name
 */
export function linkNode(address, name) {
  if (!/^(https?|mailto):/i.test(address)) return name;
  return element('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, name);
}

/**
 * A highlighted name.
 * @param {string} name
 */
export function mention(name, isMe = false) {
  return element('span', { class: isMe ? 'slack-mention me' : 'slack-mention' }, name);
}

/**
 * @param {string} target
 * @param {string} fallback
 * @param {SlackContext} context
 */
function dateNode(target, fallback, { locale }) {
  const [, seconds, format = ''] = target.split('^');
  const at = new Date(Number(seconds) * 1000);
  if (Number.isNaN(at.getTime())) return fallback;
  const timeZone = 'Europe/Amsterdam';
  /** @param {Intl.DateTimeFormatOptions} options */
  const part = (options) => new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(at);
  return format.replaceAll(/\{(\w+)\}/g, (_all, name) => {
    if (name.startsWith('time')) return part({ timeStyle: name === 'time_secs' ? 'medium' : 'short' });
    return part({ dateStyle: name.startsWith('date_long') ? 'long' : 'medium' });
  });
}

/** @param {string} text */
function plain(text) {
  return text === '' ? [] : [unescaped(text)];
}

/** @param {string} text */
function unescaped(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
