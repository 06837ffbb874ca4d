import { sql } from 'kysely';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import type { TestBot } from './start-bot.ts';

/**
 * Makes some process run the scheduled checks now; resolves when none is due any more. A check that was already running
 * may have begun earlier and doesn't count.
 */
export async function lookedAt(bot: TestBot, kind: string): Promise<void> {
  const lookOf = async () => (await bot.rows('scheduled_look')).find((one) => one.kind === kind);
  const before = (await lookOf())?.fence ?? 0;
  await bot.as('ana').until('somebody looked', async () => {
    const row = await lookOf();
    if (row && row.held_until === null && row.fence > before) return true;
    const due = { due_at: sql<Date>`now()` };
    const free = bot.database.db.updateTable('scheduled_look').set(due).where('kind', '=', kind);
    await free.where('held_until', 'is', null).where('fence', '<=', before).execute();
    return false;
  });
}

/** Every vault has been checked once more, in its present state. */
export async function nextLookOf(bot: TestBot): Promise<void> {
  await refreshInventory(bot.deps);
  const polled = (await bot.rows('vault_poll')).length;
  const { db } = bot.database;
  const due = await db
    .updateTable('vault_look')
    .set({ due_at: sql<Date>`now()` })
    .returning('due_at')
    .execute();
  const since = due[0]?.due_at ?? new Date(0);
  await bot.as('ana').until('a look at each vault', async () => {
    const done = (await bot.rows('vault_look')).filter(({ noted_at }) => noted_at !== null && noted_at > since);
    return done.length === polled ? true : null;
  });
}
