import { sql } from 'kysely';
import { json, type Queries } from './database.ts';
import { fromNow } from './due.ts';
import type { Claim } from './operations.ts';

/** A write to Azure as it was intended, and what is known of its end. */
type StoredAttempt = {
  readonly id: string;
  readonly part: string;
  readonly call: string;
  readonly target: string;
  /** `accepted`, `refused`, `not-sent`, `adopted`, `lost`; null while it is not known whether it arrived. */
  readonly outcome: string | null;
  readonly receipt: unknown;
  readonly madeAt: Date;
  /** Milliseconds since it was made, by the database's clock. */
  readonly ageMs: number;
};

/** Stores an intent, only while the claim is valid. Resolves false if it is lost: then nothing may be sent. */
export async function insertAttempt(
  q: Queries,
  claim: Claim,
  attempt: { id: string; part: string; call: string; target: string },
): Promise<boolean> {
  const done = await q
    .insertInto('attempt')
    .columns(['id', 'operation_id', 'part', 'call', 'target', 'fence'])
    .expression((from) =>
      from
        .selectFrom('operation')
        .select([
          sql<string>`${attempt.id}::uuid`.as('id'),
          'operation.id as operation_id',
          sql<string>`${attempt.part}::text`.as('part'),
          sql<string>`${attempt.call}::text`.as('call'),
          sql<string>`${attempt.target}::text`.as('target'),
          'operation.fence',
        ])
        .where('operation.id', '=', claim.id)
        .where('operation.fence', '=', claim.fence)
        .where('operation.status', '=', 'running'),
    )
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/**
 * Writes down how a write ended; false where that is known better already. What a later run inferred (`adopted`,
 * `lost`) never replaces what Azure answered, but the answer may come after it was given up as lost.
 */
export async function settleAttempt(
  q: Queries,
  id: string,
  end: { outcome: string; receipt: unknown },
): Promise<boolean> {
  const inferred = end.outcome === 'adopted' || end.outcome === 'lost';
  const done = await q
    .updateTable('attempt')
    .set({ outcome: end.outcome, receipt: json(end.receipt), settled_at: sql`now()` })
    .where('id', '=', id)
    .where((is) => is.or([is('outcome', 'is', null), ...(inferred ? [] : [is('outcome', '=', 'lost')])]))
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Which call of which part. */
type Call = { readonly part: string; readonly call: string };

/**
 * All tries of one call of one part, newest first. The age of one that is in doubt and comes from the future counts
 * from now: the clock was set back since.
 */
export async function attemptsOf(q: Queries, operationId: string, of: Call): Promise<StoredAttempt[]> {
  const found = await readAttempts(q, operationId, of);
  if (!found.some(({ outcome, ageMs }) => outcome === null && ageMs < -futureMs)) return found;
  await q
    .updateTable('attempt')
    .set({ made_at: sql`now()` })
    .where('operation_id', '=', operationId)
    .where('outcome', 'is', null)
    .where('made_at', '>', fromNow(futureMs))
    .execute();
  return readAttempts(q, operationId, of);
}

/** Further ahead than clocks differ. */
const futureMs = 60_000;

async function readAttempts(q: Queries, operationId: string, of: Call): Promise<StoredAttempt[]> {
  const rows = await q
    .selectFrom('attempt')
    .select(['id', 'part', 'call', 'target', 'outcome', 'receipt', 'made_at'])
    .select(sql<string>`extract(epoch from (clock_timestamp() - made_at)) * 1000`.as('age'))
    .where('operation_id', '=', operationId)
    .where('part', '=', of.part)
    .where('call', '=', of.call)
    // By claim first: a clock that was set back must not make the newest try an older one.
    .orderBy('fence', 'desc')
    .orderBy('made_at', 'desc')
    .execute();
  return rows.map(({ made_at, age, ...rest }) => ({ ...rest, madeAt: made_at, ageMs: Number(age) }));
}
