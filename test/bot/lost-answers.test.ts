import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

/** A write, what leads to it, and how often its effect may be found in Azure: once. */
type Write = {
  readonly what: string;
  readonly asks: string;
  readonly clicks: string | null;
  readonly match: { readonly method: string; readonly path: string };
  readonly vm: string;
  readonly effects: (bot: TestBot) => Promise<number>;
};

const backupsOf = (vm: string) => async (bot: TestBot) =>
  (await bot.azure.state()).jobs.filter((job) => job.vmName === vm && job.operation === 'Backup' && job.onDemand)
    .length;
const itemsOf = (vm: string) => async (bot: TestBot) =>
  (await bot.azure.state()).jobs.filter((job) => job.vmName === vm && job.operation === 'ConfigureBackup').length;

const writes: readonly Write[] = [
  {
    what: 'PUT protected item',
    asks: 'backup vm-plain-01',
    clicks: say('button.protect+back-up-now'),
    match: { method: 'PUT', path: 'vm-plain-01\\?' },
    vm: 'vm-plain-01',
    effects: itemsOf('vm-plain-01'),
  },
  {
    what: 'POST backup',
    asks: 'backup now vm-app-01',
    clicks: null,
    match: { method: 'POST', path: 'vm-app-01/backup\\?' },
    vm: 'vm-app-01',
    effects: backupsOf('vm-app-01'),
  },
  {
    what: 'POST refresh containers',
    asks: 'backup vm-sql-01',
    clicks: say('button.protect+back-up-now'),
    match: { method: 'POST', path: 'refreshContainers' },
    vm: 'vm-sql-01',
    effects: itemsOf('vm-sql-01'),
  },
  {
    what: 'PUT access policies',
    asks: 'backup vm-web-01',
    clicks: say('button.grant-key-vault-access+protect+back-up-now'),
    match: { method: 'PUT', path: 'accessPolicies' },
    vm: 'vm-web-01',
    effects: async (bot) => {
      const { keyVaults } = await bot.azure.state();
      const own = keyVaults.find(({ name }) => name === 'kv-web-weu')!.accessPolicies;
      return own.filter(({ objectId }) => objectId === '00000000-0000-0000-0000-0000000bac09').length;
    },
  },
  {
    what: 'PUT role assignment',
    asks: 'backup vm-rbac-01',
    clicks: say('button.grant-key-vault-access+protect+back-up-now'),
    match: { method: 'PUT', path: 'roleAssignments' },
    vm: 'vm-rbac-01',
    effects: async (bot) => {
      const { roleAssignments } = await bot.azure.state();
      return roleAssignments.filter(({ scope }) => scope.endsWith('/kv-rbac-weu')).length;
    },
  },
];

/** How an answer gets lost. `arrived`: the write took effect all the same. */
const losses = [
  { how: 'the connection broke after it took effect', fault: { drop: true, after: true }, arrived: true },
  { how: 'the connection broke before it arrived', fault: { drop: true }, arrived: false },
  {
    how: 'a gateway answered 502 after it took effect',
    fault: { status: 502, body: '<html>Bad gateway</html>', after: true },
    arrived: true,
  },
  {
    how: 'it was answered 503 and not done',
    fault: { status: 503, body: { error: { code: 'ServiceUnavailable', message: 'Try later.' } } },
    arrived: false,
  },
  {
    how: 'the answer was no JSON although it took effect',
    fault: { status: 202, body: 'OK <html>', after: true },
    arrived: true,
  },
];

describe('I3: a write is never done twice on doubt', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  beforeEach(() => bot.azure.reset());

  test.each(losses)('every write: $how', async ({ fault, arrived }) => {
    await bot.azure.fault(...writes.map(({ match }) => ({ match, ...fault, times: 1 })));
    await Promise.all(writes.map((write) => expectDoneOnce(write, arrived)));
  });

  async function expectDoneOnce({ what, asks, clicks, match, vm, effects }: Write, arrived: boolean): Promise<void> {
    const chat = await bot.asks('ana', asks);
    if (clicks) await chat.clicks(clicks);
    await chat.untilTitle(new RegExp(`${vm} is backed up`));
    expect({ what, effects: await effects(bot) }).toEqual({ what, effects: 1 });
    const sent = await bot.azure.requests(match.method, new RegExp(match.path));
    // To refresh again costs nothing, so its trace is not looked for.
    const most = arrived && match.path !== 'refreshContainers' ? 1 : 2;
    expect({ what, most: sent.length <= most && sent.length >= 1 }).toEqual({ what, most: true });

    const [operation] = await bot.operationsIn(chat);
    const attempts = (await bot.rows('attempt')).filter(({ operation_id }) => operation_id === operation!.id);
    expect(attempts.every(({ outcome }) => outcome !== null)).toBe(true);
    // Each request carried an attempt that was written down before it was sent.
    for (const { clientRequestId } of sent) expect(attempts.map(({ id }) => id)).toContain(clientRequestId);
    expect(new Set(sent.map(({ clientRequestId }) => clientRequestId)).size).toBe(sent.length);
    await chat.until('the mention', async () => (await chat.messages()).length === 2);
  }

  test('a backup in doubt is adopted by the id that Azure copied into its job', async () => {
    await bot.azure.fault({ match: { method: 'POST', path: '/backup\\?' }, drop: true, after: true, times: 1 });
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await chat.untilTitle(/vm-app-01 is backed up/);
    const [operation] = await bot.operationsIn(chat);
    const [attempt] = (await bot.rows('attempt')).filter(({ operation_id }) => operation_id === operation!.id);
    expect(attempt!.outcome).toBe('adopted');
    const job = (await bot.azure.state()).jobs.find(({ onDemand }) => onDemand)!;
    expect(job.activityId).toBe(attempt!.id);
    expect(operation!.parts).toMatchObject({ 'back-up': { outcome: { ended: 'done', jobId: job.id } } });
  });

  test('throttled: it waits as long as Azure asks and sends once more', async () => {
    await bot.azure.fault({
      match: { method: 'POST', path: '/backup\\?' },
      status: 429,
      headers: { 'retry-after': '1' },
      body: { error: { code: 'TooManyRequests', message: 'Slow down.' } },
      times: 1,
    });
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await chat.untilTitle(/vm-app-01 is backed up/);
    const sent = await bot.azure.requests('POST', /\/backup\?/);
    expect(sent.map(({ status }) => status)).toEqual([429, 202]);
    expect(Date.parse(sent[1]!.time) - Date.parse(sent[0]!.time)).toBeGreaterThanOrEqual(990);
    expect(await backupsOf('vm-app-01')(bot)).toBe(1);
  });

  test('a plan that got worse before its write is not sent: everything is looked at again at the click', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    const { vms } = await bot.azure.state();
    await bot.azure.change({
      vms: vms.map((vm) => (vm.name === 'vm-plain-01' ? { ...vm, provisioning: 'Failed' as const } : vm)),
    });
    await chat.clicks(say('button.protect+back-up-now'));
    await chat.untilTitle(/^⛔ vm-plain-01: the last change to the VM failed/u);
    expect(await bot.azure.writes()).toEqual([]);
  });
});
