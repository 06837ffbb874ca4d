import { expect, test } from '@jest/globals';
import { createReadinessCache } from '../../src/readiness/gather/gather.ts';
import type { ReadinessRules } from '../../src/readiness/rules.ts';
import { whysNow } from '../../src/views/jobs/why-now.ts';
import { subscription } from '../azure/support/names.ts';
import { simulated } from '../azure/support/simulated.ts';

const rules: ReadinessRules = {
  ...{ requireKek: 'refuse', defaultVault: null, backupServiceObjectId: null, kekExceptions: [] },
  ...{ grantRole: 'backup-key-reader', ownerTag: 'owner', secondRegion: false },
};

test('reading by lists gives the same causes, with a number of calls that doesn’t depend on how many VMs failed', async () => {
  await using sim = await simulated();
  const entries = (await sim.azure.reads.vmEntries(subscription)).filter(({ classic }) => !classic);
  const estate = () => ({
    reads: sim.azure.reads,
    readiness: { rules, cache: createReadinessCache() },
    azureNow: () => new Date(),
  });
  const few = await whysNow(entries, estate(), 1_000);
  const before = (await sim.requests('GET', /./)).length;
  const many = await whysNow(Array.from({ length: 10 }, () => entries).flat(), estate(), 1_000);
  expect(entries.length * 10).toBeGreaterThan(200);
  for (const [id, { finding }] of few) expect({ id, finding: many.get(id)?.finding }).toEqual({ id, finding });
  expect((await sim.requests('GET', /./)).length - before).toBeLessThan(150);
});
