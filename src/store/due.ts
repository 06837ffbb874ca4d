import { sql, type RawBuilder } from 'kysely';

/**
 * Times are set by the database's clock, which may be set back. A time further in the future than anything is ever
 * scheduled or leased was set before that, and counts as reached: otherwise all work would stop until the clock has
 * caught up.
 */
const maxWait = sql`interval '15 minutes'`;
const maxLease = sql`interval '5 minutes'`;

/** What is put off for longer is checked in between. */
export const maxWaitMs = 15 * 60_000;

/** That many milliseconds from now. */
export function fromNow(ms: number) {
  return sql<Date>`now() + ${ms} * interval '1 millisecond'`;
}

/** Whether a time has come, or comes within `earlyMs`. `wait`: the longest that it is put off, as an interval. */
export function hasCome(column: string, earlyMs = 0, wait: RawBuilder<unknown> = maxWait) {
  const at = sql.ref(column);
  return sql<boolean>`(${at} <= now() + ${earlyMs} * interval '1 millisecond' or ${at} > now() + ${wait})`;
}

/** The milliseconds until a time, 0 if it has come. */
export function msUntil(at: ReturnType<typeof sql>) {
  const ahead = sql`(${at} - clock_timestamp())`;
  return sql<string>`case when ${ahead} > ${maxWait} then 0 else greatest(0, extract(epoch from ${ahead}) * 1000) end`;
}

/** Whether nobody has claimed a row. */
export function isFree(column = 'held_until') {
  const until = sql.ref(column);
  return sql<boolean>`(${until} is null or ${until} < now() or ${until} > now() + ${maxLease})`;
}
