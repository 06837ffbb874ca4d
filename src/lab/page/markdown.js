/**
 * @import { MarkdownIt } from 'markdown-it'
 * @typedef {{ type?: string, text?: string }} Entity
 */

const links = { linkify: false, html: false, typographer: false };

/** @type {MarkdownIt | undefined} */
let cardText;
/** @type {MarkdownIt | undefined} */
let messageText;

/**
 * Markdown as Teams knows it in cards: bold, italic, lists and links. Everything else is shown as it was written.
 * @param {string} text
 * @param {readonly string[]} mentions
 */
export function cardMarkdown(text, mentions) {
  cardText ??= withSafeLinks(
    window.markdownit('zero', { html: false }).enable(['emphasis', 'list', 'link', 'newline', 'escape', 'entity']),
  );
  return withMentions(cardText.render(text), mentions);
}

/**
 * Markdown as Teams knows it in messages. No HTML and no pictures.
 * @param {string} text
 * @param {readonly string[]} mentions
 */
export function messageMarkdown(text, mentions) {
  messageText ??= withSafeLinks(window.markdownit({ ...links, breaks: true }).disable(['image', 'table']));
  return withMentions(messageText.render(text), mentions);
}

/**
 * A person's own words, as typed.
 * @param {string} text
 * @param {readonly string[]} mentions
 */
export function plainText(text, mentions) {
  const escaped = window.markdownit().utils.escapeHtml(text);
  return `<p class="typed">${withMentions(escaped, mentions)}</p>`;
}

const markup = /<br\/>|<a href="(https:\/\/[^"<>\s]+)">([^<>]*)<\/a>/;
/** @type {Record<string, string>} */
const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/**
 * Text with the little markup that Teams takes in a message: line breaks and links. All else is shown as written.
 * @param {string} text
 * @param {readonly string[]} mentions
 */
export function markupText(text, mentions) {
  const { escapeHtml } = window.markdownit().utils;
  /** @param {string} part */
  const written = (part) => escapeHtml(part.replaceAll(/&(lt|gt|quot|amp);/g, (found) => entities[found] ?? found));
  const parts = [];
  let rest = text;
  for (let found = markup.exec(rest); found; found = markup.exec(rest)) {
    const [whole, url, title] = found;
    const link =
      url && `<a href="${written(url)}" target="_blank" rel="noopener noreferrer">${written(title ?? '')}</a>`;
    parts.push(written(rest.slice(0, found.index)), link ?? '<br>');
    rest = rest.slice(found.index + whole.length);
  }
  return `<p>${withMentions([...parts, written(rest)].join(''), mentions)}</p>`;
}

/**
 * The texts of the mentions among these entities, such as `<at>Ana</at>`.
 * @param {readonly unknown[]} [entities]
 * @returns {string[]}
 */
export function mentionTexts(entities) {
  const known = /** @type {readonly (Entity | null)[]} */ (entities ?? []);
  return known.flatMap((each) => (each?.type === 'mention' && each.text ? [each.text] : []));
}

/**
 * A mention is highlighted only where an entity names it; otherwise `<at>` is text, as in Teams.
 * @param {string} html
 * @param {readonly string[]} mentions
 */
function withMentions(html, mentions) {
  const { escapeHtml } = window.markdownit().utils;
  return mentions.reduce((done, text) => {
    const name = escapeHtml(text.replaceAll(/<\/?at>/g, ''));
    return done.replaceAll(escapeHtml(text), `<span class="mention">${name}</span>`);
  }, html);
}

/** @param {MarkdownIt} markdown */
function withSafeLinks(markdown) {
  markdown.core.ruler.push('safe-links', ({ tokens }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type !== 'link_open') continue;
      token.attrSet('target', '_blank');
      token.attrSet('rel', 'noopener noreferrer');
    }
  });
  return markdown;
}
