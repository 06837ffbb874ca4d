/** Drills that start on a schedule, from the entry in `kluis.yaml` to the card in its channel. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { DrillFile } from '../../src/audit/drill-file.ts';
import { startDueDrills } from '../../src/bot/drills/start-due.ts';
import { words } from '../../src/message/words.ts';
import type { Plan } from '../../src/operations/parts/plan.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { eventually } from '../support/eventually.ts';
import { dailyDrills, requestsDrill } from '../support/drill-talk.ts';
import { lookedAt } from '../support/looked-at.ts';
import { restoreRoles } from '../support/restore-talk.ts';
import { SlackChat, textOf } from '../slack/support/slack-client.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { viewOf } from '../support/card-view.ts';
import { channel, presses, untilCard } from '../support/channel-cards.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
/** Chris may break the glass, and a group is named, so that the directory is read. */
const breakGlass = `
breakGlass: { group: ['group:22222222-2222-2222-2222-222222222222'], perMonth: 5 }
`;
const directoryFault = { match: { method: 'POST', path: 'checkMemberGroups' }, status: 503, body: 'not now' };

describe('scheduled drills', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({
      database: 'postgres',
      config: `${restoreRoles}${dailyDrills(channel)}${breakGlass}`,
      speed: 20_000,
      leases: { sweep: 300 },
    });
    await bot.asks('ana', 'backup vaults');
  });
  afterEach(() => {
    bot.failpoint = () => {};
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const looked = () => lookedAt(bot, 'drills');
  /** The drills that the schedule started, oldest first. */
  const started = async () =>
    (await bot.rows('operation'))
      .filter(({ requester }) => (requester as { system?: string }).system === 'schedule')
      .toSorted((one, other) => one.created_at.getTime() - other.created_at.getTime());
  const ended = (count: number, isGood = true) =>
    bot.as('ana').until(`${count} drills that ended`, async () => {
      const all = await started();
      const { status = 'running' } = all.at(-1) ?? {};
      return all.length === count && status !== 'running' && (status === 'succeeded') === isGood;
    });
  const vmOf = ({ plan }: { plan: unknown }) => (plan as Plan).vms[0]!.name;
  /** The cards in the channel itself that say this. */
  const posted = async (text: string) => {
    const all = await bot.lab.messages(channel, 'ana');
    return all
      .flatMap(({ card, from }) => (card && from.person === null ? [viewOf(card)] : []))
      .filter((card) => [card.title, card.text].join('\n').includes(text));
  };
  const untilPosted = (text: string, count = 1) =>
    bot.as('ana').until(`${count} × ${text}`, async () => {
      const cards = await posted(text);
      return cards.length === count ? cards.at(-1) : null;
    });
  const drillParts = ['vms', 'disks', 'networkInterfaces'] as const;
  const inDrills = ({ vms, disks, networkInterfaces }: Pick<SimState, (typeof drillParts)[number]>) =>
    [...vms, ...disks, ...networkInterfaces].filter(({ resourceGroup }) => resourceGroup === 'rg-drills');
  /** Moves the time to this many days after the earlier drills. */
  const later = (days: number, vm = '%') =>
    sql`update drill_turn set ended_at = ended_at - ${days} * interval '1 day', tried_on = null
        where vm_id like ${vm}`.execute(bot.database.db);
  const allowed = async (name = 'apps'): Promise<BotChat> => {
    const chat = await bot.asks('ana', `backup drills ${name}`);
    await chat.untilTitle(say('drills.ask', { name }));
    await chat.clicks(say('button.ask-approval'));
    await chat.untilWaits('0 of 1');
    await chat.as('ben').clicks(say('button.approve'));
    await chat.untilTitle(say('drills.allowed', { name }));
    return chat;
  };
  const endsDrills = async (): Promise<void> => {
    const chat = await bot.asks('ana', 'backup drills apps');
    await chat.untilTitle(say('drills.allowed', { name: 'apps' }));
    await chat.clicks(say('button.end-drills'));
    await chat.untilTitle(say('closing.end-drills', { name: 'apps' }));
  };

  test('nothing starts until others have approved it, and the channel is told so once', async () => {
    await looked();
    const told = await untilPosted(say('drills.wait', { name: 'apps' }));
    expect(told.titles).toEqual([say('drills.see-all')]);
    await looked();
    expect(await posted(say('drills.wait', { name: 'apps' }))).toHaveLength(1);
    const digest = await (await bot.asks('ana', 'backup digest')).card();
    expect(digest.text).toContain(say('digest.drills-of', { due: 2, failed: 0 }));
    expect(digest.text).toContain(say('digest.drills-wait', { names: 'apps' }));
    const chat = await bot.asks('ana', 'backup drills');
    const card = await chat.untilTitle(say('drills.ask', { name: 'apps' }));
    expect(card.text).toContain('vm-app-01');
    expect(card.text).toContain(say('drills.never'));
    const tooLate = new Date(Date.now() + 367 * 86_400_000).toISOString().slice(0, 10);
    for (const until of ['soon', '2020-01-01', '2999-01-01', tooLate])
      expect((await chat.clicks(say('button.ask-approval'), { until })).text).toBe(say('refusal.drills-date'));
    expect(await bot.rows('drill_approval')).toEqual([]);
    expect(await started()).toEqual([]);
  });

  test('once approved, one VM after another is drilled; each is started once, however many replicas check', async () => {
    const chat = await allowed();
    expect((await chat.card()).text).toContain('vm-app-*');
    expect(await bot.rows('drill_approval')).toMatchObject([
      { entry: 'apps', allowed_by: 'Ben Jansen', ended_at: null },
    ]);
    // A process that checked and was killed before it started anything: the next one starts it.
    await sql`update scheduled_look set due_at = now(), fence = fence + 1,
      held_until = now() - interval '1 second' where kind = 'drills'`.execute(bot.database.db);
    // The process ends when the drill has been started and nothing was sent.
    let isOver = false;
    bot.failpoint = (failpoint) => {
      if (failpoint !== 'write:before-attempt' && !isOver) return;
      isOver = true;
      throw new Error('the process ended here');
    };
    // Two replicas, each with its own connections to the database.
    const second = await bot.second();
    const replicas = [bot.deps, { ...bot.deps, database: second }];
    await Promise.all([...replicas, ...replicas].map((deps) => startDueDrills(deps)));
    await second.close();
    await eventually('the crash', () => isOver);
    await bot.stop();
    bot.failpoint = () => {};
    expect(await bot.azure.writes()).toEqual([]);
    await bot.start();
    await ended(1);
    expect(await bot.azure.writes(/\/restore\?/)).toHaveLength(1);
    const [first] = await started();
    expect(first!.conversation_id).toBe(`teams:${channel}`);
    await untilPosted(say('closing.drill', { vm: vmOf(first!) }));
    expect(inDrills(await bot.azure.state(...drillParts))).toEqual([]);
    const reports = (await bot.rows('audit')).flatMap(({ entry }) => (entry as { file?: DrillFile }).file ?? []);
    expect(reports.map(({ report }) => report)).toMatchObject([{ result: 'succeeded', startedBy: 'schedule' }]);
    await looked();
    await ended(2);
    const drilled = (await started()).map(vmOf);
    expect(new Set(drilled).size).toBe(2);
    await looked();
    await ended(2);
    // Each is due again when its own time has passed.
    await later(28);
    await looked();
    await ended(2);
    await later(2, `%/${drilled[1]}`);
    await looked();
    await ended(3);
    expect((await started()).map(vmOf)[2]).toBe(drilled[1]);
  });

  test('a changed entry voids it and the channel is told once; approved again, then stopped by a person', async () => {
    const drills = bot.deps.drills as unknown as { schedule: { days: number } }[];
    const before = (await started()).length;
    drills[0]!.schedule.days = 20;
    await later(40);
    await looked();
    await untilPosted(say('drills.told-changed'));
    await looked();
    expect(await posted(say('drills.told-changed'))).toHaveLength(1);
    // Changed back, it is still void: nobody can tell what it was meanwhile.
    drills[0]!.schedule.days = 30;
    await looked();
    const back = await bot.asks('ana', 'backup drills');
    await back.untilTitle(say('drills.ask', { name: 'apps' }));
    expect((await back.card()).text).toContain(say('drills.standing-changed'));
    expect(await started()).toHaveLength(before);
    await allowed();
    // Its day has passed.
    await sql`update drill_approval set until = now() where ended_at is null`.execute(bot.database.db);
    await looked();
    await untilPosted(say('drills.told-over'));
    expect(await started()).toHaveLength(before);
    drills[0]!.schedule.days = 20;
    await allowed();
    const stop = await bot.asks('ana', 'backup drills apps');
    await stop.untilTitle(say('drills.allowed', { name: 'apps' }));
    expect((await stop.card()).text).toContain('by Ben Jansen');
    await stop.clicks(say('button.end-drills'));
    await stop.untilTitle(say('closing.end-drills', { name: 'apps' }));
    await looked();
    expect(await started()).toHaveLength(before);
    expect((await bot.rows('audit')).map(({ entry }) => (entry as { does?: string }).does)).toEqual(
      expect.arrayContaining(['allow-drills', 'end-drills']),
    );
  });

  test('the present rules apply to each drill: if they require more, it is refused, and that is reported once', async () => {
    const before = (await started()).length;
    await allowed();
    const verdict = { deny: false, approval: { approvals: 2, withinMs: 3_600_000, startMs: 3_600_000 } } as const;
    bot.rules.push({ operation: 'restore-disks', match: { vm: 'vm-app-*' }, verdict });
    await looked();
    await untilPosted(say('refusal.standing-not-enough', { approvals: 2 }));
    await later(0);
    await looked();
    expect(await posted(say('refusal.standing-not-enough', { approvals: 2 }))).toHaveLength(1);
    bot.rules.splice(bot.rules.length - 1, 1, { operation: 'create-vm', match: {}, verdict: { deny: true } });
    await later(0);
    await looked();
    await untilPosted(say('ruled.denied-everywhere'));
    bot.rules.pop();
    // Two rules are two reasons.
    const vms = ['vm-app-01', 'vm-app-02'];
    bot.rules.push(...vms.map((vm) => ({ operation: 'create-vm', match: { vm }, verdict: { deny: true } }) as const));
    await later(0);
    await looked();
    for (const vm of vms) await untilPosted(say('ruled.denied-by', { rule: `vm: ${vm}` }));
    bot.rules.splice(bot.rules.length - 2);
    // The schedule has no role in Azure.
    const none = { deny: false, approval: null } as const;
    bot.rules.push({ operation: 'drill', match: { vm: 'vm-app-*' }, verdict: none, azureRole: true });
    await later(0);
    await looked();
    await untilPosted(say('drill.why-asker'));
    bot.rules.pop();
    // The person who requested it may no longer have a drill.
    const roles = bot.roles.splice(0, bot.roles.length, ...bot.roles.filter(({ role }) => role !== 'operator'));
    await later(0);
    await looked();
    await untilPosted(say('drill.why-asker'), 2);
    bot.roles.splice(0, bot.roles.length, ...roles);
    expect(await started()).toHaveLength(before);
  });

  test('ended while a drill runs: nothing more is created, and what it created is deleted', async () => {
    const before = (await started()).length;
    await (await bot.thread('ana', 'backup watch')).untilTitle(say('watch.on'));
    // Even where nothing in a drill needs an approval.
    const rules = bot.rules.length;
    const alone = { deny: false, approval: 'operator' } as const;
    for (const operation of ['drill', 'restore-disks', 'create-vm'] as const)
      bot.rules.push({ operation, match: {}, verdict: alone });
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'write:after-send') return;
      bot.failpoint = () => {};
      await endsDrills();
    };
    const deployed = (await bot.azure.requests('PUT', /deployments\/kluis-/i)).length;
    await later(0);
    await looked();
    await ended(before + 1, false);
    bot.rules.splice(rules);
    expect(await bot.azure.requests('PUT', /deployments\/kluis-/i)).toHaveLength(deployed);
    expect(inDrills(await bot.azure.state(...drillParts))).toEqual([]);
    await untilPosted(say('trouble.not-allowed-any-more'), 2);
    // A failed drill is an alert, with its cause, until that VM's next good one.
    const vm = vmOf((await started()).at(-1)!);
    const alert = await untilCard(bot, say('sighted.drill-failed.one', { name: vm }));
    expect(alert.card.text).toContain(say('trouble.not-allowed-any-more'));
    await (await presses(bot, alert, say('button.drill-again'))).untilTitle(say('drill.sure', { vm }));
    const closed = async () =>
      (await bot.rows('alert')).flatMap((row) => (row.cause_key.startsWith('drill-failed') ? [row.closed_at] : []));
    expect(await closed()).toEqual([null]);
    await allowed();
    await later(1000, `%/${vm}`);
    await looked();
    await ended(before + 2);
    await untilPosted(`Resolved: restore drill of ${vm} failed`);
    expect(await closed()).toEqual([expect.any(Date)]);
  });

  type Entries = { schedule: { days: number } }[];
  test.each<[string, (entries: Entries) => unknown]>([
    ['expired', () => sql`update drill_approval set until = now() where ended_at is null`.execute(bot.database.db)],
    ['void because its entry changed', ([entry]) => (entry!.schedule.days += 1)],
    ['void because its entry was removed', (entries) => entries.splice(0)],
  ])('%s while a drill runs: the same, and the next one needs a new approval', async (_, happens) => {
    const before = { drills: (await started()).length, ...(await bot.azure.state('blobs')) };
    const entries = bot.deps.drills as unknown as Entries;
    const asWritten = structuredClone(entries);
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'write:after-send') return;
      bot.failpoint = () => {};
      await happens(entries);
    };
    const created = () => bot.azure.requests('PUT', /deployments\/kluis-/i);
    const deployed = (await created()).length;
    await later(1000);
    await looked();
    await ended(before.drills + 1, false);
    expect(await created()).toHaveLength(deployed);
    const { blobs, ...after } = await bot.azure.state('blobs', ...drillParts);
    expect([inDrills(after), blobs]).toEqual([[], before.blobs]);
    const reports = (await bot.rows('audit')).flatMap(({ entry }) => (entry as { file?: DrillFile }).file ?? []);
    expect(reports.at(-1)!.report).toMatchObject({ result: 'failed', left: [] });
    // Written back after a check has seen it, it stays void.
    await looked();
    entries.splice(0, entries.length, ...asWritten);
    await later(1000);
    await looked();
    expect(await started()).toHaveLength(before.drills + 1);
    await allowed();
  });

  test('while the directory can’t be read a drill that runs ends well, and none starts; then the one that is due does', async () => {
    const before = (await started()).length;
    const ready = async () => (await fetch(`${bot.url}/readyz?full`)).json();
    let meanwhile: unknown;
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'write:after-send') return;
      bot.failpoint = () => {};
      await bot.azure.fault(directoryFault);
      // Nobody has asked about Chris yet.
      await bot.as('chris').says('backup vaults');
      meanwhile = await ready();
    };
    await later(1000);
    await looked();
    await ended(before + 1);
    expect(meanwhile).toMatchObject({ identities: false, database: true });
    expect(inDrills(await bot.azure.state(...drillParts))).toEqual([]);
    // What it answered before is forgotten.
    await bot.restart();
    await later(1000);
    const posts = (await posted('')).length;
    for (let look = 0; look < 2; look++) await looked();
    expect(await ready()).toMatchObject({ identities: false });
    expect(await started()).toHaveLength(before + 1);
    expect(await posted('')).toHaveLength(posts);
    await bot.azure.mend();
    await looked();
    await ended(before + 2);
  });

  test('a VM that can’t be read completely is reported, delays no other, and gets its turn when it can', async () => {
    const before = (await started()).length;
    const body = { error: { code: 'AuthorizationFailed', message: 'no' } };
    await bot.azure.fault({ match: { method: 'GET', path: 'virtualMachines/vm-app-01-drill' }, status: 403, body });
    await later(1000, '%/vm-app-02');
    await later(2000, '%/vm-app-01');
    await looked();
    const told = await untilPosted(say('drill.why-fault'));
    expect(told.title).toContain(say('drills.not-yet', { vm: 'vm-app-01' }));
    await ended(before + 1);
    expect(vmOf((await started()).at(-1)!)).toBe('vm-app-02');
    await looked();
    expect(await posted(say('drill.why-fault'))).toHaveLength(1);
    await bot.azure.mend();
    await looked();
    await ended(before + 2);
    expect(vmOf((await started()).at(-1)!)).toBe('vm-app-01');
  });

  test('each channel gets a reason once, whatever is recorded about VMs without drills', async () => {
    const { virtualNetworks } = await bot.azure.state('virtualNetworks');
    const peerings = [
      {
        name: 'to-prod',
        remoteId: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/prod',
      },
    ];
    await bot.azure.change({ virtualNetworks: virtualNetworks.map((one) => ({ ...one, peerings })) });
    const open = JSON.stringify({ hindrance: 'network-open' });
    await sql`insert into drill_turn (vm_id, refused) values ('/vms/of-nobody', ${open}::jsonb)`.execute(
      bot.database.db,
    );
    // Another entry's cards are elsewhere.
    const slack = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
    await slack.in((await slack.says('@Kluis backup vaults')).ts as string).until('rsv-prod-weu');
    const entries = bot.deps.drills as unknown as { schedule: object }[];
    const schedule = { ...entries[0]!.schedule, name: 'dups', channel: 'C0GENERAL1' };
    entries.push({ ...entries[0]!, match: { vm: 'vm-dup-*' }, schedule } as never);
    await allowed('dups');
    await later(1000);
    const why = say('drill.why-network-open').replace(/:$/, '.');
    for (let look = 0; look < 2; look++) {
      await looked();
      await untilPosted(why);
      await slack.until(why);
      await later(0);
    }
    expect((await slack.said()).filter((one) => textOf(one).includes(why))).toHaveLength(1);
    entries.pop();
    await bot.azure.change({ virtualNetworks });
  });

  test('nobody can break the glass for what would start again and again', async () => {
    await endsDrills();
    const chat = await bot.asks('ana', 'backup drills');
    await chat.clicks(say('button.ask-approval'));
    await chat.untilWaits('0 of 1');
    expect((await chat.as('chris').card()).titles).not.toContain(say('button.break-glass'));
    await chat.clicks(say('button.withdraw'));
    await chat.untilTitle('request withdrawn');
    await allowed();
  });

  test('an approver in Slack who became a guest counts for no drill, and does again afterwards', async () => {
    const before = (await started()).length;
    await endsDrills();
    await sql`update drill_turn set refused = null`.execute(bot.database.db);
    const general = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
    const thread = general.in((await general.says('@Kluis backup drills apps')).ts as string);
    await thread.until(say('drills.ask', { name: 'apps' }));
    await thread.presses(say('button.ask-approval'));
    await thread.until('0 of 1 · until');
    await thread.as('ben').presses(say('button.approve'));
    await thread.until(say('drills.allowed', { name: 'apps' }));
    const guest = (isGuest: boolean) => general.control('person', { as: 'ben', isGuest });
    await guest(true);
    await later(1000);
    await looked();
    await untilPosted(say('refusal.standing-not-enough', { approvals: 1 }));
    expect(await started()).toHaveLength(before);
    await guest(false);
    await later(0);
    await looked();
    await ended(before + 1);
  });

  test('a drill that a person started counts among those at once, and is deleted while no role can be read', async () => {
    const before = (await started()).length;
    await endsDrills();
    await allowed();
    // It continues until the fault is fixed.
    await bot.azure.fault({
      match: { method: 'DELETE', path: 'virtualMachines/vm-app-01-drill' },
      status: 429,
      body: {},
    });
    const deletes = async () => (await bot.azure.requests('DELETE', /vm-app-01-drill/)).length;
    const earlier = await deletes(); // of the drills before
    const chat = await requestsDrill(bot, 'vm-app-01');
    await chat.as('ben').clicks(say('button.approve'));
    await chat.until('a drill', async () => (await bot.operationsIn(chat)).length === 1);
    await later(1000);
    await looked();
    expect(await started()).toHaveLength(before);
    await eventually('a try to delete it', async () => (await deletes()) > earlier);
    // It is deleted even while nobody's role can be read.
    await bot.stop();
    await bot.azure.mend();
    await bot.azure.fault(directoryFault);
    await bot.start();
    await chat.untilTitle(say('closing.drill', { vm: 'vm-app-01' }));
    await bot.azure.mend();
    await looked();
    await ended(before + 1);
    expect(vmOf((await started()).at(-1)!)).toBe('vm-app-02');
  });
});
