/**
 * A thousand VMs without backup are judged by lists: the calls grow with the lists' pages, not with the VMs, even if
 * the items of a Recovery Services vault can't be read.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { seedEstate } from '../../tools/bench/estate.ts';
import { words } from '../../src/message/words.ts';
import { createReadinessCache } from '../../src/readiness/gather/readiness-cache.ts';
import { unprotectedView } from '../../src/views/unprotected/unprotected.ts';
import type { ViewPorts } from '../../src/views/view.ts';
import { simulated, type Simulated } from '../azure/support/simulated.ts';
import { viewOf } from '../support/card-view.ts';
import { renderMessage } from '../../src/bot/render-message.ts';
import { noDoubts } from '../support/no-doubts.ts';
import { noBooks } from '../support/books.ts';
import { rules } from '../readiness/support/contoso.ts';

const vms = 1000;
let sim: Simulated;
beforeAll(async () => {
  sim = await simulated();
  const azure = { state: () => sim.state(), change: (parts: object) => sim.change(parts as Record<string, unknown>) };
  await seedEstate(azure as never, { vms, vaults: 10, isProtected: false, isEncrypted: true });
});
afterAll(async () => sim?.[Symbol.asyncDispose]());

const context = { locale: 'en', timeZone: 'UTC', simulated: true } as const;

/** What a view reads with; the inventory has what Azure lists. */
async function portsOf(): Promise<ViewPorts> {
  const { reads, restores, subscriptions } = sim.azure;
  const listed = (await Promise.all(subscriptions.map((id) => reads.vmEntries(id)))).flat();
  return {
    ...{ subscriptions, reads, restores, restoreChecks: noDoubts, books: noBooks, now: new Date() },
    vms: () => Promise.resolve({ read: listed, unread: [] }),
    readiness: { rules, cache: createReadinessCache() },
    drills: async () => null,
  };
}

/** Asks about the VMs, in at most 300 calls, none of which is about one VM. */
async function asks(ports: ViewPorts) {
  const before = (await sim.requests('GET', /./)).length;
  const result = await unprotectedView.query(['vm-many'], ports);
  const asked = (await sim.requests('GET', /./)).slice(before);
  expect(asked.length).toBeLessThanOrEqual(300);
  expect(asked.filter(({ path }) => path.includes('vm-many-'))).toEqual([]);
  expect(await sim.requests('POST', /\/subscriptions\//)).toEqual([]);
  return result;
}

type Result = Awaited<ReturnType<typeof asks>>;

/** A page of the card, and how many pages there are. */
function pageOf(result: Result, page: number, { now }: ViewPorts) {
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
  const ports = await portsOf();
  const result = await asks(ports);
  const pages: number[] = [];
  const seen = new Set<string>();
  for (let page = 1; page <= Math.ceil(vms / 15); page += 1) {
    const { card, counts } = pageOf(result, page, ports);
    pages.push(...counts);
    for (const [name] of card.shown.matchAll(/vm-many-\d+/g)) seen.add(name);
  }
  expect(new Set(pages)).toEqual(new Set([Math.ceil(vms / 15)]));
  expect(seen.size).toBe(vms);
});

test('a Recovery Services vault in another region can’t be read: the VMs are still judged by lists', async () => {
  await sim.fault({ match: { path: 'vaults/rsv-prod-neu/backupProtectedItems' }, status: 403, body: {} });
  const ports = await portsOf();
  const { card } = pageOf(await asks(ports), 1, ports);
  expect(card.title).toContain('1,001 of the 1,017 VMs without backup that could be read');
  expect(card.shown).toContain("rsv-prod-neu couldn't be read");
  expect(card.shown).toMatch(/Ready to back up \(1,000\)[^]*vm-many-00001/);
});

test('one in their region fails once they are listed: what it would say about each is unknown, and none is asked about', async () => {
  const ports = await portsOf();
  const vms = async () => {
    await sim.fault({ match: { path: 'vaults/rsv-many-3/backupProtectedItems' }, status: 403, body: {} });
    return ports.vms();
  };
  const { card } = pageOf(await asks({ ...ports, vms }), 1, ports);
  expect(card.shown).toMatch(/Couldn't be read in full \(1,000\)[^]*vm-many-00001/);
  expect(card.shown).not.toContain('Ready to back up');
});

test('one in their region can’t be read: the card names it, and the VMs that it may protect; none is asked about', async () => {
  const ports = await portsOf();
  const { card } = pageOf(await asks(ports), 1, ports);
  for (const vault of ['rsv-prod-neu', 'rsv-many-3']) expect(card.shown).toContain(`${vault} couldn't be read (`);
  expect(card.title).toBe("🔎 Can't tell: rsv-prod-neu and rsv-many-3 couldn't be read");
  expect(card.shown).toContain("Unknown: possibly protected in what couldn't be read (1,001)");
  expect(card.shown).toContain('vm-many-00001');
});
