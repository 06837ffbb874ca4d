import { describe, expect, test } from '@jest/globals';
import { createArmGateway } from '../../src/azure/arm/arm-gateway.ts';
import { forwardingClient } from '../../src/azure/arm/forwarding-client.ts';
import { simulatorCredential } from '../../src/azure/arm/simulator-credential.ts';
import { systemClock } from '../../src/core/clock.ts';
import { assess } from '../../src/readiness/assess.ts';
import { createReadinessCache } from '../../src/readiness/gather.ts';
import { gatherMany } from '../../src/readiness/gather-many.ts';
import { startSimulator } from '../../src/sim/server.ts';
import { add, codes, contoso, look, rules } from './support/contoso.ts';
import * as f from './support/facts.ts';
import { inWaves } from './support/waves.ts';
import { readsOf } from './support/world.ts';
import type { Failure, World } from './support/world.ts';

const posts = (calls: readonly string[]) => calls.filter((call) => /^(backupStatus|preValidate) /.test(call));

async function lookAtAll(world: World, failures: readonly Failure[] = []) {
  const { reads, calls, depth } = readsOf(world, failures);
  const vms = world.vms.map(({ id }) => ({ vmId: id, subscription: f.subscription }));
  const readings = await gatherMany(reads, { vms, rules, cache: createReadinessCache(), now: f.now });
  return { seen: readings.map((reading) => assess(reading, rules)), calls, depth: depth() };
}

/** The estate with as many more VMs as make fifty, on the key vaults and in the states that it has. */
function fifty(): World {
  const world = contoso();
  const vaults = ['kv-prod-weu', 'kv-web-weu', 'kv-rbac-weu', 'kv-locked-weu'];
  for (let n = world.vms.length; n < 50; n += 1) {
    const name = `vm-more-${n}`;
    const keyVault = vaults[n % vaults.length] as string;
    add(world, f.vm('rg-more', name), [f.diskKeys(keyVault, keyVault, name)]);
  }
  return world;
}

describe('many VMs at once', () => {
  test('fifty VMs: at most 120 reads and 55 POSTs, five round trips deep, nothing asked twice', async () => {
    const { seen, calls, depth } = await lookAtAll(fifty());
    expect(seen).toHaveLength(50);
    expect(posts(calls).length).toBeLessThanOrEqual(55);
    expect(calls.length - posts(calls).length).toBeLessThanOrEqual(120);
    expect(depth).toBeLessThanOrEqual(5);
    expect(new Set(calls).size).toBe(calls.length);
  });

  test('the verdicts are those of a look at each alone, but for what single keys and secrets tell', async () => {
    const { seen } = await lookAtAll(contoso());
    for (const one of seen) {
      const alone = await look(contoso(), one.vm.name);
      const single = ['secret.absent', 'kek-version.absent'];
      expect(codes(one, 'block')).toEqual(codes(alone, 'block').filter((code) => !single.includes(code)));
      expect(one.protection.kind).toBe(alone.protection.kind);
      expect(one.destinations.preset).toEqual(alone.destinations.preset);
      expect(one.byList).toBe(true);
    }
  });

  test('what cannot be listed is unknown, not ok', async () => {
    for (const method of ['disks', 'protectedItems', 'vaults'] as const) {
      const { seen } = await lookAtAll(contoso(), [{ method }]);
      const plain = seen.find(({ vm }) => vm.name === 'vm-plain-01');
      expect([method, plain?.verdict]).toEqual([method, 'unknown']);
    }
  });

  test('the simulated estate over the real SDK', async () => {
    const simulator = await startSimulator({ port: 0 });
    try {
      const operate = simulatorCredential('kluis-operate');
      const httpClient = forwardingClient(simulator.url);
      const { reads } = createArmGateway({
        subscriptions: [f.subscription],
        operate,
        grant: null,
        httpClient,
        clock: systemClock,
      });
      const entries = await reads.vmEntries(f.subscription);
      const waves = inWaves(reads);
      const vms = entries.map(({ id, subscription }) => ({ vmId: id, subscription }));
      const readings = await gatherMany(waves.reads, { vms, rules, cache: createReadinessCache(), now: new Date() });
      const verdicts = Object.fromEntries(readings.map((one) => [one.vmId.split('/')[8], assess(one, rules).verdict]));
      expect(verdicts).toMatchObject({
        'vm-sql-01': 'ready',
        'vm-web-01': 'fixable',
        'vm-rbac-01': 'fixable',
        'vm-bek-01': 'blocked',
        'vm-classic-01': 'blocked',
        'vm-app-01': 'ready',
        'vm-app-02': 'fixable',
        'vm-hr-01': 'blocked',
        'vm-off-01': 'ready-with-warnings',
        'vm-us-01': 'blocked',
      });
      expect(waves.depth()).toBeLessThanOrEqual(5);
    } finally {
      await simulator.close();
    }
  });
});
