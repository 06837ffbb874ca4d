/**
 * A thousand VMs without backup are judged by lists: the calls grow with the lists' pages, not with the VMs, even if
 * the items of a Recovery Services vault can't be read.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { seedEstate } from '../../tools/bench/estate.ts';
import { words } from '../../src/message/words.ts';
import { unprotectedView } from '../../src/views/unprotected/unprotected.ts';
import type { Estate } from '../../src/operations/dialogs/estate.ts';
import { simulated, type Simulated } from '../azure/support/simulated.ts';
import { viewOf } from '../support/card-view.ts';
import { renderMessage } from '../../src/bot/render-message.ts';
import { estateWith, noInventory } from '../support/estate.ts';

const vms = 1000;
let sim: Simulated;
beforeAll(async () => {
  sim = await simulated();
  const azure = { state: () => sim.state(), change: (parts: object) => sim.change(parts as Record<string, unknown>) };
  await seedEstate(azure as never, { vms, vaults: 10, isProtected: false, isEncrypted: true });
});
afterAll(async () => sim?.[Symbol.asyncDispose]());

const context = { locale: 'en', timeZone: 'UTC', simulated: true } as const;

/** The inventory has what Azure lists. */
async function estateOf(): Promise<Estate> {
  const { reads, restores, subscriptions } = sim.azure;
  const listed = (await Promise.all(subscriptions.map((id) => reads.vmEntries(id)))).flat();
  const vms = { ...noInventory, fresh: async () => ({ read: listed, unread: [] }) };
  return estateWith(reads, { subscriptions, restores, vms, azureNow: () => new Date() });
}

/** Asks about the VMs, in at most 300 calls, none of which is about one VM. */
async function asks(estate: Estate) {
  const before = (await sim.requests('GET', /./)).length;
  const result = await unprotectedView.query(['vm-many'], estate);
  const asked = (await sim.requests('GET', /./)).slice(before);
  expect(asked.length).toBeLessThanOrEqual(300);
  expect(asked.filter(({ path }) => path.includes('vm-many-'))).toEqual([]);
  expect(await sim.requests('POST', /\/subscriptions\//)).toEqual([]);
  return result;
}

type Result = Awaited<ReturnType<typeof asks>>;

/** A page of the card, and how many pages there are. */
function pageOf(result: Result, page: number, { azureNow }: Estate) {
  const now = azureNow();
  const counts: number[] = [];
  const card = unprotectedView.draw({
    ...{ words: words(context), result, looking: { page, filter: '' }, readAt: now, now },
    button: (made) => ({ ...made, data: { ...made.data } }),
    pages: (count) => (counts.push(count), []),
  });
  const drawn = renderMessage(card, context);
  expect(JSON.stringify(drawn.card).length).toBeLessThan(28_000);
  return { card: viewOf(drawn.card), counts };
}

test('1,000 VMs without backup: at most 300 calls, none of them per VM, and every page of the card is whole', async () => {
  const estate = await estateOf();
  const result = await asks(estate);
  const pages: number[] = [];
  const seen = new Set<string>();
  for (let page = 1; page <= Math.ceil(vms / 15); page += 1) {
    const { card, counts } = pageOf(result, page, estate);
    pages.push(...counts);
    for (const [name] of card.shown.matchAll(/vm-many-\d+/g)) seen.add(name);
  }
  expect(new Set(pages)).toEqual(new Set([Math.ceil(vms / 15)]));
  expect(seen.size).toBe(vms);
});

test('a Recovery Services vault in another region can’t be read: the VMs are still judged by lists', async () => {
  await sim.fault({ match: { path: 'vaults/rsv-prod-neu/backupProtectedItems' }, status: 403, body: {} });
  const estate = await estateOf();
  const { card } = pageOf(await asks(estate), 1, estate);
  expect(card.title).toContain('1,001 of the 1,017 VMs without backup that could be read');
  expect(card.shown).toContain("rsv-prod-neu couldn't be read");
  expect(card.shown).toMatch(/Ready to back up \(1,000\)[^]*vm-many-00001/);
});

test('one in their region fails once they are listed: what it would say about each is unknown, and none is asked about', async () => {
  const estate = await estateOf();
  const fresh = async () => {
    await sim.fault({ match: { path: 'vaults/rsv-many-3/backupProtectedItems' }, status: 403, body: {} });
    return estate.vms.fresh();
  };
  const { card } = pageOf(await asks({ ...estate, vms: { ...estate.vms, fresh } }), 1, estate);
  expect(card.shown).toMatch(/Couldn't be read in full \(1,000\)[^]*vm-many-00001/);
  expect(card.shown).not.toContain('Ready to back up');
});

test('one in their region can’t be read: the card names it, and the VMs that it may protect; none is asked about', async () => {
  const estate = await estateOf();
  const { card } = pageOf(await asks(estate), 1, estate);
  for (const vault of ['rsv-prod-neu', 'rsv-many-3']) expect(card.shown).toContain(`${vault} couldn't be read (`);
  expect(card.title).toBe("🔎 Can't tell: rsv-prod-neu and rsv-many-3 couldn't be read");
  expect(card.shown).toContain("Unknown: possibly protected in what couldn't be read (1,001)");
  expect(card.shown).toContain('vm-many-00001');
});
