import { sql } from 'kysely';
import { json, type Queries } from './database.ts';

/** One stored line of the audit log. */
type AuditLine = {
  readonly seq: number;
  readonly at: string;
  readonly entry: unknown;
  readonly previous: string;
  readonly hash: string;
};

/** A mutex (an advisory lock) for all writers of the log until this transaction ends: the chain has one end. */
export async function lockAudit(q: Queries): Promise<void> {
  await sql`select pg_advisory_xact_lock(7209514)`.execute(q);
}

/** The newest line; null where the log is empty. */
export async function newestAudit(q: Queries): Promise<AuditLine | null> {
  return (await lines(q).orderBy('seq', 'desc').limit(1).executeTakeFirst()) ?? null;
}

/** Adds a line. */
export async function insertAudit(q: Queries, line: AuditLine): Promise<void> {
  await q
    .insertInto('audit')
    .values({ ...line, entry: json(line.entry) })
    .execute();
}

/** Lines after `seq`, oldest first. */
export async function auditAfter(q: Queries, seq: number, limit: number): Promise<AuditLine[]> {
  return lines(q).where('seq', '>', seq).orderBy('seq').limit(limit).execute();
}

function lines(q: Queries) {
  return q.selectFrom('audit').select(['seq', 'at', 'entry', 'previous', 'hash']);
}
