import type { TestBot } from './start-bot.ts';

/** While this is in effect, the heartbeat can't be written. */
export async function withoutPulse({ database: { db } }: TestBot, act: () => Promise<void>): Promise<void> {
  await db.schema.alterTable('pulse').renameTo('pulse_away').execute();
  try {
    await act();
  } finally {
    await db.schema.alterTable('pulse_away').renameTo('pulse').execute();
  }
}
