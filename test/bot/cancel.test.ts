import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buttonsOf, SlackChat } from '../slack/support/slack-client.ts';
import { quickly } from '../support/quickly.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

/** So slow that a backup is still in its snapshot when it is cancelled. */
const speed = 4;

describe('cancelling', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', speed });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  test('a running backup is found by its VM, cancelled once, and both cards say so', async () => {
    const own = await bot.thread('ana', 'backup now vm-app-01');
    await own.untilButton('Cancel this backup');
    const chat = await bot.asks('ana', 'backup cancel VM-APP-01');
    const card = await chat.untilTitle('Cancel the backup of vm-app-01?');
    expect(card.text).toContain('Cancelling discards the snapshot; protection stays on.');
    expect(card.titles).toEqual(['Cancel this backup', 'Check again', 'Let it run']);
    await quickly(bot, { speed }, async () => {
      await chat.clicks('Cancel this backup');
      await chat.untilTitle('Job of vm-app-01 cancelled');
    });
    await own.untilTitle(/vm-app-01 was cancelled/);
    expect(await bot.azure.writes(/\/cancel\?/)).toHaveLength(1);
  });

  test('Azure refuses the cancel: the card says so, and the backup goes on to its end', async () => {
    const error = { code: 'UserErrorJobCannotBeCancelled', message: 'It cannot be cancelled.' };
    await bot.azure.fault({ match: { method: 'POST', path: '/cancel\\?' }, status: 400, body: { error } });
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await chat.untilButton('Cancel this backup');
    await chat.clicks('Cancel this backup');
    const said = 'Not cancelled: Azure refused the cancel that Ana de Vries requested. The backup continues.';
    await chat.until('the refusal', async () => (await chat.card()).text.includes(said));
    await bot.azure.control('POST', 'clock', { advanceSeconds: 7_200 });
    await chat.untilTitle(/vm-app-01 is backed up/);
    await bot.azure.reset();
  });

  test('nothing is running: said, without a button that acts', async () => {
    const all = await bot.asks('ana', 'backup cancel');
    expect((await all.untilTitle(/^ℹ️ Nothing is running$/u)).titles).toEqual(['Check again']);
    const chat = await bot.asks('ana', 'backup cancel vm-sql-01');
    expect((await chat.untilTitle('No job is running for vm-sql-01')).titles).toEqual(['Check again']);
  });

  test('a rule requires approval: the running card requests it on a card of its own, once', async () => {
    const approval = { approvals: 1, withinMs: 3_600_000, startMs: 3_600_000 };
    bot.rules.push({ operation: 'cancel-job', match: {}, verdict: { deny: false, approval } });
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await chat.untilButton('Cancel this backup');
    const running = await chat.newest();
    await chat.clicks('Cancel this backup');
    await chat.untilButton('Request approval');
    const cancels = (await bot.azure.writes(/\/cancel\?/)).length;
    const { data } = { data: { operation: (await bot.operationsIn(chat))[0]!.id } };
    await chat.sends({ verb: 'cancel-backup', data, on: running });
    await chat.clicks('Request approval');
    await chat.untilWaits('0 of 1');
    expect(await bot.rows('approval_request')).toHaveLength(1);
    expect((await bot.azure.writes(/\/cancel\?/)).length).toBe(cancels);
    await quickly(bot, { speed }, async () => {
      await chat.as('ben').clicks('Approve');
      await chat.untilTitle('Job of vm-app-01 cancelled');
    });
    expect((await bot.azure.writes(/\/cancel\?/)).length).toBe(cancels + 1);
    bot.rules.pop();
  });

  test('a job that somebody else started needs an administrator', async () => {
    const own = await bot.thread('ana', 'backup now vm-dup-01');
    await own.untilTitle(/2 VMs are called vm-dup-01/);
    await own.says('rg-app');
    await own.untilButton('Cancel this backup');
    const chat = await bot.asks('ben', 'backup cancel vm-dup-01');
    await chat.untilTitle('Cancel the backup of rg-app/vm-dup-01?');
    const answer = await chat.clicks('Cancel this backup');
    expect(answer.text).toMatch(/You can't cancel this backup.*needs the administrator role/);
    expect(await bot.azure.writes(/vm-dup-01.*\/cancel\?|cancel.*vm-dup-01/)).toEqual([]);
  });

  test('who started it and lost the role since is told of the role that would be enough, not of the administrator', async () => {
    const own = await bot.thread('ana', 'backup now vm-neu-01');
    await own.untilButton('Cancel this backup');
    const cancels = (await bot.azure.writes(/\/cancel\?/)).length;
    const roles = bot.roles.splice(0, bot.roles.length, { role: 'viewer', to: { kind: 'everyone' }, where: {} });
    const answer = await own.clicks('Cancel this backup');
    expect(answer.text).toMatch(/You can't cancel this backup.*needs the operator role/);
    expect(answer.text).not.toMatch(/administrator/);
    expect(await bot.azure.writes(/\/cancel\?/)).toHaveLength(cancels);
    bot.roles.splice(0, bot.roles.length, ...roles);
    await quickly(bot, { speed }, async () => {
      await own.clicks('Cancel this backup');
      await own.untilTitle(/vm-neu-01 was cancelled/);
    });
  });
});

/** So slow that nothing happens early unless a request expedites it. */
const never = 600_000;
const patient = { jobEarly: never, jobMid: never, jobLate: never, vaultBusy: never, vaultIdle: never };

describe('the cancel request', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', speed: 20, waits: patient });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  test('is seen at once by a job whose next poll is minutes away', async () => {
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await chat.untilTitle(/Backing up vm-app-01/);
    await chat.untilButton('Cancel this backup');
    await chat.clicks('Cancel this backup');
    await chat.until('the cancel', async () => (await bot.azure.writes(/\/cancel\?/)).length > 0);
  });

  test('is seen at the end of the stage that ran when it arrived', async () => {
    await bot.azure.reset();
    let cancelling: Promise<unknown> | null = null;
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'advance:before-save' || cancelling) return;
      if ((await bot.azure.requests('GET', /\/backupJobs\/[0-9a-f-]{36}/)).length === 0) return;
      const [operation] = await bot.operationsIn(chat);
      cancelling = chat.sends({ verb: 'cancel-backup', data: { operation: operation!.id } });
      await cancelling;
    };
    const chat = await bot.thread('ana', 'backup now vm-dup-01');
    await chat.untilTitle(/2 VMs are called vm-dup-01/);
    await chat.says('rg-app');
    await chat.until('the cancel', async () => (await bot.azure.writes(/\/cancel\?/)).length > 0);
    expect(await cancelling).toMatchObject({ status: 200 });
  });
});

describe('the VM of the job', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', speed });
    await (await bot.thread('ana', 'backup now rg-app/vm-dup-01')).untilButton('Cancel this backup');
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const id =
    '/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups/rg-app/providers/Microsoft.Compute/virtualMachines/vm-dup-01';

  test.each(['vm-dup-01', 'RG-APP/VM-DUP-01', id, `https://portal.azure.com/#@x.example/resource${id}/overview`])(
    'is named as %s, and the card says which of the two it is',
    async (name) => {
      const cancel = await bot.asks('ana', `backup cancel ${name}`);
      expect((await cancel.card()).title).toBe('❓ Cancel the backup of rg-app/vm-dup-01?');
      const job = await bot.asks('ana', `backup job ${name}`);
      expect((await job.card()).title).toBe('ℹ️ rg-app/vm-dup-01: backup running');
    },
  );

  test('the other one with that name has none', async () => {
    const chat = await bot.asks('ana', 'backup cancel rg-web/vm-dup-01');
    await chat.untilTitle('No job is running for rg-web/vm-dup-01');
  });

  test('one of two: the plan has the VM’s resource ID', async () => {
    const { jobs } = await bot.azure.state('jobs');
    const mine = jobs.find(({ vmName, status }) => vmName === 'vm-dup-01' && status === 'InProgress')!;
    const twin = { ...mine, id: '0badf00d-0000-4000-8000-000000000001', vmId: mine.vmId.replace('rg-app', 'rg-web') };
    await bot.azure.change({ jobs: [...jobs, { ...twin, container: mine.container.replace('rg-app', 'rg-web') }] });
    const chat = await bot.asks('ana', 'backup cancel vm-dup-01');
    const card = await chat.untilTitle('2 VMs with running jobs match vm-dup-01. Which?');
    expect(card.titles.slice(0, 2)).toEqual(['rg-app/vm-dup-01', 'rg-web/vm-dup-01']);
    const job = await (await bot.asks('ana', 'backup job vm-dup-01')).card();
    expect(job.titles.slice(0, 2)).toEqual(['rg-app/vm-dup-01', 'rg-web/vm-dup-01']);
    await chat.clicks('rg-app/vm-dup-01');
    await chat.untilTitle('Cancel the backup of rg-app/vm-dup-01?');
    await quickly(bot, { speed }, async () => {
      await chat.clicks('Cancel this backup');
      await chat.untilTitle('Job of vm-dup-01 cancelled');
    });
    const [operation] = await bot.operationsIn(chat);
    expect(operation!.plan).toMatchObject({
      vms: [{ id, name: 'vm-dup-01' }],
      parts: [{ vm: { id, name: 'vm-dup-01' } }],
    });
  });

  test('no name: everything that is running, the newest first, each one press away, in both chats', async () => {
    const asked = (await bot.azure.writes(/\/cancel\?/)).length;
    await (await bot.thread('ana', 'backup now vm-app-01')).untilButton('Cancel this backup');
    const chat = await bot.asks('ana', 'backup cancel');
    const card = await chat.untilTitle(
      /^❓ (One job is running\. Cancel it|2 jobs are running\. Cancel which one)\?$/u,
    );
    expect(card.shown).toMatch(/rg-app\/vm-app-01.*started .* UTC, rsv-prod-weu/s);
    expect(card.titles[0]).toBe('Cancel rg-app/vm-app-01');
    expect(JSON.stringify(card.buttons[0])).toMatch(/"backup cancel [0-9a-f]{8}-[0-9a-f-]{27}"/);
    await chat.clicks('Cancel rg-app/vm-app-01');
    await chat.untilTitle(/^❓ Cancel the backup of vm-app-01\?/u);
    const slack = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
    await slack.says('/backup cancel');
    const root = await slack.until('/backup cancel');
    expect(buttonsOf(await slack.in(root.ts).until(/running\. Cancel/))[0]).toBe('Cancel rg-app/vm-app-01');
    await slack.says('/backup cancel vm-app-01');
    const second = await slack.until('/backup cancel vm-app-01');
    const asks = await slack.in(second.ts).until(/Cancel the backup of vm-app-01/);
    expect(JSON.stringify(asks.blocks)).toContain('"text":"Cancelling discards the snapshot; protection stays on."');
    const dutch = await bot.as('ben').inDutch().asks('/backup cancel');
    expect(dutch.title).toMatch(/^❓ Er (loopt één taak\. Die|lopen 2 taken\. Welke) annuleren\?/u);
    expect(dutch.titles[0]).toBe('rg-app/vm-app-01 annuleren');
    expect(await bot.azure.writes(/\/cancel\?/)).toHaveLength(asked);
  });
});
