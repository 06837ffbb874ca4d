import type { SlackSpace } from './slack-space.ts';
import { slackApp } from './workspace.ts';

/** Typed text as Slack writes it: `&<>` escaped, people and channels as references, URLs as links. */
export function typedText(text: string, { state }: Pick<SlackSpace, 'state'>): string {
  const escaped = escapeText(text);
  const people = Object.values(state.users).map(({ id, realName, name }) => ({ id, names: [realName, name] }));
  const named = [{ id: slackApp.userId, names: [slackApp.name] }, ...people];
  const mentioned = named.reduce(
    (done, { id, names }) =>
      names.reduce((text, name) => text.replaceAll(new RegExp(`(^|[^\\w&;])@${name}\\b`, 'gi'), `$1<@${id}>`), done),
    escaped,
  );
  return mentioned.replaceAll(/(?<![<|])\bhttps?:\/\/[^\s<>|]+/g, '<$&>');
}

/** Slack's three escapes. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Whether a text mentions the bot. */
export function mentionsBot(text: string): boolean {
  return text.includes(`<@${slackApp.userId}>`);
}
