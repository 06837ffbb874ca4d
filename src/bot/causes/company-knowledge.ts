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
  /** Reads it anew where another process has changed it: where this version isn't the one that it kept up with last. */
  readonly keepUp: (q: Queries, version: string) => Promise<void>;
};

/** Nothing is read yet. */
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
