import { readFileSync } from 'node:fs';

/** An activity as Teams sends it, by its file name. It is a copy: a test may change it. */
export type Sent = Record<string, unknown> & {
  conversation: Record<string, unknown>;
  from: Record<string, unknown>;
  recipient: Record<string, unknown>;
  channelData: Record<string, unknown>;
  value: Record<string, unknown>;
};

/** The stored activities. */
export const fixtureNames = [
  'message',
  'channel-mention',
  'targeted-slash',
  'execute',
  'submit',
  'search',
  'installation-add',
  'installation-remove',
  'conversation-update',
] as const;
export type FixtureName = (typeof fixtureNames)[number];

/** Reads a stored activity, with these fields instead of its own. */
export function fixture(name: FixtureName, changes: Record<string, unknown> = {}): Sent {
  const text = readFileSync(new URL(`../fixtures/teams/${name}.json`, import.meta.url), 'utf8');
  return { ...(JSON.parse(text) as Sent), ...changes };
}
