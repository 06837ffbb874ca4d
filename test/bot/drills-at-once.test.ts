/** Several drills of one entry that are due on the same day. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startDueDrills } from '../../src/bot/drills/start-due.ts';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { words } from '../../src/message/words.ts';
import type { Plan } from '../../src/operations/parts/plan.ts';
import type { DrillFile } from '../../src/audit/drill-file.ts';
import { channel } from '../support/channel-cards.ts';
import { dailyDrills } from '../support/drill-talk.ts';
import { lookedAt } from '../support/looked-at.ts';
import { addMachines } from '../support/more-machines.ts';
import { restoreRoles } from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

let bot: TestBot;
let names: string[];
beforeAll(async () => {
  const entry = dailyDrills(channel).replace("'vm-app-*'", "'vm-more-*'").replace('every:', 'atOnce: 2, every:');
  bot = await startBot({
    database: 'postgres',
    config: restoreRoles + entry,
    speed: 20_000,
    leases: { sweep: 300 },
  });
  names = await addMachines(bot.azure, 5, 'vm-dup-01');
  await refreshInventory(bot.deps);
  await bot.asks('ana', 'backup vaults');
});
afterAll(() => bot?.[Symbol.asyncDispose]());

/** Whose drill a write is of: the restore, and what is made and deleted of it. */
const drillOf = (path: string) => names.find((name) => path.toLowerCase().includes(name));

/** How many drills there were in Azure after each write: from the restore to the last thing that is deleted. */
async function atOnceInAzure(): Promise<number[]> {
  const sent = (await bot.azure.writes()).filter(({ status }) => status !== null && status < 300);
  const writes = sent.flatMap(({ path }, at) => {
    const vm = drillOf(path);
    return vm ? [{ vm, at }] : [];
  });
  const spans = [...Map.groupBy(writes, ({ vm }) => vm).values()].map((own) => [own[0]!.at, own.at(-1)!.at] as const);
  return writes.map(({ at }) => spans.filter(([from, to]) => from <= at && at <= to).length);
}

test('of five that are due two are in Azure at a time, whoever looks; the others follow, and nothing is left', async () => {
  const before = await bot.azure.state();
  const chat = await bot.asks('ana', 'backup drills apps');
  await chat.untilTitle(say('drills.ask', { name: 'apps' }));
  await chat.clicks(say('button.ask-approval'));
  await chat.untilWaits('0 of 1');
  await chat.as('ben').clicks(say('button.approve'));
  await chat.untilTitle(say('drills.allowed', { name: 'apps' }));
  const drills = async () =>
    (await bot.rows('operation')).filter(({ requester }) => (requester as { system?: string }).system === 'schedule');
  const second = await bot.second();
  const running: number[] = [];
  await chat.until('five drills that ended', async () => {
    // Two replicas look at once, again and again.
    await Promise.all([bot.deps, { ...bot.deps, database: second }].map((deps) => startDueDrills(deps)));
    await lookedAt(bot, 'drills');
    const all = await drills();
    running.push(all.filter(({ status }) => status === 'running').length);
    return all.length === 5 && all.every(({ status }) => status !== 'running');
  });
  await second.close();
  expect(Math.max(...running)).toBe(2);
  expect(Math.max(...(await atOnceInAzure()))).toBe(2);
  expect((await drills()).map(({ plan }) => (plan as Plan).vms[0]!.name).toSorted()).toEqual(names);
  expect(await bot.azure.writes(/\/restore\?/)).toHaveLength(5);
  const { vms, disks, networkInterfaces, publicAddresses, blobs } = await bot.azure.state(
    'vms',
    'disks',
    'networkInterfaces',
    'publicAddresses',
    'blobs',
  );
  const made = [...vms, ...disks, ...networkInterfaces, ...publicAddresses];
  expect(made.filter(({ resourceGroup }) => resourceGroup === 'rg-drills')).toEqual([]);
  expect(blobs).toEqual(before.blobs);
  const reports = (await bot.rows('audit')).flatMap(({ entry }) => (entry as { file?: DrillFile }).file ?? []);
  expect(reports.map(({ report }) => report['result'])).toEqual(names.map(() => 'succeeded'));
  expect(reports.flatMap(({ report }) => report['left'])).toEqual([]);
});
