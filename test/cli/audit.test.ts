import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { ChainedEntry } from '../../src/audit/chain.ts';
import { verify } from '../../src/audit/verify.ts';
import { errorKey } from '../../src/knowledge/index.ts';
import { parseEntries } from '../../src/knowledge/entry.ts';
import { saveCompanyEntry } from '../../src/store/company-entries.ts';
import { newSigningKey, signedReport } from '../../src/audit/drill-file.ts';
import { record } from '../../src/bot/record.ts';
import { auditPages } from '../../src/cli/audit/audit-pages.ts';
import { isWithin, readWindow } from '../../src/cli/audit/time-window.ts';
import { silent } from '../../src/core/log.ts';
import type { Database } from '../../src/store/database.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { databaseKinds, openTestDatabase, serverUrl, type TestDatabase } from '../support/databases.ts';
import { migratedDump } from '../support/pglite-dump.ts';
import { startBot } from '../support/start-bot.ts';
import { runTool } from './run-tool.ts';

const days = ['2026-11-22', '2026-11-23', '2026-11-24'];
const operation = { id: 'o1', digest: 'd1', requester: { id: 'ana', name: 'Ana de Vries' } };

/** An administrator's note about an error. */
const entry = {
  ...{ id: '1a2b3c4d', operation: 'backup' as const, codes: ['ErrorOfTheLoom', '499997', 'not a code'] },
  ...{ says: ['Threads of 3 looms broke.'], fragment: 'threads of', by: 'Ana de Vries' },
  ...{ cause: 'Worn threads.', fixes: ['Buy new ones.', 'Back it up again.'] },
};

const restored = { does: 'restore-disks', outcome: 'failed', began: null, ended: '2026-11-24T12:00:00Z' };
const report = {
  ...{ kluisDrill: 1 as const, operation: 'o1', vm: 'vm-<app>', result: 'succeeded', ended: '2026-11-24' },
  ...{ steps: [{ ...restored, because: 'Azure said <no>' }], laterField: { of: 'a later release' } },
};
const file = signedReport(report, newSigningKey());

/** Writes a log as the product does: four entries a day, the last one a drill report. */
async function fill({ db }: Database): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const day of days)
      for (let n = 0; n < 4; n++)
        await record(
          { q: trx, wake: () => {}, logs: () => {} },
          {
            now: new Date(`${day}T12:00:00Z`),
            what: 'write',
            operation: operation as never,
            detail: { n, ...(day === days[2] && n === 3 && { what: 'drill-report', file }) },
          },
        );
    await saveCompanyEntry(trx, { ...entry, key: errorKey({ codes: entry.codes, texts: entry.says, names: [] }) });
  });
}

/** A database of the product, closed, and where the tools find it. */
type AuditDatabase = { readonly env: Readonly<Record<string, string>>; end(): Promise<void> };

async function onPglite(): Promise<AuditDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'kluis-audit-'));
  const database = await openPglite({ folder, dump: await migratedDump() });
  await fill(database);
  await database.close();
  return {
    env: { KLUIS_DATA_DIR: folder },
    end: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The tools use `public`, which tests may not: so this is a database of its own. */
async function onPostgres(): Promise<AuditDatabase & { tamper(statement: string): Promise<void> }> {
  const name = `audit_${process.pid}_${Date.now()}`;
  const admin = async (statement: string, url = serverUrl()) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await admin(`create database ${name}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  const database = await openPostgres({ connectionString: url.href, log: silent });
  await fill(database);
  await database.close();
  return {
    env: { DATABASE_URL: url.href },
    tamper: (statement) => admin(statement, url.href),
    end: () => admin(`drop database ${name}`),
  };
}

describe.each(databaseKinds)('the tools read a log of %s', (kind) => {
  let database: AuditDatabase;
  beforeAll(async () => {
    database = await (kind === 'pglite' ? onPglite() : onPostgres());
  });
  afterAll(() => database?.end());
  const run = (name: string, ...args: string[]) => runTool(name, args, database.env);

  test('as valid, and print the newest entry for later', async () => {
    const ended = await run('audit:verify');
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toMatch(/^The audit log is intact: 12 entries, from 2026-11-22T12:00:00.000Z to 2026-11-24/);
    const seal = /^Newest entry: (12:[0-9a-f]{64})$/m.exec(ended.out)?.[1] as string;
    expect(await run('audit:verify', '--expect', seal)).toMatchObject({ code: 0 });
    const longer = `13:${seal.split(':')[1]}`;
    expect(await run('audit:verify', '--expect', longer)).toMatchObject({
      code: 1,
      out: expect.stringContaining('entry 13 and all after it are gone'),
    });
  });

  test('and export it, line by line, and the export verifies', async () => {
    const ended = await run('audit:export');
    const lines = ended.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ChainedEntry);
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(lines.length).toBe(12);
    expect(lines[0]).toMatchObject({ seq: 1, entry: { what: 'write', operation: 'o1', n: 0 } });
    async function* once() {
      yield lines;
    }
    expect(await verify(once())).toMatchObject({ whole: true, entries: 12 });
  });

  test('and a drill’s report, which verifies without the database, and not once it was changed', async () => {
    expect((await run('audit:export', '--drills')).out).toBe('o1  2026-11-24  succeeded  vm-<app>\n');
    expect(await run('audit:export', '--drill', 'o2')).toMatchObject({ code: 2, out: '' });
    const { out: page } = await run('audit:export', '--drill', 'o1', '--page');
    expect(page).toMatch(/<html lang="en">[^]*<h1>Restore drill of vm-&#60;app&#62;: succeeded<\/h1>/);
    expect(page).toMatch(
      /<th>Steps<\/th><td>Restore the disks: FAILED \(Azure said &#60;no&#62;\) · 24 Nov 2026 12:00 UTC</,
    );
    expect(page).toMatch(/<th>laterField<\/th><td>{&#34;of&#34;:&#34;a later release&#34;}</);
    const { out: dutch } = await run('audit:export', '--drill', 'o1', '--page', '--language', 'nl');
    expect(dutch).toMatch(/<html lang="nl">[^]*<h1>Hersteltest van vm-&#60;app&#62;: geslaagd<\/h1>/);
    expect(await run('audit:export', '--drill', 'o1', '--page', '--language', 'de')).toMatchObject({
      code: 2,
      out: '',
    });
    const { out } = await run('audit:export', '--drill', 'o1');
    const folder = await mkdtemp(join(tmpdir(), 'kluis-drill-'));
    const proves = async (text: string, ...args: string[]) => {
      await writeFile(join(folder, 'drill.json'), text);
      return runTool('audit:verify', ['--drill', join(folder, 'drill.json'), ...args], {});
    };
    const proven = await proves(out);
    expect(proven).toMatchObject({ code: 0, out: expect.stringContaining('succeeded, vm-<app>') });
    const fingerprint = /^Key: ([0-9a-f]{64})$/m.exec(proven.out)?.[1] as string;
    expect(await proves(out, '--key', fingerprint)).toMatchObject({ code: 0 });
    expect(await proves(out, '--key', 'f'.repeat(64))).toMatchObject({ code: 1 });
    expect(await proves(out.replace('succeeded', 'failed'))).toMatchObject({ code: 1 });
    await rm(folder, { recursive: true });
  });
});

describe('the tools', () => {
  let database: Awaited<ReturnType<typeof onPostgres>>;
  beforeAll(async () => {
    database = await onPostgres();
  });
  afterAll(() => database?.end());
  const run = (name: string, ...args: string[]) => runTool(name, args, database.env);

  test('administrators’ notes are exported in the knowledge’s format, which finds the error by them', async () => {
    const ended = await run('knowledge:export');
    expect(ended).toMatchObject({ code: 0, err: '' });
    const [one, ...others] = parseEntries(JSON.parse(ended.out));
    expect(others).toEqual([]);
    expect(one).toMatchObject({ id: 'company-1a2b3c4d', codes: ['ErrorOfTheLoom', '499997'], match: [] });
    expect(one).toMatchObject({ cause: entry.cause, fixes: entry.fixes, operation: ['backup'], automatable: null });
    expect(one!.source).toMatch(/^written by Ana de Vries, \d{4}-\d\d-\d\d$/);
  });

  test('export from a day to a day, both inclusive', async () => {
    const seqs = async (...args: string[]) =>
      (await run('audit:export', ...args)).out
        .split('\n')
        .filter(Boolean)
        .map((line) => (JSON.parse(line) as ChainedEntry).seq);
    expect((await seqs('--from', '2026-11-24')).length).toBe(4);
    const middle = await seqs('--from', '2026-11-23', '--to', '2026-11-23');
    expect([middle[0], middle.at(-1), middle.length]).toEqual([5, 8, 4]);
    expect(await seqs('--to', '2026-11-22T13:00+02:00')).toEqual([]);
  });

  test('name the changed entry, and exit with 1', async () => {
    await database.tamper(`update audit set entry = jsonb_set(entry, '{requester,name}', '"Nobody"') where seq = 7`);
    const ended = await run('audit:verify');
    expect(ended).toMatchObject({
      code: 1,
      out: 'The audit log is broken: entry 7 was changed after it was written.\n',
    });
    await database.tamper('delete from audit where seq = 5');
    expect((await run('audit:verify')).out).toContain('entry 5 is missing');
  });
});

let filled: TestDatabase;
beforeAll(async () => {
  filled = await openTestDatabase('postgres');
  await fill(filled.database);
});
afterAll(() => filled?.end());

test.each([1, 4, 5, 12, 13])(
  'a log of twelve entries is read completely in pages of %d, each entry once',
  async (pageSize) => {
    const seqs: number[] = [];
    const seen = async function* () {
      for await (const page of auditPages(filled.database.db, pageSize)) {
        expect(page.length).toBeLessThanOrEqual(pageSize);
        seqs.push(...page.map(({ seq }) => seq));
        yield page;
      }
    };
    expect(await verify(seen())).toMatchObject({ whole: true, entries: 12 });
    expect(seqs).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
  },
);

test('what the product itself writes verifies, with its operations, parts and receipts', async () => {
  await using bot = await startBot({ database: 'postgres' });
  const chat = await bot.asks('ana', 'backup vm-sql-01');
  await chat.clicks('Protect and back up now');
  await chat.untilTitle(/is backed up/);
  const verified = await verify(auditPages(bot.database.db));
  expect(verified).toMatchObject({ whole: true });
  expect((await bot.rows('audit')).length).toBeGreaterThan(3);
});

describe('what the tools say if they can’t read', () => {
  test('a folder that a process holds: by whom, and since when', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kluis-held-'));
    const database = await openPglite({ folder, dump: await migratedDump() });
    const ended = await runTool('audit:verify', [], { KLUIS_DATA_DIR: folder });
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toMatch(new RegExp(`in use by process ${process.pid}, since \\d{4}-`));
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('a folder without a database is left as it is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kluis-empty-'));
    await rm(folder, { recursive: true });
    const ended = await runTool('audit:export', [], { KLUIS_DATA_DIR: folder });
    expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringContaining('no database') });
    await expect(rm(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('an unreachable PostgreSQL, without its password', async () => {
    const ended = await runTool('audit:verify', [], { DATABASE_URL: 'postgres://kluis:hunter22@127.0.0.1:9/kluis' });
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('PostgreSQL does not answer') });
    expect(ended.err).not.toContain('hunter22');
  });

  test.each([
    ['audit:verify', ['--expect', 'newest']],
    ['audit:verify', ['--all']],
    ['audit:export', ['--from', 'yesterday']],
    ['audit:export', ['--since', '2026-11-24']],
  ])('%s %j: how it is used', async (name, args) => {
    const ended = await runTool(name, args, {});
    expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Usage: npm run') });
  });
});

test.each([
  ['2026-11-24', '2026-11-24T00:00:00.000Z', true],
  ['2026-11-24', '2026-11-23T23:59:59.999Z', false],
  ['2026-11-24T09:00+01:00', '2026-11-24T08:00:00.000Z', true],
])('from %s: %s is in it: %s', (from, at, is) => {
  expect(isWithin(readWindow({ from }) as never, at)).toBe(is);
});

test('a window that ends before it begins is invalid', () => {
  expect(readWindow({ from: '2026-11-24', to: '2026-11-23' })).toHaveProperty('problem');
});

test.each(['2026-11-31', '2026-13-01', '24-11-2026', '2026-11-24T09:00', ''])('%j is no time', (from) => {
  expect(readWindow({ from })).toHaveProperty('problem');
});
