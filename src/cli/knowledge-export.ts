/**
 * `npm run --silent knowledge:export`: writes what administrators wrote of errors to stdout, as entries of
 * `src/knowledge/errors.json`, into which they can be put. Exit code 2: it could not be looked at.
 */
import type { CompanyEntry } from '../core/company-entry.ts';
import type { Entry } from '../knowledge/index.ts';
import { companyEntries } from '../store/company-entries.ts';
import { withDatabase } from './with-database.ts';

/** The least that tells an error from others by its words alone. */
const minFragment = 12;

/** One entry: its codes as Azure gave them, and what its text says of every VM. */
function knowledgeEntry({ id, codes, fragment, operation, cause, fixes, by, at }: CompanyEntry): Entry {
  return {
    id: `company-${id}`,
    codes: codes.filter((code) => /^[A-Za-z0-9-]+$/.test(code)),
    match: fragment.length >= minFragment ? [fragment] : [],
    operation: [operation],
    scope: 'any',
    cause,
    fixes: [...fixes],
    automatable: null,
    transient: false,
    source: `written by ${by}, ${at.slice(0, 10)}`,
  };
}

process.exitCode = await withDatabase(process.env, async ({ db }) => {
  const all = (await companyEntries(db)).map(knowledgeEntry);
  const told = all.filter(({ codes, match }) => codes.length + match.length > 0);
  process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
  return 0;
});
