import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import type { LoggedRequest } from '../../src/sim/request-log.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const vm = 'vm-web-01';
const button = say('button.grant-key-vault-access+protect+back-up-now');
const backedUp = new RegExp(`${vm} is backed up`);

/** The three writes of one whole operation. */
const writes = [
  { method: 'PUT', path: 'accessPolicies' },
  { method: 'PUT', path: `protectedItems/.*${vm}\\?` },
  { method: 'POST', path: `${vm}/backup\\?` },
];
const busy = { error: { code: 'TooManyRequests', message: 'The request is being throttled.' } };
const away = { error: { code: 'ServiceUnavailable', message: 'The service is unavailable.' } };
const stale = { error: { code: 'ExpiredAuthenticationToken', message: 'The access token has expired.' } };
const gone = { error: { code: 'ResourceNotFound', message: 'It was not found.' } };

describe('trouble on the side of Azure', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', leases: { sweep: 500 } });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    bot.log.splice(0);
    await bot.azure.reset();
  });

  /** Begins the whole operation on vm-web-01 in a thread of its own. */
  async function begin(): Promise<BotChat> {
    const chat = await bot.asks('ana', `backup ${vm}`);
    for (let tries = 0; !(await chat.card()).titles.includes(button); tries += 1) {
      expect(tries).toBeLessThan(20);
      await chat.clicks(say('button.check-again')); // what couldn't be checked is named, and checked again on request
      await chat.untilLooked();
    }
    await chat.clicks(button);
    // Faults that a test sets from here on are for the operation, not for the check before it.
    await chat.until('the operation', async () => (await bot.operationsIn(chat)).length > 0);
    return chat;
  }

  async function expectDoneOnce(chat: BotChat): Promise<void> {
    await chat.untilTitle(backedUp);
    await chat.until('the mention', async () => (await chat.pings()).length === 1);
    expect(await chat.cards()).toHaveLength(1);
    for (const write of writes) {
      const taken = (await sent(write)).filter(({ status }) => status !== null && status < 300);
      expect({ ...write, taken: taken.length }).toEqual({ ...write, taken: 1 });
    }
    const { items } = await bot.azure.state('items');
    expect(items.find(({ vmId }) => vmId.endsWith(`/${vm}`))?.points).toHaveLength(1);
  }

  const sent = ({ method, path }: { method: string; path: string }): Promise<LoggedRequest[]> =>
    bot.azure.requests(method, new RegExp(path, 'i'));

  test.each([
    ['with Retry-After', { 'retry-after': '1' }, 1000],
    ['without Retry-After', {}, 0],
  ])(
    'every write is throttled twice, %s: it waits as long as requested, and each is accepted once',
    async (_, headers, ms) => {
      await bot.azure.fault(...writes.map((match) => ({ match, status: 429, headers, body: busy, times: 2 })));
      const chat = await begin();
      await expectDoneOnce(chat);
      for (const write of writes) {
        const all = await sent(write);
        expect(all.map(({ status }) => status)).toEqual([429, 429, expect.any(Number)]);
        const at = all.map(({ time }) => Date.parse(time));
        expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(ms);
        expect(at[2]! - at[1]!).toBeGreaterThanOrEqual(ms);
      }
    },
  );

  test.each([
    ['with Retry-After', { 'retry-after': '1' }, 12],
    ['without Retry-After', {}, 15],
  ])(
    'reads are throttled over and over, %s, while it checks and while it runs: it gets there',
    async (_, headers, times) => {
      await bot.azure.fault({ match: { method: 'GET', path: vm }, status: 429, headers, body: busy, times });
      const chat = await begin();
      await bot.azure.fault({
        match: { method: 'GET', path: '^/subscriptions/' },
        status: 429,
        headers,
        body: busy,
        times,
      });
      await expectDoneOnce(chat);
    },
  );

  test('answers to reads and writes are cut off in the middle: nothing counts as absent, nothing is done twice', async () => {
    // Not the directory's answers: without them it starts nothing at all.
    const match = { method: 'GET', path: '^/subscriptions/' };
    const reads = { match, status: 200, body: '{"value":[{"id":"/subscr', times: 15 };
    await bot.azure.fault(reads);
    const chat = await begin();
    await bot.azure.fault(
      ...writes.map((match) => ({ match, status: 202, body: '{"properties":{"sta', after: true, times: 1 })),
      reads,
    );
    await expectDoneOnceOrTwiceSent(chat);
  });

  /** A write whose response was cut off is found by its trace, so it isn't even sent a second time. */
  async function expectDoneOnceOrTwiceSent(chat: BotChat): Promise<void> {
    await expectDoneOnce(chat);
    for (const write of writes) expect(await sent(write)).toHaveLength(1);
  }

  test('a token expires, on every write and in the middle of reading: another one is fetched', async () => {
    await bot.azure.fault(...writes.map((match) => ({ match, status: 401, body: stale, times: 2 })));
    const chat = await begin();
    await bot.azure.fault({ match: { method: 'GET', path: '^/subscriptions/' }, status: 401, body: stale, times: 10 });
    await expectDoneOnce(chat);
  });

  test('Azure refuses an identity for good: reported with its code, after a few attempts', async () => {
    await bot.azure.fault({ match: writes[0]!, status: 401, body: stale });
    const chat = await begin();
    const closed = await chat.untilTitle(/^❌/u);
    expect(closed.text).toContain('ExpiredAuthenticationToken');
    expect((await sent(writes[0]!)).length).toBeLessThanOrEqual(8);
    expect(await sent(writes[2]!)).toEqual([]);
  });

  test('an hour without any answer: the card says since when, and it continues by itself', async () => {
    // Nothing asks for a job or its result before the click: it can't end before all of Azure is away.
    const ofJobs = { method: 'GET', path: 'backup(Jobs|Operation\\w*)/|operation\\w*/' };
    await bot.azure.fault({ match: ofJobs, status: 503, body: away });
    const chat = await begin();
    await chat.until('the first write', async () => (await sent(writes[0]!)).length > 0);
    await bot.azure.fault({ match: {}, status: 503, body: away });
    await chat.until('the card to say so', async () => /Azure hasn't responded since/.test((await chat.card()).text));
    expect((await chat.card()).title).toMatch(/^⏳/u);
    const [before] = await bot.operationsIn(chat);
    const silentFor = async () => Date.now() - (await since(chat));
    // At this speed an hour takes 180 ms; more than two of them pass.
    await chat.until('two hours of it', async () => (await silentFor()) > 2 * bot.waits.silence + 500);
    expect((await bot.operationsIn(chat))[0]).toMatchObject({ id: before!.id, status: 'running' });
    await bot.azure.mend();
    await expectDoneOnce(chat);
    expect((await chat.card()).text).not.toContain("Azure hasn't responded");
  });

  /** Since when the operation gets no answer, according to the database. */
  async function since(chat: BotChat): Promise<number> {
    const [operation] = await bot.operationsIn(chat);
    const parts = Object.values(operation!.parts as Record<string, { silentSince: string | null }>);
    return Date.parse(parts.map(({ silentSince }) => silentSince).find((at) => at !== null)!);
  }

  test('an operation in Azure doesn’t end: the card waits and shows it, nothing is sent again; then it continues', async () => {
    const endless = { status: 'InProgress', startTime: new Date().toISOString(), id: 'x', name: 'x' };
    await bot.azure.fault({ match: { method: 'GET', path: 'backupOperations/' }, status: 200, body: endless });
    const chat = await begin();
    const polls = () => sent({ method: 'GET', path: 'backupOperations/' });
    await chat.until('many looks at it', async () => (await polls()).length > 30);
    const card = await chat.card();
    expect(card.title).toMatch(new RegExp(`⏳ Enabling protection of ${vm} · `));
    expect(card.text).toMatch(/Updated \d\d:\d\d/);
    expect(await sent(writes[1]!)).toHaveLength(1);
    expect(await sent(writes[2]!)).toEqual([]);
    await bot.azure.mend();
    await expectDoneOnce(chat);
  });

  test('a job disappears: it is looked for many times, then reported, without a second backup', async () => {
    await bot.azure.fault({ match: { method: 'GET', path: 'backupJobs/[0-9a-f-]{36}' }, status: 404, body: gone });
    const chat = await begin();
    const closed = await chat.untilTitle(/^(❌|⚠️)/u);
    expect(closed.text).toContain(say('trouble.job-vanished'));
    expect(await sent(writes[2]!)).toHaveLength(1);
    expect((await sent({ method: 'GET', path: 'backupJobs/[0-9a-f-]{36}' })).length).toBeGreaterThan(10);
  });

  test('a VM is deleted between the card and the click: reported, and nothing is written', async () => {
    const chat = await bot.asks('ana', `backup ${vm}`);
    await deleteVm();
    await chat.clicks(button);
    await chat.until('the card to say so', async () => !/^⏳/u.test((await chat.card()).title));
    expect(await bot.azure.writes()).toEqual([]);
    expect(await bot.operationsIn(chat)).toEqual([]);
  });

  test('a VM is deleted in the middle: the operation ends with what Azure says, and sends nothing twice', async () => {
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'advance:after-save') return;
      bot.failpoint = () => {};
      await deleteVm();
    };
    const chat = await begin();
    const closed = await chat.untilTitle(/^(❌|⚠️)/u);
    expect(closed.text).toMatch(/UserError|NotFound/);
    for (const write of writes) expect((await sent(write)).length).toBeLessThanOrEqual(1);
    await chat.until('the mention', async () => (await chat.pings()).length === 1);
  });

  async function deleteVm(): Promise<void> {
    const { vms } = await bot.azure.state('vms');
    await bot.azure.change({ vms: vms.filter(({ name }) => name !== vm) });
  }

  test('four dialogs wait for Azure’s answer about one VM: a dialog about another VM doesn’t wait behind them', async () => {
    await bot.azure.fault({ match: { method: 'GET', path: 'virtualMachines/vm-plain-01\\?' }, latencyMs: 30_000 });
    const people = ['ana', 'ben', 'ana', 'ben'] as const;
    const waiting = await Promise.all(people.map((person) => bot.thread(person, 'backup vm-plain-01')));
    for (const chat of waiting) await chat.until('its card', async () => (await chat.cards()).length > 0);
    expect((await (await bot.asks('ana', `backup ${vm}`)).card()).titles).toContain(button);
    const still = (await bot.rows('dialog')).filter(({ look }) => look !== null).map((row) => row.conversation_id);
    expect(still.toSorted()).toEqual(waiting.map(({ id }) => id).toSorted());
  });

  test('none of this was logged as an error', () => {
    expect(bot.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
