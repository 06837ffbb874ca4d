import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Failpoint } from '../../src/core/failpoint.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { eventually } from '../support/eventually.ts';
import { holdLookups, loseClaim } from '../support/hold-lookups.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const backup = /vm-app-01\/backup\?/;

describe('a worker that doesn’t know whether it still owns its work', () => {
  let bot: TestBot;
  beforeAll(async () => {
    // A busy machine may be slow: no write is in doubt because of that alone.
    const waits = { traceBackup: 60_000 };
    const leases = { operation: 6_000, renew: 200, lookup: 2_000, sweep: 300 };
    bot = await startBot({ database: 'postgres', leases, waits });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    await bot.azure.reset();
    bot.ahead = 0;
    bot.failpoint = () => {};
    bot.log.length = 0;
  });

  /** Blocks the next worker at `failpoint` until what is done meanwhile is finished. */
  const once = (failpoint: Failpoint, interaction: () => Promise<void> | void) => {
    const done = Promise.withResolvers<void>();
    let isDone = false;
    bot.failpoint = async (reached) => {
      if (reached !== failpoint || isDone) return;
      isDone = true;
      await interaction();
      done.resolve();
    };
    return done.promise;
  };
  const logged = (text: string) => bot.log.some((line) => line.text.includes(text));
  /** As another worker does when it finds the lease expired. */
  const anotherClaims = () =>
    bot.database.db
      .updateTable('operation')
      .set({ fence: sql`fence + 1`, held_until: sql`now() + interval '1 second'` })
      .where('status', '=', 'running')
      .execute();
  const attemptsIn = async (chat: BotChat) => {
    const [operation] = await bot.operationsIn(chat);
    const all = (await bot.rows('attempt')).filter(({ operation_id }) => operation_id === operation!.id);
    return all.toSorted((one, other) => one.made_at.getTime() - other.made_at.getTime());
  };
  const recorded = async (attempt: string) =>
    (await bot.rows('audit'))
      .map(({ entry }) => entry as { attempt?: string; outcome?: string; receipt?: { requestId?: string } })
      .filter((entry) => entry.attempt === attempt);

  /** One backup, and how its attempts ended. */
  const expectOnce = async (chat: BotChat, outcomes: readonly string[]) => {
    await chat.untilTitle(/vm-app-01 is backed up/);
    const sent = await bot.azure.requests('POST', backup);
    expect(sent.map(({ status }) => status)).toEqual([202]);
    const attempts = await attemptsIn(chat);
    expect(attempts.map(({ outcome }) => outcome)).toEqual(outcomes);
    for (const { id, outcome } of attempts) {
      expect((await recorded(id)).at(-1)).toMatchObject({ outcome });
    }
    return attempts;
  };

  test('its clock says that it was suspended: the write is not sent, and sent again at once', async () => {
    void once('write:after-attempt', () => void (bot.ahead = 4_000));
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await expectOnce(chat, ['not-sent', 'accepted']);
  });

  test('another has the operation: nothing is sent', async () => {
    const reached = once('write:after-attempt', async () => {
      await anotherClaims();
      await eventually('it to hear of it', () => logged('a claim is gone'));
    });
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await reached;
    await expectOnce(chat, ['not-sent', 'accepted']);
  });

  test('the claim can’t be prolonged: after half the lease nothing is sent any more', async () => {
    const reached = once('write:after-attempt', () =>
      bot.database.db.transaction().execute(async (trx) => {
        // Whoever needs the row waits, as for a database that is down.
        await trx.selectFrom('operation').select('id').where('status', '=', 'running').forUpdate().execute();
        await eventually('it to give up', () => logged('could not be prolonged in time'));
      }),
    );
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await reached;
    await expectOnce(chat, ['not-sent', 'accepted']);
  });

  test('a sent write is answered and logged, though another worker owns the operation by then (I4)', async () => {
    await bot.azure.fault({ match: { method: 'POST', path: 'vm-app-01/backup\\?' }, latencyMs: 3_000, times: 1 });
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await eventually('it to be on its way', async () =>
      (await bot.rows('attempt')).some((row) => row.outcome === null),
    );
    await anotherClaims();
    await chat.untilTitle(/vm-app-01 is backed up/);
    expect(logged('a claim is gone')).toBe(true);
    expect(await bot.azure.requests('POST', backup)).toHaveLength(1);
    const [attempt, ...others] = await attemptsIn(chat);
    expect(others).toEqual([]); // by its trace or by its answer, whichever came first
    const answered = await eventually('its answer in the log', async () =>
      (await recorded(attempt!.id)).find(({ outcome }) => outcome === 'accepted'),
    );
    expect(answered.receipt!.requestId).toEqual(expect.any(String));
  });

  test('an attempt given up as lost is logged as accepted when its answer arrives, with Azure’s request ID, and not sent again', async () => {
    const reached = once('write:after-send', async () => {
      await bot.database.db.updateTable('attempt').set({ outcome: 'lost' }).where('outcome', 'is', null).execute();
      await anotherClaims();
    });
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await reached;
    const [attempt] = await expectOnce(chat, ['accepted']);
    expect((await recorded(attempt!.id)).at(-1)!.receipt!.requestId).toEqual(expect.any(String));
  });

  const vm = `virtualMachines/vm-plain-01\\?`;
  const dialogIn = async (chat: BotChat) =>
    (await bot.rows('dialog')).find(({ conversation_id: place }) => place === chat.id)!;

  test('a lookup that takes longer than its lease is made once', async () => {
    await bot.azure.fault({ match: { method: 'GET', path: vm }, latencyMs: 3_500, times: 1 });
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    expect((await chat.card()).title).toContain('vm-plain-01 is ready');
    expect(await bot.azure.requests('GET', new RegExp(vm, 'i'))).toHaveLength(1);
  });

  test('another makes the lookup, since its claim was lost: what the first one read doesn’t count', async () => {
    const nextReading = holdLookups(bot, 'reading');
    const chat = await bot.thread('ana', 'backup vm-plain-01');
    const first = await nextReading();
    const { vms } = await bot.azure.state('vms');
    await bot.azure.change({ vms: vms.filter(({ name }) => name !== 'vm-plain-01') });
    await loseClaim(bot);
    const second = await nextReading();
    const { revision } = await dialogIn(chat);
    first();
    const isMoved = async () => (await dialogIn(chat)).revision !== revision;
    await eventually('its end', async () => logged('it does not count') || (await isMoved()));
    expect(await isMoved()).toBe(false);
    second();
    expect((await chat.untilLooked()).title).not.toContain('ready');
  });

  test('another makes the lookup: that the first one got no answer is not said any more', async () => {
    const busy = { status: 429, headers: { 'retry-after': '60' }, body: 'busy' };
    await bot.azure.fault({ match: { path: '/resources\\?|virtualMachines\\?' }, ...busy });
    const nextLookup = holdLookups(bot, 'candidates');
    const chat = await bot.thread('ana', 'backup vm-nowhere-99');
    const first = await nextLookup();
    await bot.azure.mend();
    await loseClaim(bot);
    const second = await nextLookup();
    first();
    const isTold = async () => !!((await dialogIn(chat)).look as { silentSince?: string } | null)?.silentSince;
    await eventually('its end', async () => logged('it does not count') || (await isTold()));
    expect(await isTold()).toBe(false);
    second();
    expect((await chat.untilLooked()).text).not.toContain('429');
  });
});
