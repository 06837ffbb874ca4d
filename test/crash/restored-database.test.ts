/**
 * The database is lost and restored from its backup, by the commands in docs/run.md: a rehearsal of the
 * product's own disaster. Each test continues from the previous one. PostgreSQL is the machine's own, with its
 * `pg_dump`.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { verify, type Seal } from '../../src/audit/verify.ts';
import { auditPages } from '../../src/cli/audit/audit-pages.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { machinePostgres, openKeptDatabase } from '../support/kept-database.ts';
import { ChildProcesses } from './child-process.ts';
import { asked } from './restoring.ts';
import { CrashHarness } from './whole-operation.ts';

const protectAndBackUp = 'Protect and back up now';

const place = machinePostgres();
const missing = 'no PostgreSQL with all its programs here: install it (Debian: apt-get install postgresql)';
describe('the embedded database, restored from its backup', () => drill(() => Promise.resolve('pglite' as const)));
(place ? describe : describe.skip)(`PostgreSQL, restored from its backup${place ? '' : ` (skipped: ${missing})`}`, () =>
  drill(() => openKeptDatabase(place as string)),
);

function drill(open: () => Promise<Parameters<typeof ChildProcesses.open>[0]>): void {
  let harness: CrashHarness;
  let host: ChildProcesses;
  let waiting: BotChat;
  let running: BotChat;
  let seal: Seal;
  beforeAll(async () => {
    harness = await CrashHarness.open(
      async (simulatorUrl) => (host = await ChildProcesses.open(await open(), simulatorUrl)),
    );
  });
  afterAll(() => harness?.[Symbol.asyncDispose]());

  const protections = (vm: string) => harness.azure.requests('PUT', new RegExp(`protectedItems/[^?]*;${vm}[?]`, 'i'));
  const backups = (vm: string) => harness.azure.requests('POST', new RegExp(`;${vm}/backup[?]`, 'i'));
  const verified = (from: Seal | null) => harness.host.read((db) => verify(auditPages(db), from));

  test('it is backed up while a request is pending and a write is about to be sent', async () => {
    await harness.crash({ failpoint: 'write:after-attempt' }, async () => {
      waiting = await asked(harness.platform, 'backup vm-cmk-01');
      await waiting.clicks((await waiting.card()).titles.find((title) => title.includes('Protect only'))!);
      await waiting.untilWaits('0 of 1');
      running = await asked(harness.platform, 'backup vm-plain-01');
      await running.clicks(protectAndBackUp);
    });
    host.backUp();
    expect(await protections('vm-plain-01')).toEqual([]);
  });

  test('the product continues, and does what is not in the backup', async () => {
    await harness.calm(async () => {
      await running.untilTitle('vm-plain-01 is backed up');
      await (await asked(harness.platform, 'backup now vm-app-01')).untilTitle('vm-app-01 is backed up');
    });
    const whole = await verified(null);
    if (!whole.whole || !whole.newest) throw new Error('the log is not whole');
    seal = whole.newest;
  });

  test('the restored log is valid, and an exported seal shows what it lacks', async () => {
    await host.restore();
    const restored = await verified(null);
    expect(restored).toMatchObject({ whole: true });
    expect(await verified(seal)).toMatchObject({ whole: false, broken: { why: 'cut' } });
  });

  test('the pending request is approved and runs once; running work continues: a write in the backup is not sent again', async () => {
    const before = (await running.messages()).length;
    await harness.calm(async () => {
      await waiting.as('ben').clicks('Approve');
      await waiting.untilTitle('vm-cmk-01 is protected');
      // It has ended again: a message of its own says so.
      await running.until('the end', async () => (await running.messages()).length > before);
    });
    expect(await protections('vm-cmk-01')).toHaveLength(1);
    expect(await protections('vm-plain-01')).toHaveLength(1);
    // At worst one more of these, as documented: nothing in the backup says that one was made.
    expect(await backups('vm-plain-01')).toHaveLength(2);
    expect(await backups('vm-app-01')).toHaveLength(1);
    const operations = await harness.host.read((db) => db.selectFrom('operation').select('status').execute());
    expect(operations.map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
    expect(await verified(null)).toMatchObject({ whole: true });
  });
}
