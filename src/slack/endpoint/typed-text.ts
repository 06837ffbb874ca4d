import { ownOf } from '../../core/own-of.ts';

const tags = /<[^>]*>/g;
const part = /^<([@#!]?)([^>|]*)(?:\|([^>]*))?>$/;

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

/**
 * What the person typed: without the mentions of the bot, with Slack's own tags (`<https://…|…>`, `<@U…>`, `<#C…|…>`,
 * `<!channel>`) as the text that they mean, its three entities decoded once, no-break spaces replaced by plain ones,
 * and trimmed.
 */
export function typedText(text: string, bot: string | null): string {
  const without = bot === null ? text.replace(/^\s*<@[UW][A-Z0-9]+(\|[^>]*)?>/, ' ') : withoutBot(text, bot);
  return without
    .replace(tags, (tag) => plainTag(tag))
    .replace(/&(amp|lt|gt);/g, (_, name: string) => ownOf(named, name) ?? '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .trim();
}

function withoutBot(text: string, bot: string): string {
  const mentions = [`<@${bot}>`, `<@${bot}|`];
  return text
    .split(/(<@[^>]*>)/)
    .filter((part) => !mentions.some((mention) => part.startsWith(mention)))
    .join(' ');
}

/**
 * For a link, what was pasted; a name that looks like a domain is turned into a link by Slack, and was typed as its
 * label.
 */
function plainTag(tag: string): string {
  const [, kind = '', target = '', label] = part.exec(tag) ?? [];
  if (kind === '') return label !== undefined && target.endsWith(label) ? label : target.replace(/^mailto:/, '');
  if (kind === '!') return label ?? `@${target.split('^')[0] ?? ''}`;
  // A member's name isn't theirs alone.
  return `${kind}${kind === '@' ? target : (label ?? target)}`;
}
