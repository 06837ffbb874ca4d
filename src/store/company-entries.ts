import { sql } from 'kysely';
import type { CompanyEntry } from '../core/company-entry.ts';
import { json, type Queries } from './database.ts';

/** What is written, before it has its time. */
type Written = Omit<CompanyEntry, 'at'>;

/** Writes an entry, in the place of what was written of the same error. */
export async function saveCompanyEntry(q: Queries, { key, by, ...body }: Written): Promise<void> {
  const set = { body: json(body), written_by: by, written_at: sql<Date>`now()` };
  await q
    .insertInto('company_entry')
    .values({ key, ...set })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(set))
    .execute();
}

/** Another text whenever one was written or removed. */
export function companyVersion(q: Queries) {
  return q.selectFrom('company_entry').select(sql<string>`concat(count(*), ' ', max(written_at))`.as('version'));
}

/** All of them, the newest first. */
export async function companyEntries(q: Queries): Promise<CompanyEntry[]> {
  const rows = await q.selectFrom('company_entry').selectAll().orderBy('written_at', 'desc').orderBy('key').execute();
  return rows.map(({ key, body, written_by, written_at }) => ({
    ...(body as Omit<Written, 'key' | 'by'>),
    key,
    by: written_by,
    at: written_at.toISOString(),
  }));
}

/** Removes one; false: there is none of this error. */
export async function removeCompanyEntry(q: Queries, key: string): Promise<boolean> {
  const { numDeletedRows } = await q.deleteFrom('company_entry').where('key', '=', key).executeTakeFirst();
  return numDeletedRows > 0n;
}
