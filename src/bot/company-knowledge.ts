import type { CompanyEntries } from '../core/company-entry.ts';
import { companyEntries } from '../store/company-entries.ts';
import type { Queries } from '../store/database.ts';

/**
 * The company's entries on errors, as this process read them last: at its start, with each sweep, and after a write of
 * its own. So rendering a card needs no database query, and another process is at most some seconds behind.
 */
export type CompanyKnowledge = {
  readonly entries: () => CompanyEntries;
  /** Reads it again. */
  readonly refresh: (q: Queries) => Promise<CompanyEntries>;
  /** Reads it again if another process has changed it: if this version isn't the one read last. */
  readonly keepUp: (q: Queries, version: string) => Promise<void>;
};

/** Empty: nothing has been read yet. */
export function companyKnowledge(): CompanyKnowledge {
  let read: CompanyEntries = new Map();
  let keptUpWith: string | null = null;
  const refresh = async (q: Queries) => (read = new Map((await companyEntries(q)).map((entry) => [entry.key, entry])));
  return {
    entries: () => read,
    refresh,
    keepUp: async (q, version) => {
      if (version === keptUpWith) return;
      await refresh(q);
      keptUpWith = version;
    },
  };
}
