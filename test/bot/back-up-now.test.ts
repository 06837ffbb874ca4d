import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import type { ButtonView, CardView } from '../support/card-view.ts';
import { fail } from '../support/failing.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const backUpNow = say('button.back-up-now');
const cancelBackup = say('button.cancel-backup');
const hours = 3_600_000;

describe('a backup outside the schedule', () => {
  let bot: TestBot;
  beforeAll(async () => {
    // Slow enough that the snapshot lasts until the test advances the clock.
    bot = await startBot({ database: 'postgres', speed: 4, waits: fast });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  beforeEach(() => bot.azure.reset());

  test('the state first, then one click', async () => {
    const chat = await bot.asks('ana', 'backup vm-app-01');
    expect((await chat.card()).titles).toContain(backUpNow);
    await chat.clicks(backUpNow);
    const running = await chat.untilTitle(/Backing up vm-app-01/);
    expect(running.shown).toContain('started by Ana de Vries');
    const snapshot = await untilSnapshot(chat);
    expect(snapshot.titles).toEqual([cancelBackup]);
    expect(snapshot.shown).toContain(say('progress.cancel-while'));
    await bot.azure.pass(330 / 4);
    const copy = await untilCopy(chat);
    expect(copy.titles).toEqual([]);
    expect(copy.shown).toContain(say('progress.cancel-too-late'));
    await bot.azure.pass(1600 / 4);
    const closed = await chat.untilTitle(/vm-app-01 is backed up/);
    expect(closed.shown).toContain(say('closing.keys-with-disks'));
    await chat.until('the mention of the end', async () => (await chat.pings()).length === 1);
    expect(await chat.messages()).toHaveLength(2);
  });

  test('jobs failed: an error that passes says so, and its button repeats the backup; once that is done it isn’t offered', async () => {
    const passing = 'VMRestorePointInternalError';
    await fail(bot.azure, {
      'vm-app-01': passing,
      'vm-neu-01': 'ErrorOfNobody',
      'vm-dup-01': 'UserErrorFsFreezeFailed',
    });
    const { id } = (await bot.azure.state('jobs')).jobs.find(({ errors }) => errors?.[0]?.errorTitle === passing)!;
    const chat = await bot.asks('ana', 'backup jobs failed');
    const card = await chat.card();
    expect(card.shown).toMatch(/vm-app-01\n.* · often temporary$/m);
    expect(card.shown.match(/often temporary/g)).toHaveLength(1);
    expect(card.heard).toEqual(expect.arrayContaining(['Back up now: vm-app-01', 'Show job: vm-neu-01']));
    expect(card.heard.filter((title) => /^Show fix: .*vm-dup-01/.test(title))).toHaveLength(1);
    const job = await (await bot.asks('ben', `backup job ${id}`)).card();
    expect([job.titles[0], job.shown.includes(say('job.passes'))]).toEqual([backUpNow, true]);
    const status = await (await bot.asks('ben', 'backup status')).card();
    expect(status.heard).toContain('Back up now: vm-app-01');

    await chat.clicks('Back up now: vm-app-01');
    await untilSnapshot(chat);
    await bot.azure.pass(500);
    await chat.untilTitle(/vm-app-01 is backed up/);
    const later = await (await bot.asks('ana', 'backup jobs failed')).card();
    expect(later.shown).toMatch(/vm-app-01\n.* · backed up since$/m);
    expect(later.heard).toContain('Show fix: vm-app-01');
    const over = await (await bot.asks('ben', `backup job ${id}`)).card();
    expect([over.titles.includes(backUpNow), over.shown.includes(say('job.passes'))]).toEqual([false, false]);
  });

  test.each([
    ['backup now vm-app-01', 30],
    ['backup now vm-app-01 retain 90d', 90],
    ['/backup now VM-APP-01 retain 8w', 56],
    ['backup now rg-app/vm-app-01 retain 1 year', 365],
  ])('%s: no click, and kept as long as requested', async (text, days) => {
    const chat = await bot.thread('ana', text);
    const posted = await chat.until(
      'the request',
      async () => (await bot.azure.requests('POST', /;vm-app-01\/backup\?/))[0],
    );
    const { properties } = posted!.body as { properties: { recoveryPointExpiryTimeInUTC: string; objectType: string } };
    expect(properties.objectType).toBe('IaasVMBackupRequest');
    const kept = Date.parse(properties.recoveryPointExpiryTimeInUTC) - Date.parse(posted!.time);
    expect(Math.abs(kept - days * 24 * hours)).toBeLessThan(60_000);
    await bot.azure.pass(500);
    const closed = await chat.untilTitle(/vm-app-01 is backed up/);
    expect(closed.shown).toContain(`${say('closing.kept')}: `);
    expect((await chat.card()).titles).not.toContain(backUpNow);
  });

  test('a running backup is joined, whoever started it: no second one', async () => {
    const first = await bot.thread('ana', 'backup now vm-app-01');
    await untilSnapshot(first);
    const second = await bot.thread('ben', 'backup now vm-app-01');
    const joined = await second.untilTitle(/Following the running backup of vm-app-01/);
    // Who follows it didn't start it.
    const started = /the backup was started by Ana de Vries · followed by Ben Jansen/;
    await second.until('who started it', async () => started.test((await second.card()).shown));
    expect(joined.shown).not.toContain('started by Ben Jansen');
    await bot.azure.pass(500);
    await Promise.all([first, second].map((chat) => chat.untilTitle(/vm-app-01 is backed up/)));
    expect((await second.card()).text).toMatch(/The backup was started by Ana de Vries · followed by Ben Jansen/);
    expect((await first.card()).text).toContain('Started by Ana de Vries');
    expect(await bot.azure.requests('POST', /;vm-app-01\/backup\?/)).toHaveLength(1);
    const [mine, theirs] = await Promise.all(
      [first, second].map((chat) => chat.until('the mention', async () => (await chat.pings())[0])),
    );
    expect([mine!.text, theirs!.text]).toEqual([
      expect.stringContaining('Ana de Vries'),
      expect.stringContaining('Ben Jansen'),
    ]);
  });

  test('cancelled by a double click while the snapshot is taken: who did it is named, mentioned, and nothing is claimed', async () => {
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    const { buttons } = await untilSnapshot(chat);
    const [{ verb, data }] = buttons as [ButtonView];
    const [{ card }] = await Promise.all([chat.sends({ verb, data }), chat.sends({ verb, data })]);
    expect(card!.shown).toContain(say('progress.cancelling-by', { who: 'Ana de Vries' }));
    expect(card!.titles).toEqual([]);
    await chat.until('the request', async () => (await bot.azure.requests('POST', /backupJobs\/[^/]+\/cancel/))[0]);
    await bot.azure.pass(100);
    const closed = await chat.untilTitle(say('cancelled.backup', { vm: 'vm-app-01', who: 'Ana de Vries' }));
    expect(closed.titles).not.toContain(cancelBackup);
    const [ping] = await chat.until('the mention', async () => ((await chat.pings()).length ? chat.pings() : null));
    expect(ping!.text).toContain(say('ping.cancelled', { vm: 'vm-app-01' }));
    expect(await bot.azure.requests('POST', /\/cancel\?/)).toHaveLength(1);
  });

  test('a cancel that comes too late is answered, and the backup continues', async () => {
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    const { buttons } = await untilSnapshot(chat);
    const [press] = buttons;
    await bot.azure.pass(330 / 4);
    await untilCopy(chat);
    await chat.sends({ verb: press!.verb, data: press!.data });
    await bot.azure.pass(1600 / 4);
    await chat.untilTitle(/vm-app-01 is backed up/);
    const after = await chat.sends({ verb: press!.verb, data: press!.data });
    expect(after.text).toContain(say('refusal.job-not-running'));
  });

  test('cancelled elsewhere: reported as that', async () => {
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await untilSnapshot(chat);
    const job = (await bot.azure.state('jobs')).jobs.find(({ status }) => status === 'InProgress')!;
    const path = `${job.vaultId}/backupJobs/${job.id}/cancel?api-version=2025-02-01`;
    const cancelled = await fetch(`${bot.azure.url}${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer owner' },
    });
    expect(cancelled.status).toBe(202);
    await bot.azure.pass(100);
    await chat.untilTitle(say('cancelled.backup-elsewhere', { vm: 'vm-app-01' }));
  });

  test('the ninth attempt of the day is used: blocked, and nothing is sent', async () => {
    const { jobs } = await bot.azure.state('jobs');
    const one = jobs.find(({ vmName, operation }) => vmName === 'vm-app-01' && operation === 'Backup')!;
    const today = new Date().toISOString();
    // A job doesn't say whether it was scheduled: one of them may be taken for the policy's run.
    const used = Array.from({ length: 10 }, () => ({
      ...one,
      id: randomUUID(),
      start: today,
      end: today,
      onDemand: true,
    }));
    await bot.azure.change({ jobs: [...jobs, ...used] });
    const card = await (await bot.asks('ana', 'backup now vm-app-01')).card();
    expect(card.titles).not.toContain(backUpNow);
    expect(card.shown).toMatch(/9/);
    expect(await bot.azure.writes()).toEqual([]);
  });

  /** The first of the two phases may show before Azure has named the job; only then can it be cancelled. */
  const untilCard = async (chat: BotChat, fits: (card: CardView) => boolean) => {
    await chat.until('the phase', async () => (await chat.cards()).length > 0 && fits(await chat.card()));
    return chat.card();
  };
  const untilSnapshot = (chat: BotChat) => untilCard(chat, ({ titles }) => titles.includes(cancelBackup));
  const untilCopy = (chat: BotChat) => untilCard(chat, ({ shown }) => shown.includes(`● ${say('phase.copy')}`));
});

/** The product polls often, at any speed of Azure: the clock is advanced by hand. */
const fast = {
  operation: 40,
  jobEarly: 60,
  jobMid: 60,
  jobLate: 60,
  vaultBusy: 500,
  vaultIdle: 1000,
  trace: 40,
  again: 40,
  point: 5000,
};

test('how long it usually takes comes from this VM’s own history, and is called an estimate', async () => {
  await using bot = await startBot({ database: 'postgres', speed: 4, waits: fast });
  const { jobs } = await bot.azure.state('jobs');
  const own = jobs
    .filter(
      ({ vmName, operation, status }) => vmName === 'vm-app-01' && operation === 'Backup' && status === 'Completed',
    )
    .toSorted((one, other) => other.start.localeCompare(one.start))
    .slice(0, 6);
  const took = own.map(({ start, end }) => Date.parse(end!) - Date.parse(start)).toSorted((one, other) => one - other);
  expect(took.length).toBeGreaterThan(1);
  const chat = await bot.asks('ana', 'backup vm-app-01');
  const known = async () =>
    (await bot.rows('job')).filter(({ id }) => own.some((job) => id.endsWith(job.id.toLowerCase())));
  await chat.until('the first look at the vault', async () => (await known()).length === own.length);
  await chat.clicks(backUpNow);
  await chat.until('the job', async () => (await chat.card()).titles.includes(cancelBackup));
  const { duration } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
  const usual = duration(took[Math.floor(took.length / 2)]!);
  expect((await chat.card()).shown).toContain(say('progress.usually', { usual, count: took.length }));
});
