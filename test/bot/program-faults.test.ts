import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Failpoint } from '../../src/core/failpoint.ts';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { drillRoles, requestsDrill } from '../support/drill-talk.ts';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

describe('what a job says can’t keep a part running for ever', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config: drillRoles, speed: 20_000, leases: { sweep: 300 } });
  });
  afterEach(() => {
    bot.failpoint = () => {};
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const over = (chat: BotChat) =>
    chat.until('the end', async () => (await bot.operationsIn(chat)).every(({ status }) => status !== 'running'));

  test.each([
    ['a stray %', '%', 'vm-app-01'],
    ['a NUL', '%00', 'vm-app-02'],
  ])('a job whose template URL has %s: the drill ends, and deletes what it restored', async (_what, end, vm) => {
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'advance:after-save') return;
      const { jobs } = await bot.azure.state('jobs');
      const key = 'Template Blob Uri';
      if (!jobs.some(({ bag }) => bag[key] && !bag[key].endsWith(end))) return;
      const strayed = jobs.map((job) =>
        job.bag[key] ? { ...job, bag: { ...job.bag, [key]: `${job.bag[key]}${end}` } } : job,
      );
      await bot.azure.change({ jobs: strayed });
    };
    const chat = await requestsDrill(bot, vm);
    await chat.as('ben').clicks(say('button.approve'));
    await chat.untilTitle(new RegExp(say('trouble.template-missing')));
    await over(chat);
    const { disks } = await bot.azure.state('disks');
    expect(disks.filter(({ resourceGroup }) => resourceGroup === 'rg-drills')).toEqual([]);
  });
});

/** How often a stage is tried that fails by a fault of the program. */
const tries = 5;

describe('a stage in which the program itself fails', () => {
  let bot: TestBot;
  beforeAll(async () => {
    const leases = { operation: 2_000, renew: 500, sweep: 200 };
    bot = await startBot({ database: 'postgres', leases, waits: { again: 300 } });
  });
  afterEach(() => {
    bot.failpoint = () => {};
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const faultsOf = (chat: BotChat) => async () => {
    const ids = (await bot.operationsIn(chat)).map(({ id }) => id);
    const faults = bot.log.filter(({ text }) => text === 'a stage failed because of a fault of this program');
    return faults.filter(({ operation }) => ids.includes(String(operation))).length;
  };

  const backupsOf = (vm: string) => bot.azure.writes(new RegExp(`;${vm}/backup\\?`));

  /** The process ends at that point of this VM's backup, and what it stored is then as another release would have. */
  function endsAt(at: Failpoint, vm: string, stored: () => Promise<unknown>): void {
    bot.failpoint = async (failpoint) => {
      if (failpoint !== at || (await backupsOf(vm)).length === 0) return;
      bot.failpoint = () => {};
      await stored();
      throw new Error('the process ends here');
    };
  }

  /** Azure's answer to the backup that was requested last has a form which the stage doesn't know: a `TypeError`. */
  const unknownReceipt = () =>
    sql`update attempt set receipt = 'null' where call = 'back-up' and outcome = 'accepted'`.execute(bot.database.db);

  test('ends it after five tries as unknown, once; who asked is told; what else runs goes on; a start begins nothing again', async () => {
    endsAt('write:after-settle', 'vm-app-01', unknownReceipt);
    const faulty = await bot.thread('ana', 'backup now vm-app-01');
    const faults = faultsOf(faulty);
    await eventually('the first fault', async () => (await faults()) > 0);
    const other = await bot.asks('ben', 'backup vm-plain-01');
    await other.clicks(say('button.protect+back-up-now'));

    await faulty.untilTitle(new RegExp(say('trouble.program-fault')));
    expect((await faulty.card()).text).toContain(say('trouble-why.program-fault'));
    await faulty.untilTold(say('trouble.program-fault'));
    await other.untilTitle(/vm-plain-01 is backed up/);
    expect(await faults()).toBe(tries);
    const [operation] = await bot.operationsIn(faulty);
    expect(operation).toMatchObject({ status: 'failed', due_at: null });

    await bot.restart();
    const later = await bot.asks('ben', 'backup status vm-plain-01');
    await later.untilTitle(/./);
    expect(await bot.operationsIn(faulty)).toEqual([operation]);
    expect(await faults()).toBe(tries);
    expect((await faulty.pings()).length).toBe(1);
    expect((await backupsOf('vm-app-01')).length).toBe(1);
  });

  test('is tried on after a restart where it was, five times in all', async () => {
    const before = (await backupsOf('vm-app-01')).length;
    endsAt('write:after-settle', 'vm-app-01', unknownReceipt);
    const faulty = await bot.thread('ana', 'backup now vm-app-01');
    const faults = faultsOf(faulty);
    await eventually('two faults', async () => (await faults()) > 1);
    await bot.restart();
    await faulty.untilTitle(new RegExp(say('trouble.program-fault')));
    expect(await faults()).toBe(tries);
    expect((await backupsOf('vm-app-01')).length).toBe(before + 1);
  });

  test('a card that can’t be drawn holds up nothing: it says so, the work goes on to its end, and who asked is told', async () => {
    // When a phase began is stored: another release wrote that differently, and no card can show it.
    let isChanged = false;
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'advance:after-save' || isChanged) return;
      const changed = await sql`update operation set parts = jsonb_set(parts, '{back-up,memo,phaseSince}', '"noon"')
        where status = 'running' and parts #>> '{back-up,memo,phase}' = 'transfer'`.execute(bot.database.db);
      isChanged = Number(changed.numAffectedRows) > 0;
    };
    // Slow enough that the copy is seen while it runs.
    await bot.azure.control('POST', 'clock', { speed: 2_000 });
    const chat = await bot.thread('ana', 'backup now vm-neu-01');
    await chat.untilTitle(say('undrawn.title', { vm: 'vm-neu-01' }));
    await chat.until('the end', async () => (await bot.operationsIn(chat))[0]?.status === 'succeeded');
    expect(isChanged).toBe(true);
    await chat.untilTold(say('undrawn.told', { vm: 'vm-neu-01' }));
    await chat.until('the last card', async () => (await chat.card()).text.includes(say('undrawn.ended')));
    const [operation] = await bot.operationsIn(chat);
    expect((await chat.sends({ verb: 'show', data: { operation: operation!.id } })).status).toBe(200);
    expect((await backupsOf('vm-neu-01')).length).toBe(1);
  });
});
