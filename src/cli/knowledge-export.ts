/**
 * `npm run --silent knowledge:export`: writes the administrators' entries on errors to stdout, in the format of
 * `src/knowledge/errors.json`, to be pasted there. Exit code 2: the entries couldn't be read.
 */
import type { CompanyEntry } from '../core/company-entry.ts';
import type { Entry } from '../knowledge/index.ts';
import { companyEntries } from '../store/company-entries.ts';
import { withDatabase } from './with-database.ts';

/** The minimum length of a text that identifies an error by itself. */
const minFragment = 12;

/** One entry: its codes as Azure returned them, and the parts of its text that are the same for every VM. */
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
