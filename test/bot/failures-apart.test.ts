/** Failures of two VMs with one name, of one that fails while others’ causes are read, and in a vault that goes. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Alert } from '../../src/alerts/alert.ts';
import type { JobFacts } from '../../src/azure/gateway.ts';
import { endGoneVaults } from '../../src/bot/alerts/gone-vaults.ts';
import { alertWorker } from '../../src/bot/alerts/take-in.ts';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { words } from '../../src/message/words.ts';
import { keepJobs } from '../../src/store/vault-polls.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import { untilCard } from '../support/channel-cards.ts';
import { backupOf, failure } from '../support/failing.ts';
import { holdTakingIn } from '../support/held-taking-in.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say, dated } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const [production, acceptance] = ['00000000-0000-0000-0000-00000000c0de', '00000000-0000-0000-0000-00000000acce'];
const minute = 60_000;

let bot: TestBot;
beforeAll(async () => {
  const env = { AZURE_SUBSCRIPTION_IDS: `${production},${acceptance}` };
  const often = { leases: { sweep: 300 }, speed: 20_000, waits: { vaultLook: 3_600_000, vaultIdle: 1_000 } };
  bot = await startBot({ database: 'postgres', env, ...often });
  const state = await bot.azure.state();
  const twice = (part: keyof SimState) => [state[part], inAcceptance(state[part])].flat();
  const parts = [
    'subscriptions',
    'resourceGroups',
    'vms',
    'disks',
    'keyVaults',
    'vaults',
    'policies',
    'items',
  ] as const;
  const both = [...parts, 'roleAssignments' as const].map((part) => [part, twice(part)]);
  await bot.azure.change({ ...(Object.fromEntries(both) as Partial<SimState>), jobs: [] });
  await refreshInventory(bot.deps);
  await bot.asks('ana', 'backup vaults');
});
afterAll(() => bot?.[Symbol.asyncDispose]());

function inAcceptance<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll(production, acceptance)) as T;
}

/** A backup of vm-app-01 that ended so long ago; `over` says how. */
async function ended(minutes: number, over: Parameters<typeof backupOf>[2], where: <T>(job: T) => T = (job) => job) {
  const [state, time] = [await bot.azure.state(), new Date(Date.now() - minutes * minute).toISOString()];
  const job = where(backupOf(state, 'vm-app-01', { start: time, end: time, ...over }));
  await bot.azure.change({ jobs: [...state.jobs, job] });
  const isRead = async () => (await bot.rows('job')).some(({ id }) => id.endsWith(job.id));
  await bot.as('ana').until('the job, read', isRead, 20_000);
}

test('a namesake’s good backup hides no failure, and is nobody else’s last good one', async () => {
  await (await bot.thread('ana', 'backup watch')).untilTitle(say('watch.on'));
  await ended(1, {}, inAcceptance);
  await ended(5, failure('ErrorOfProduction'));
  const { card } = await untilCard(bot, 'vm-app-01', 'ErrorOfProduction');
  const { items } = await bot.azure.state('items');
  const own = items.find(({ vmId }) => vmId.includes(production) && vmId.endsWith('/vm-app-01'))!.points;
  const newest = own
    .map(({ time }) => time)
    .sort()
    .at(-1)!;
  expect(card.text).toContain(say('alert.good', { at: dated(new Date(newest), new Date()) }));
});

test('nor is its failure over in the list of failures', async () => {
  const chat = await bot.thread('ana', 'backup jobs failed');
  const { text } = await chat.untilLooked();
  expect(text).toContain('vm-app-01');
  expect(text).not.toContain(say('failures.over', { count: 1, all: 1 }));
});

test('a failure that ends while the cause of another is read has its own cause read', async () => {
  const like = (await bot.rows('job')).find(({ vault_id }) => vault_id.includes(production))!;
  const vaultId = like.vault_id.replace(/vaults\/rsv-[^/]*$/, 'slow/rsv-read-slowly');
  const fails = async (group: string, vmName: string, at = 1) => {
    const time = new Date();
    const errors = [{ number: 11, title: 'ErrorOfBoth', text: 'It broke.', recommendations: [] }];
    const job = {
      ...(like.body as JobFacts),
      ...{ id: `/jobs/${vmName}-${at}`, name: `${vmName}-${at}`, vaultId, vmName, status: 'Failed', errors },
      ...{ containerName: `iaasvmcontainerv2;${group};${vmName}`, startTime: time, endTime: time, activityId: null },
    };
    await keepJobs(bot.database.db, vaultId, [job]);
  };
  const { ended: reading, goOn } = await holdTakingIn(bot, vaultId, (time) => fails('rg-app', 'vm-app-02', time));
  await fails('rg-hr', 'vm-hr-01');
  goOn();
  await reading;
  await alertWorker(bot.deps)(vaultId, AbortSignal.abort());
  const affected = (await bot.rows('alert')).flatMap(({ body }) => (body as Alert).affected);
  const found = affected.filter(({ vaultId: of }) => of === vaultId).map(({ name, own }) => [name, own?.finding?.code]);
  expect(Object.fromEntries(found)).toEqual({ 'vm-app-02': expect.any(String), 'vm-hr-01': expect.any(String) });
});

test('what failed in a vault that Azure no longer lists is over; in one that can’t be read it isn’t', async () => {
  const open = async () =>
    (await bot.rows('alert')).filter(({ cause_key, closed_at }) => /errorofproduction/.test(cause_key) && !closed_at);
  await bot.azure.fault({
    match: { method: 'GET', path: `${production}/.*/vaults\\?` },
    status: 403,
    body: { error: {} },
  });
  await refreshInventory(bot.deps);
  await endGoneVaults(bot.deps);
  expect(await open()).toHaveLength(1);
  await bot.azure.mend();
  const { vaults } = await bot.azure.state('vaults');
  await bot.azure.change({ vaults: vaults.filter(({ subscription }) => subscription !== production) });
  await refreshInventory(bot.deps);
  await bot.as('ana').until('its end', async () => (await open()).length === 0);
  await untilCard(bot, say('alert.moved'));
});
