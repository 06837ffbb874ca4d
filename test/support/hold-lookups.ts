import { sql } from 'kysely';
import { eventually } from './eventually.ts';
import type { TestBot } from './start-bot.ts';

/**
 * Holds each lookup of a step from now on, once Azure has answered and before the dialog gets the result. Each call
 * waits for the next one and resolves with what lets it go.
 */
export function holdLookups(bot: TestBot, step: 'candidates' | 'reading'): () => Promise<() => void> {
  const held: (() => void)[] = [];
  let given = 0;
  bot.failpoint = async (reached) => {
    if (reached !== 'lookup:before-commit') return;
    const isOfStep = (await bot.rows('dialog')).some(({ look }) => (look as Look)?.step === step);
    if (isOfStep) await new Promise<void>((letGo) => held.push(letGo));
  };
  return async () => {
    const place = given;
    given += 1;
    await eventually(`lookup ${place + 1} of ${step}`, () => held.length > place);
    return held[place]!;
  };
}

/** The claim of the worker that is held is lost, as if its process had stood still for longer than the claim lasts. */
export async function loseClaim(bot: TestBot): Promise<void> {
  await bot.database.db
    .updateTable('dialog')
    .set({ look: sql<string>`look || '{"claimId": "lost"}'`, look_due_at: sql<Date>`now()` })
    .where(sql<boolean>`jsonb_exists(look, 'claimId')`)
    .execute();
}

type Look = { readonly step: string } | null;
