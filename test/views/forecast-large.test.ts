/** A forecast of a thousand VMs is read by lists, so that its calls grow with the lists' pages and not with the VMs. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { seedEstate } from '../../tools/bench/estate.ts';
import { readDigest } from '../../src/views/digest/read-digest.ts';
import { forecastOf } from '../../src/views/forecast/forecast-of.ts';
import { readForecastFacts } from '../../src/views/forecast/forecast-facts.ts';
import { gatherEstate } from '../../src/readiness/gather/gather-many.ts';
import { simulated, type Simulated } from '../azure/support/simulated.ts';
import { words } from '../../src/message/words.ts';
import { causesOf } from '../../src/views/forecast/causes.ts';
import { verdictOf } from '../../src/views/forecast/verdict.ts';
import { estateWith, noInventory } from '../support/estate.ts';

const vms = 1000;
let sim: Simulated;
beforeAll(async () => {
  sim = await simulated();
  const azure = { state: () => sim.state(), change: (parts: object) => sim.change(parts as Record<string, unknown>) };
  await seedEstate(azure as never, { vms, vaults: 10, isProtected: true, isEncrypted: true });
});
afterAll(async () => sim?.[Symbol.asyncDispose]());

const estateOf = ({ reads, restores, subscriptions }: Simulated['azure'], vms = noInventory) =>
  estateWith(reads, { subscriptions, restores, vms, azureNow: () => new Date() });

test('1,000 protected VMs with BEK and KEK in 10 vaults: at most 300 calls, none of them per VM', async () => {
  const { reads, subscriptions } = sim.azure;
  const before = (await sim.requests('GET', /./)).length;
  const { rows, ade } = forecastOf(await readForecastFacts(estateOf(sim.azure)));
  expect(rows.filter(({ name }) => name.startsWith('vm-many-'))).toHaveLength(vms);
  expect(rows.filter(({ name, run }) => name.startsWith('vm-many-') && run.state !== 'clear')).toEqual([]);
  expect(ade.vms.length).toBeGreaterThanOrEqual(vms);
  const asked = (await sim.requests('GET', /./)).slice(before);
  expect(asked.length).toBeLessThanOrEqual(300);
  expect(asked.filter(({ path }) => path.includes('vm-many-'))).toEqual([]);
  expect(await sim.requests('POST', /\/subscriptions\//)).toEqual([]);
  // A digest is made from the same lists; its VMs are those of the inventory.
  const listed = (await Promise.all(subscriptions.map((id) => reads.vmEntries(id)))).flat();
  const until = (await sim.requests('GET', /./)).length;
  const digest = await readDigest(
    estateOf(sim.azure, { ...noInventory, fresh: async () => ({ read: listed, unread: [] }) }),
  );
  expect(digest.vms.protected).toBeGreaterThanOrEqual(vms);
  expect((await sim.requests('GET', /./)).length - until).toBeLessThanOrEqual(300);
});

test('many VMs are judged in their order, however many are read at a time', async () => {
  const { reads, subscriptions } = sim.azure;
  const listed = (await Promise.all(subscriptions.map((id) => reads.vmEntries(id)))).flat();
  const asks = listed.map((vm) => ({ vmId: vm.id, subscription: vm.subscription }));
  const ask = { ...estateOf(sim.azure).readiness, vms: asks, subscriptions, now: new Date() };
  const { judged } = await gatherEstate(reads, ask, (reading, index) => [reading.vmId, index]);
  expect(judged).toEqual(asks.map((one, index) => [one.vmId, index]));
});

test('of too many VMs those that were named are checked first, the others are not known, and it is said of each', async () => {
  const all = forecastOf(await readForecastFacts(estateOf(sim.azure))).rows;
  const first = (vm: string) => vm.startsWith('vm-many-0099');
  const { rows } = forecastOf(await readForecastFacts(estateOf(sim.azure), { most: 20, first }));
  expect(rows).toHaveLength(all.length);
  const isBeyond = ({ run }: (typeof rows)[number]) => run.why !== null && 'own' in run.why && run.why.own === 'beyond';
  const checked = rows.filter((row) => !isBeyond(row));
  expect(checked).toHaveLength(20);
  const named = rows.filter(({ name }) => name.startsWith('vm-many-0099'));
  expect(named.length).toBeGreaterThan(1);
  expect(named.length).toBeLessThan(20);
  expect(named.filter(isBeyond)).toEqual([]);
  for (const { run, restore } of rows.filter(isBeyond)) {
    expect(run.state).toBe('unread');
    expect(restore).toMatchObject({ impossible: [], risks: [] });
  }
  const said = words({ locale: 'en', timeZone: 'UTC', simulated: true });
  const verdict = verdictOf(said, { rows, unread: [], now: new Date() });
  // Nothing is said of all of them.
  expect(verdict.title).toMatch(/^At least/);
  for (const part of verdict.why.split(' · ')) expect(part).toMatch(/^At least/);
  const causes = causesOf(said, rows, new Date());
  expect(causes.filter(({ section }) => section === 'unread')).toMatchObject([{ vms: { length: all.length - 20 } }]);
});
