/** A thousand VMs without backup are judged by lists: the calls grow with the lists' pages, not with the VMs. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { seedEstate } from '../../src/cli/bench/estate.ts';
import { words } from '../../src/message/words.ts';
import { createReadinessCache } from '../../src/readiness/gather/readiness-cache.ts';
import { unprotectedView } from '../../src/views/unprotected/unprotected.ts';
import type { ViewPorts } from '../../src/views/view.ts';
import { simulated, type Simulated } from '../azure/support/simulated.ts';
import { viewOf } from '../support/card-view.ts';
import { renderMessage } from '../../src/bot/render-message.ts';
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

test('1,000 VMs without backup: at most 300 calls, none of them per VM, and every page of the card is whole', async () => {
  const { reads, restores, subscriptions } = sim.azure;
  const listed = (await Promise.all(subscriptions.map((id) => reads.vmEntries(id)))).flat();
  const ports: ViewPorts = {
    ...{ subscriptions, reads, restores, books: noBooks, now: new Date() },
    vms: () => Promise.resolve({ read: listed, unread: [] }),
    readiness: { rules, cache: createReadinessCache() },
    drills: async () => null,
  };
  const before = (await sim.requests('GET', /./)).length;
  const result = await unprotectedView.query(['vm-many'], ports);
  const asked = (await sim.requests('GET', /./)).slice(before);
  expect(asked.length).toBeLessThanOrEqual(300);
  expect(asked.filter(({ path }) => path.includes('vm-many-'))).toEqual([]);
  expect(await sim.requests('POST', /\/subscriptions\//)).toEqual([]);
  const context = { locale: 'en', timeZone: 'UTC', simulated: true } as const;
  const pages: number[] = [];
  const seen = new Set<string>();
  for (let page = 1; page <= Math.ceil(vms / 15); page += 1) {
    const card = unprotectedView.draw({
      ...{ words: words(context), result, looking: { page, filter: '' }, readAt: ports.now, now: ports.now },
      button: (made) => ({ ...made, data: { ...made.data } }),
      pages: (count) => (pages.push(count), []),
    });
    const drawn = renderMessage(card, context);
    expect(JSON.stringify(drawn.card).length).toBeLessThan(28_000);
    for (const [name] of viewOf(drawn.card).shown.matchAll(/vm-many-\d+/g)) seen.add(name);
  }
  expect(new Set(pages)).toEqual(new Set([Math.ceil(vms / 15)]));
  expect(seen.size).toBe(vms);
});
