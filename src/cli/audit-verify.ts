/**
 * `npm run audit:verify`: proves the audit log's hash chain from its first entry to its last. Exit code 0: whole; 1:
 * the first broken entry is named; 2: it could not be looked at.
 */
import { parseArgs } from 'node:util';
import { verify, type Break, type Seal, type Verified } from '../audit/verify.ts';
import { auditPages } from './audit/audit-pages.ts';
import { couldNotLook, withDatabase } from './with-database.ts';

const usage = 'Usage: npm run audit:verify [-- --expect NUMBER:HASH]';

const wrong: Readonly<Record<Break['why'], string>> = {
  missing: 'is missing: the log continues after it',
  changed: 'was changed after it was written',
  unlinked: "doesn't follow the entry before it: something there was removed or replaced",
  cut: 'and all after it are gone: the log was longer when the expected entry was written down',
  replaced: "isn't the expected one: the log was rewritten",
};

function say(verified: Verified): number {
  if (!verified.whole) {
    console.log(`The audit log is broken: entry ${verified.broken.seq} ${wrong[verified.broken.why]}.`);
    return 1;
  }
  const { entries, oldest, newest } = verified;
  if (!oldest || !newest) {
    console.log('The audit log is empty.');
    return 0;
  }
  console.log(`The audit log is intact: ${entries} entries, from ${oldest.at} to ${newest.at}.`);
  console.log(`Newest entry: ${newest.seq}:${newest.hash}`);
  console.log('Keep that line outside this database: --expect proves later that nothing has been cut off.');
  return 0;
}

function sealOf(text: string | undefined): Seal | null | undefined {
  if (text === undefined) return null;
  const [, seq, hash] = /^([1-9]\d{0,8}):([0-9a-f]{64})$/i.exec(text.trim()) ?? [];
  return seq && hash ? { seq: Number(seq), hash: hash.toLowerCase() } : undefined;
}

function readExpected(): Seal | null | undefined {
  try {
    return sealOf(parseArgs({ options: { expect: { type: 'string' } } }).values.expect);
  } catch {
    return undefined; // an option that there is not
  }
}

const seal = readExpected();
if (seal === undefined) {
  console.error(usage);
  process.exitCode = couldNotLook;
} else {
  process.exitCode = await withDatabase(process.env, async ({ db }) => say(await verify(auditPages(db), seal)));
}
