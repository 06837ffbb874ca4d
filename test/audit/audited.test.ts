import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { firstBreak, type ChainedEntry } from '../../src/audit/chain.ts';
import { digestOf } from '../../src/core/digest.ts';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
type Entry = {
  what: string;
  operation: string;
  digest: string;
  requester: { id: string; name: string };
  [more: string]: unknown;
};

describe('I4: the audit log', () => {
  let bot: TestBot;
  let chats: BotChat[];
  beforeAll(async () => {
    // A busy machine may be slow: no write is in doubt because of that alone.
    bot = await startBot({ database: 'postgres', waits: { traceProtect: 60_000, traceBackup: 60_000 } });
    chats = await Promise.all([
      bot.asks('ana', 'backup vm-web-01'),
      bot.asks('ben', 'backup vm-plain-01'),
      bot.asks('chris', 'backup vm-rbac-01'),
    ]);
    await bot.azure.fault({
      job: { vm: 'vm-plain-01', errorCode: 1, errorTitle: 'UserErrorFsFreezeFailed', errorString: 'x' },
      times: 1,
    });
    await chats[0]!.clicks(say('button.grant-key-vault-access+protect+back-up-now'));
    await chats[1]!.clicks(say('button.protect+back-up-now'));
    await chats[2]!.clicks(say('button.grant-key-vault-access'));
    await Promise.all(chats.map((chat) => chat.until('the mention', async () => (await chat.pings()).length > 0)));
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const entriesOf = async (chat: BotChat): Promise<Entry[]> => {
    const [operation] = await bot.operationsIn(chat);
    return (await lines()).map(({ entry }) => entry as Entry).filter((entry) => entry.operation === operation!.id);
  };
  const lines = async () => (await bot.rows('audit')).toSorted((one, other) => one.seq - other.seq) as ChainedEntry[];

  test("every write is in it: who asked, the digest of the plan, what was sent, and Azure's ids", async () => {
    const entries = await entriesOf(chats[0]!);
    expect(entries.map(({ what, does }) => [what, does])).toEqual([
      ['started', undefined],
      ['write', 'grant-key-vault-access'],
      ['write', 'protect'],
      ['write', 'back-up-now'],
      ['ended', undefined],
    ]);
    const [operation] = await bot.operationsIn(chats[0]!);
    for (const entry of entries) {
      expect(entry.requester).toMatchObject({ id: '00000000-0000-0000-0000-0000000000a1', name: 'Ana de Vries' });
      expect(entry.digest).toBe(operation!.digest);
    }
    expect(digestOf(operation!.plan)).toBe(operation!.digest);
    const [started, grant, protect, backUp, ended] = entries;
    expect(started!['plan']).toEqual(operation!.plan);
    const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect(grant).toMatchObject({ outcome: 'accepted', receipt: { requestId: uuid } });
    expect(protect).toMatchObject({
      outcome: 'accepted',
      receipt: { requestId: uuid, operationId: expect.any(String) },
    });
    expect(backUp).toMatchObject({
      outcome: 'accepted',
      receipt: { requestId: uuid, operationId: expect.any(String) },
    });
    const job = (await bot.azure.state('jobs')).jobs.find(
      ({ vmName, operation }) => vmName === 'vm-web-01' && operation === 'Backup',
    )!;
    expect(ended).toMatchObject({
      status: 'succeeded',
      parts: { 'back-up': { outcome: { ended: 'done', jobId: job.id } } },
    });
    // Azure knows the request by its attempt.
    const sent = (await bot.azure.writes(/vm-web-01|kv-web-weu/)).map(({ clientRequestId }) => clientRequestId);
    expect([grant, protect, backUp].map((entry) => entry!['attempt'])).toEqual(sent);
  });

  test('a failure is in it as well, with Azure’s words', async () => {
    const ended = (await entriesOf(chats[1]!)).at(-1)!;
    expect(ended).toMatchObject({
      what: 'ended',
      status: 'partly',
      requester: { name: 'Ben Jansen' },
      parts: {
        protect: { outcome: { ended: 'done' } },
        'back-up': { outcome: { ended: 'failed', failure: { codes: ['UserErrorFsFreezeFailed', '1'] } } },
      },
    });
  });

  test("each person's own", async () => {
    const entries = await entriesOf(chats[2]!);
    expect(entries.map(({ what }) => what)).toEqual(['started', 'write', 'ended']);
    for (const { requester } of entries) expect(requester.name).toBe('Chris Meier');
  });

  test('as many writes in the log as were sent to Azure', async () => {
    const written = (await lines()).filter(({ entry }) => (entry as Entry).what === 'write');
    const sent = (await bot.azure.writes()).length + (await bot.azure.requests('POST', /refreshContainers/)).length;
    expect(written).toHaveLength(sent);
  });

  test('the chain verifies, although three operations wrote at the same time', async () => {
    const all = await lines();
    expect(all.length).toBeGreaterThan(10);
    expect(firstBreak(all)).toBeNull();
  });

  test('an entry changed in the database is found', async () => {
    const all = await lines();
    const at = 3;
    const changed = all.map((line, n) =>
      n === at ? { ...line, entry: { ...(line.entry as Entry), requester: { name: 'Nobody' } } } : line,
    );
    expect(firstBreak(changed)).toEqual({ seq: all[at]!.seq, why: 'changed' });
  });
});
