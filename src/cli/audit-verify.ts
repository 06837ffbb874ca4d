/**
 * `npm run audit:verify`: verifies the audit log's hash chain from its first entry to its last. Exit code 0: intact; 1:
 * the first broken entry is named; 2: the log couldn't be read. With `--drill` it verifies the report of a restore
 * drill, which needs no database.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { proveReport } from '../audit/drill-file.ts';
import { verify, type Break, type Seal, type Verified } from '../audit/verify.ts';
import { auditPages } from './audit/audit-pages.ts';
import { couldNotLook, withDatabase } from './with-database.ts';

const usage =
  'Usage: npm run audit:verify [-- --expect NUMBER:HASH], or without a database: npm run audit:verify -- --drill FILE [--key FINGERPRINT]';

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

type Options = { readonly expect?: string; readonly drill?: string; readonly key?: string };

function readOptions(): Options | null {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ options: { expect: text, drill: text, key: text } }).values;
  } catch {
    return null; // an unknown option
  }
}

async function sayDrill(path: string, key: string | undefined): Promise<number> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) {
    console.error(`${path} couldn't be read.`);
    return couldNotLook;
  }
  const proven = proveReport(text);
  if (!proven.proven) {
    console.log(
      proven.why === 'changed' ? 'The report was changed after it was signed.' : 'It is no report of a drill.',
    );
    return 1;
  }
  const { report, fingerprint } = proven;
  if (key !== undefined && key.toLowerCase() !== fingerprint) {
    console.log(`The report is as it was signed, but by another key: ${fingerprint}.`);
    return 1;
  }
  console.log(
    `The report is as it was signed: ${String(report['result'])}, ${String(report['vm'])}, ${String(report['ended'])}.`,
  );
  console.log(`Key: ${fingerprint}`);
  if (key === undefined)
    console.log('Anyone can make a key: compare it with the one of your installation, or give it as --key.');
  return 0;
}

async function run(): Promise<number> {
  const options = readOptions();
  if (options?.drill !== undefined) return sayDrill(options.drill, options.key);
  const seal = options ? sealOf(options.expect) : undefined;
  if (seal === undefined || options?.key !== undefined) {
    console.error(usage);
    return couldNotLook;
  }
  return withDatabase(process.env, async ({ db }) => say(await verify(auditPages(db), seal)));
}

process.exitCode = await run();
