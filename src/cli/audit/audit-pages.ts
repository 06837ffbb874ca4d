import type { ChainedEntry } from '../../audit/chain.ts';
import { auditAfter } from '../../store/audit.ts';
import type { Queries } from '../../store/database.ts';

const defaultPageSize = 500;

/** The audit log from its first entry on, a page at a time, so that a log of any length needs little memory. */
export async function* auditPages(q: Queries, pageSize = defaultPageSize): AsyncGenerator<readonly ChainedEntry[]> {
  for (let seq = 0; ;) {
    const page = await auditAfter(q, seq, pageSize);
    if (page.length > 0) yield page;
    const newest = page.at(-1);
    if (!newest || page.length < pageSize) return;
    seq = newest.seq;
  }
}
