import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { firstBreak } from '../../src/audit/chain.ts';
import { checkDatabase } from '../../src/cli/doctor/checks/check-database.ts';
import { openQueue } from '../../src/jobs/queue.ts';
import { queueNames } from '../../src/jobs/wake.ts';
import { openToRead } from '../../src/store/open-to-read.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { workingQueue } from '../jobs/recorded-work.ts';
import { openTestDatabase, type TestDatabase } from '../support/databases.ts';
import { keepingLog } from '../support/keeping-log.ts';
import { pgbouncer, startPooler, type Pooler } from '../support/pooler.ts';
import { ChildProcesses } from './child-process.ts';
import { restoring } from './restoring.ts';
import { CrashHarness, everyFailpoint, expectEachWriteOnce, operateWithCrashes } from './whole-operation.ts';

const describeHere = pgbouncer ? describe : describe.skip;
const isMissing = pgbouncer ? '' : ' (skipped: PgBouncer is not installed)';

/** The crashes that matter to a database: in and after a transaction. */
const crashes = {
  typed: everyFailpoint.typed,
  repeated: everyFailpoint.repeated,
  posting: [],
  clicked: everyFailpoint.clicked,
  running: [
    { failpoint: 'start:after-commit' },
    { failpoint: 'advance:before-save' },
    { failpoint: 'write:after-attempt' },
  ],
} as const;

/** PgBouncer's answer to settings of a session: a refusal, or silence. */
const poolers = [
  ['refuses', []],
  ['ignores', ['ignore_startup_parameters = options']],
  ['refuses, without prepared statements,', ['max_prepared_statements = 0']],
] as const;

describeHere(`behind a pooler in transaction mode${isMissing}`, () => {
  let [testDatabase, pooler, harness] = [] as unknown as [TestDatabase, Pooler, CrashHarness];
  beforeAll(async () => {
    testDatabase = await openTestDatabase('postgres');
    pooler = await startPooler(testDatabase.connectionString!);
    const { connectionString } = pooler;
    const host = (simulatorUrl: string) => ChildProcesses.open({ ...testDatabase, connectionString }, simulatorUrl);
    harness = await CrashHarness.open(host);
  });
  afterAll(async () => {
    await harness?.[Symbol.asyncDispose]();
    await pooler?.end();
  });

  test('an operation whose process is killed goes on in another, and writes once', async () => {
    await operateWithCrashes(harness, crashes);
    await expectEachWriteOnce(harness.azure, 'vm-web-01');
  });

  test('two processes: what one is asked, another may decide, and it is started once', async () => {
    const [one, other] = await Promise.all([harness.host.start(null), harness.host.start(null)]);
    harness.platform.speaksTo(one.url, other.url);
    await harness.platform.meets('ana', 'ben');
    const chat = await restoring(harness, { vm: 'vm-app-02', button: 'Request approval' });
    await chat.clicks('Request approval');
    await chat.untilWaits('0 of 1');
    await chat.as('ben').clicks('Approve');
    await chat.untilTitle(/Disks of vm-app-02 are restored/);
    const sent = await harness.azure.requests('POST', /vm-app-02.*\/recoveryPoints\/[^/]+\/restore\?/i);
    expect(sent.map(({ status }) => status)).toEqual([202]);
    const lines = await harness.host.read((db) => db.selectFrom('audit').selectAll().orderBy('seq').execute());
    expect(firstBreak(lines)).toBeNull();
    harness.platform.speaksTo();
    await Promise.all([one.stop(), other.stop()]);
  });
});

describeHere.each(poolers)(`a pooler that %s settings of a session${isMissing}`, (_, more) => {
  let [testDatabase, pooler] = [] as unknown as [TestDatabase, Pooler];
  beforeAll(async () => {
    testDatabase = await openTestDatabase('postgres');
    pooler = await startPooler(testDatabase.connectionString!, more);
  });
  afterAll(async () => {
    await pooler?.end();
    await testDatabase?.end();
  });

  test('each statement has its schema and its limits, and a fault undoes what it is in', async () => {
    const { connectionString } = pooler;
    const database = await openPostgres({ connectionString, schema: testDatabase.schema, log: keepingLog([]) });
    const { db } = database;
    const beat = (process: string) => db.insertInto('pulse').values({ process }).execute();
    const shown = sql<{ limit: string }>`select current_setting('statement_timeout') as limit`;
    expect((await shown.execute(db)).rows).toEqual([{ limit: '30s' }]);
    const names = Array.from({ length: 40 }, (_each, index) => `p${String(index).padStart(2, '0')}`);
    await Promise.all(names.map(beat));
    await expect(beat('p00')).rejects.toMatchObject({ code: '23505' });
    const doubled = db.transaction().execute(async (trx) => {
      await trx.insertInto('pulse').values({ process: 'undone' }).execute();
      await trx.insertInto('pulse').values({ process: 'p00' }).execute();
    });
    await expect(doubled).rejects.toMatchObject({ code: '23505' });
    const rows = await testDatabase.database.db.selectFrom('pulse').select('process').orderBy('process').execute();
    expect(rows.map(({ process }) => process)).toEqual(names);
    await database.close();
  });

  test('work that another process stored is found by polling; that is said once, and nothing is warned of', async () => {
    const { connectionString } = pooler;
    const database = await openPostgres({ connectionString, schema: testDatabase.schema, log: keepingLog([]) });
    const { queue, logged, arrived } = await workingQueue(database, undefined, 1);
    const sender = await openQueue({ database: testDatabase.database, pollSeconds: 600, log: keepingLog([]) });
    await testDatabase.database.db.transaction().execute((trx) => sender.send(trx, [{ to: queueNames[0], id: 'a' }]));
    await arrived('a');
    await sender.stop(1_000);
    await queue.stop(1_000);
    await database.close();
    expect(logged.map(({ text }) => text)).toEqual([
      'the database is behind a pooler, so work that one process leaves to another starts up to 1 s later',
    ]);
  });

  test('the tools that only read can’t write, and the doctor says that there is a pooler', async () => {
    const databaseUrl = pooler.connectionString;
    const database = await openToRead({ databaseUrl, dataDir: 'none' });
    await expect(database.db.schema.createTable('t').addColumn('c', 'integer').execute()).rejects.toMatchObject({
      code: '25006',
    });
    await database.close();
    const none = { channels: [], alerts: [], rules: [], people: [] } as never;
    const found = await checkDatabase({ databaseUrl, dataDir: 'none', connections: 100 }, none);
    expect(found.map(({ found: text }) => text)).toContain(
      'it is behind a pooler, so processes find the work of one another by polling',
    );
    expect(found.filter(({ found: text }) => text.includes('connections'))).toEqual([]);
  });
});
