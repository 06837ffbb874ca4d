import { sql } from 'kysely';
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
