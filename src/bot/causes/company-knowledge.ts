import type { CompanyEntries } from '../../core/company-entry.ts';
import { companyEntries } from '../../store/company-entries.ts';
import type { Queries } from '../../store/database.ts';

/**
 * What the company wrote of errors, as this process read it last: at its start, with each sweep, and when it wrote
 * something itself. So drawing a card asks no database, and another process is some seconds behind at most.
 */
export type CompanyKnowledge = {
  readonly entries: () => CompanyEntries;
  /** Reads it again. */
  readonly refresh: (q: Queries) => Promise<CompanyEntries>;
};

/** Nothing is read yet. */
export function companyKnowledge(): CompanyKnowledge {
  let read: CompanyEntries = new Map();
  return {
    entries: () => read,
    refresh: async (q) => (read = new Map((await companyEntries(q)).map((entry) => [entry.key, entry]))),
  };
}
