import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { safetyGate } from '../../src/bot/rights/safety-gate.ts';
import { silent } from '../../src/core/log.ts';
import { words } from '../../src/message/words.ts';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { withoutPulse } from '../support/without-pulse.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const protect = say('button.protect');
const notTrusted = say('refusal.not-trusted-now');
const operators = '11111111-1111-1111-1111-111111111111';

describe('I5: nothing starts while something can’t be trusted', () => {
  let bot: TestBot;
  beforeAll(async () => {
    const config = `roles: { operator: ['group:${operators}'] }`;
    // A clock that a test moves doesn't cost a run its claim.
    const leases = { operation: 30_000, sweep: 1000, okTtlMs: 100, failedTtlMs: 100 };
    bot = await startBot({ database: 'postgres', config, leases });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    await bot.azure.reset();
    await bot.restart();
  });
  afterEach(() => {
    bot.ahead = 0;
  });

  const readyz = async (probe = 'readyz?full') => {
    const response = await fetch(`${bot.url}/${probe}`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const untilReadyz = (awaited: object) =>
    eventually(`/readyz to say ${JSON.stringify(awaited)}`, async () => {
      const answer = await readyz();
      try {
        expect(answer).toMatchObject(awaited);
        return true;
      } catch {
        return false;
      }
    });
  const directory = { match: { method: 'POST', path: 'checkMemberGroups' } };

  test('everything is healthy: ready, and each part says so', async () => {
    await untilReadyz({ status: 200 });
    expect((await readyz()).body).toEqual({
      status: 'ready',
      database: true,
      queue: true,
      clock: true,
      identities: true,
      azure: true,
      vaults: true,
      version: expect.stringMatching(/^\d/),
      commit: null,
    });
  });

  test('a heartbeat is as old as its request: an answer that was only seen after a pause doesn’t count as new', async () => {
    let now = Date.now();
    const clock = { now: () => new Date(now) };
    const q = bot.database.db;
    const gate = safetyGate({ q, process: 'paused', clock, azureSkew: () => null, log: silent });
    const beating = gate.beat();
    now += 11_000;
    await beating;
    expect(gate.unsafeBecause()).toBe('database');
  });

  test('after a pause of this process, a heartbeat that is too old is renewed before anybody is refused for it', async () => {
    let now = Date.now();
    const clock = { now: () => new Date(now) };
    const q = bot.database.db;
    const gate = safetyGate({ q, process: 'paused', clock, azureSkew: () => null, log: silent });
    await gate.beat();
    now += 11_000;
    expect(gate.unsafeBecause()).toBe('database');
    await gate.renew();
    expect(gate.unsafeBecause()).toBeNull();
  });

  test('a press after a pause of this process is judged by a new heartbeat, not by the old one', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    bot.ahead = 11_000;
    await chat.clicks(protect);
    await chat.untilTitle(/vm-plain-01 is protected/);
  });

  test.each([
    ['answers 503', { status: 503, body: 'not now' }],
    ['refuses', { status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'no' } } }],
    ['answers with something else', { status: 200, body: { value: 'everybody' } }],
    ['is not there', { drop: true }],
  ])('a directory that %s: no check, no click, and /readyz says which part fails', async (_, fault) => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    await bot.azure.fault({ ...directory, ...fault });
    const answer = await chat.as('ben').clicks(protect);
    expect(answer.text).toContain(notTrusted);
    const asked = await bot.thread('chris', 'backup vm-sql-01');
    expect((await asked.untilTitle(/./)).title).toContain('Kluis starts nothing right now.');
    expect(await bot.operationsIn(chat)).toEqual([]);
    expect(await bot.azure.writes()).toEqual([]);
    expect(await readyz()).toMatchObject({
      status: 503,
      body: { status: 'not-ready', database: true, clock: true, identities: false },
    });
    // It keeps answering: people are told what is wrong, instead of by a proxy that nobody is there.
    expect(await readyz('readyz')).toEqual({ status: 200, body: { status: 'ready', database: true } });
    expect(bot.log.some(({ level, text }) => level === 'warn' && text.includes('identities'))).toBe(true);

    await bot.azure.mend();
    await chat.as('ben').clicks(protect);
    await chat.untilTitle(/vm-plain-01 is protected/);
    await untilReadyz({ status: 200 });
  });

  const subscription = { match: { method: 'GET', path: '^/subscriptions/[^/?]+(\\?|$)' } };

  test.each([
    ['is out of reach', { drop: true }, 'unreachable'],
    ['answers 503', { status: 503, body: 'not now' }, 'unreachable'],
    ['does not take the token', { status: 401, body: {} }, 'no-token'],
    ['refuses the identity', { status: 403, body: {} }, 'refused'],
    ['does not have the subscription', { status: 404, body: {} }, 'no-subscription'],
  ])('Azure %s: not ready, with a reason; and ready again by itself', async (_, fault, because) => {
    await untilReadyz({ status: 200 });
    await bot.azure.fault({ ...subscription, ...fault });
    await untilReadyz({
      status: 503,
      body: { status: 'not-ready', database: true, azure: false, because: { azure: because } },
    });
    expect(bot.log.some(({ level, text }) => level === 'error' && text === 'not ready')).toBe(true);
    const metrics = await (await fetch(`${bot.url}/metrics`)).text();
    expect(metrics).toContain('kluis_ready{part="azure"} 0');
    await bot.azure.mend();
    await untilReadyz({ status: 200 });
  });

  test('Azure that throttles counts as up; if it doesn’t answer, /readyz still does', async () => {
    await untilReadyz({ status: 200 });
    await bot.azure.fault({ ...subscription, status: 429, headers: { 'retry-after': '60' }, body: {} });
    const asked = async () => (await bot.azure.requests('GET', /^\/subscriptions\/[^/?]+(\?|$)/)).length;
    const before = await asked();
    await eventually('Azure to be asked again', async () => (await asked()) > before + 2);
    expect((await readyz()).status).toBe(200);
    await bot.azure.mend();
    await bot.azure.fault({ ...subscription, latencyMs: 5000 });
    const seen = await asked();
    await eventually('a question that stays open', async () => (await asked()) > seen);
    const began = performance.now();
    expect((await readyz()).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(4_500);
  });

  test('a queue that doesn’t respond: not ready, though the database is healthy', async () => {
    await untilReadyz({ status: 200 });
    const { db, queue } = bot.database;
    const rename = (from: string, to: string) => sql`alter schema ${sql.id(from)} rename to ${sql.id(to)}`.execute(db);
    await rename(queue.schema, `${queue.schema}_away`);
    try {
      await untilReadyz({ status: 503, body: { database: true, queue: false, because: { queue: 'no-answer' } } });
    } finally {
      await rename(`${queue.schema}_away`, queue.schema);
    }
    await untilReadyz({ status: 200 });
  });

  test('somebody who left the group may do nothing more once the cached answer is a minute old', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    const before = (await bot.azure.requests('POST', /checkMemberGroups/)).length;
    const { directory: all } = await bot.azure.state('directory');
    await bot.azure.change({ directory: { ...all, groups: all.groups.map((group) => ({ ...group, members: [] })) } });
    await chat.opens('vault');
    expect(await bot.azure.requests('POST', /checkMemberGroups/)).toHaveLength(before);
    bot.ahead = 61_000;
    const answer = await chat.clicks(say('button.back'));
    expect(answer.text).toContain(say('refused.may-not', { what: say('may.view') }));
  });

  test('a heartbeat of the database that is too old: nothing starts, and it continues when there is a new one', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    await withoutPulse(bot, async () => {
      bot.ahead = 11_000;
      expect((await chat.clicks(protect)).text).toContain(notTrusted);
      expect(await readyz()).toMatchObject({ status: 503, body: { database: false, clock: true } });
      bot.ahead = 0;
    });
    await chat.clicks(protect);
    await chat.untilTitle(/vm-plain-01 is protected/);
  });

  test("a clock that is far from the database's: nothing starts", async () => {
    bot.ahead = 40_000;
    await bot.restart();
    expect(await readyz()).toMatchObject({ status: 503, body: { database: true, clock: false } });
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    expect((await chat.clicks(protect)).text).toContain(notTrusted);
    expect(await bot.azure.writes()).toEqual([]);
  });

  test('a database that accepts no writes any more is noticed', async () => {
    await withoutPulse(bot, async () => {
      await bot.restart();
      expect(await readyz()).toMatchObject({ status: 503, body: { database: false } });
      expect(bot.log.some(({ level, text }) => level === 'error' && text.includes('sign of life'))).toBe(true);
    });
  });

  test('running work waits with its next write until everything is trusted again, and nothing is sent meanwhile', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    // It gets no further before nothing is trusted any more.
    await bot.azure.fault({ match: { method: 'GET', path: 'backupProtectableItems' }, latencyMs: 5_000, times: 1 });
    await chat.clicks(say('button.protect+back-up-now'));
    await chat.until('the operation', async () => (await bot.operationsIn(chat))[0]);
    await withoutPulse(bot, async () => {
      bot.ahead = 11_000;
      const now = async () => (await bot.operationsIn(chat))[0]!;
      const { revision, id } = await now();
      await chat.until('several looks', async () => (await now()).revision > revision + 3);
      const waits = /has been waiting since .*: Kluis can't rely on its database or its clock right now/;
      await chat.until('why it waits', async () => waits.test((await chat.card()).text));
      expect(await bot.azure.writes()).toEqual([]);
      expect((await bot.rows('attempt')).filter(({ operation_id }) => operation_id === id)).toEqual([]);
      bot.ahead = 0;
    });
    await chat.untilTitle(/vm-plain-01 is backed up/);
    expect((await bot.azure.requests('PUT', /protectedItems/)).length).toBe(1);
  });
});
