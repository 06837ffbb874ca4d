import { readingRights } from '../../src/bot/reading-rights.ts';
import { eventually } from './eventually.ts';
import type { TestBot } from './start-bot.ts';

/** What can become of an account in Entra. */
export type AccountEnd = 'disabled' | 'deleted' | 'guest';

/** Somebody's account in Entra becomes this, and Kluis's earlier answer about them is more than a minute old. */
export async function account(bot: TestBot, id: string, becomes: AccountEnd): Promise<void> {
  const { directory } = await bot.azure.state('directory');
  const people = directory.people
    .filter((one) => becomes !== 'deleted' || one.id !== id)
    .map((one) => (one.id === id && becomes !== 'deleted' ? { ...one, [becomes]: true as const } : one));
  await bot.azure.change({ directory: { ...directory, people } });
  await asksAnew(bot, id);
}

/**
 * Kluis asks Entra and Slack about somebody at the next occasion: an answer that it got a minute ahead is none once the
 * clock is set back. Nothing can start while the clock is wrong, so that has to be over.
 */
export async function asksAnew(bot: TestBot, id: string): Promise<void> {
  bot.ahead = 61_000;
  const person = { id, name: id, platformId: id };
  await bot.deps.authority.rightsOf(person, null).catch(() => null);
  await readingRights(async () => bot.deps.authority.isGuestInSlack(id));
  bot.ahead = 0;
  await eventually('a safe clock', () => bot.deps.unsafeBecause() === null);
}
