import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createArmGateway } from '../../src/azure/arm/arm-gateway.ts';
import { forwardingClient } from '../../src/azure/arm/transport/forwarding-client.ts';
import { simulatorCredential } from '../../src/azure/arm/transport/simulator-credential.ts';
import { systemClock } from '../../src/core/clock.ts';
import { assess } from '../../src/readiness/assess/assess.ts';
import type { AzureReads } from '../../src/azure/gateway.ts';
import { createReadinessCache, gather } from '../../src/readiness/gather/gather.ts';
import { gatherEstate, gatherMany } from '../../src/readiness/gather/gather-many.ts';
import { gatherProof } from '../../src/readiness/gather/gather-proof.ts';
import { scenarioNames } from '../../src/sim/scenarios/scenarios.ts';
import { startSimulator } from '../../src/sim/server.ts';
import type { Assessment } from '../../src/readiness/findings/assessment.ts';
import { add, contoso, look, rules } from './support/contoso.ts';
import * as f from './support/facts.ts';
import { keyCases, machineCases } from './support/other-cases.ts';
import { placeCases } from './support/place-cases.ts';
import { realWorld } from './support/real-world.ts';
import { laid } from './support/scenarios.ts';
import { inWaves } from './support/waves.ts';
import { type Failure, readsOf, type World } from './support/world.ts';

const posts = (calls: readonly string[]) => calls.filter((call) => /^(backupStatus|preValidate) /.test(call));

async function lookAtAll(world: World, failures: readonly Failure[] = [], own = rules) {
  const { reads, calls, depth } = readsOf(world, failures);
  const vms = world.vms.map(({ id }) => ({ vmId: id, subscription: f.subscription }));
  const readings = await gatherMany(reads, { vms, rules: own, cache: createReadinessCache(), now: f.now });
  return { seen: readings.map((reading) => assess(reading, own)), calls, depth: depth() };
}

/** What a person is told about a VM. One vault answers for its whole region, so Azure's answer counts once. */
function judged({ verdict, findings, protection, destinations, grants }: Assessment) {
  const told = findings.map((one) => [one.verdict, one.code, one.check === 'azure-says' ? '' : one.subject].join(' '));
  return { verdict, told: [...new Set(told)].sort(), protection, preset: destinations.preset, grants };
}

/** The same without the other VMs that a grant would unblock, which aren't determined for an estate. */
function withoutOthers(assessment: Assessment) {
  const grants = assessment.grants.map((grant) => ({ ...grant, freesAlso: null }));
  return judged({ ...assessment, grants });
}

// Not read for each of many VMs: backupStatus, if no list has the VM and Azure doesn't refuse it; and Azure's own
// answer for a second vault, if what the first one lacks is access.
const askedOfOneOnly = [
  'protection is being switched on',
  'Azure says Unknown',
  'Azure misses access where nothing is missing: both are shown, and no grant is offered',
];

// A read that fails for one VM may be a list here, so those cases are separate below.
const scenarios = [...realWorld, ...machineCases, ...keyCases, ...placeCases]
  .filter(({ name, failures }) => failures === undefined && !askedOfOneOnly.includes(name))
  .map((one) => [one.name, one] as const);

/** The estate with enough more VMs to make fifty, on its key vaults and in its states. */
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

/** Every VM of a simulated estate, read together with all others and alone. */
async function both(many: AzureReads, one: AzureReads) {
  const entries = await one.vmEntries(f.subscription);
  const vms = entries.map(({ id, subscription, region }) => ({ vmId: id, subscription, region }));
  const ask = { rules, cache: createReadinessCache(), now: new Date() };
  const listed = await gatherMany(many, { ...ask, vms });
  const alone = await Promise.all(vms.map((vm) => gather(one, { ...ask, ...vm })));
  return listed.map((reading, at) => ({
    listed: assess(reading, rules),
    alone: assess(alone[at] as typeof reading, rules),
  }));
}

describe('many VMs at once', () => {
  test('fifty VMs: at most 120 reads and 55 POSTs, five round trips deep, nothing read twice', async () => {
    const { seen, calls, depth } = await lookAtAll(fifty());
    expect(seen).toHaveLength(50);
    expect(posts(calls).length).toBeLessThanOrEqual(55);
    expect(calls.length - posts(calls).length).toBeLessThanOrEqual(120);
    expect(depth).toBeLessThanOrEqual(5);
    expect(new Set(calls).size).toBe(calls.length);
  });

  test('verdict, findings, protection and destination are the same as for each VM alone', async () => {
    const { seen } = await lookAtAll(contoso());
    for (const one of seen) expect(judged(one)).toEqual(judged(await look(contoso(), one.vm.name)));
  });

  test.each(scenarios)('as alone: %s', async (_name, scenario) => {
    const world = laid(scenario);
    const own = { ...rules, ...scenario.rules };
    const { seen } = await lookAtAll(world, scenario.failures ?? [], own);
    for (const one of seen) expect(judged(one)).toEqual(judged(await look(laid(scenario), one.vm.name, scenario)));
  });

  test('what can’t be listed is unknown, not ok', async () => {
    for (const method of ['disks', 'vaults', 'locksIn', 'secrets', 'keyVersions', 'keyVault'] as const) {
      const { seen } = await lookAtAll(fifty(), [{ method }]);
      const [sql, more] = ['vm-sql-01', 'vm-more-24'].map((name) => seen.find(({ vm }) => vm.name === name)?.verdict);
      expect([method, sql, more]).toEqual([method, 'unknown', 'unknown']);
    }
  });

  test('a vault whose items can’t be listed: each VM that is in no other vault is read alone', async () => {
    const failures = [{ method: 'protectedItems' }] as const;
    const { seen } = await lookAtAll(contoso(), failures);
    for (const one of seen) {
      expect(judged(one)).toEqual(judged(await look(contoso(), one.vm.name, { failures })));
    }
  });

  test('a list of secrets without versions: each existing secret’s version is read', async () => {
    const world = fifty();
    const { reads, calls } = readsOf(world);
    const secrets: typeof reads.secrets = async (id) =>
      (await reads.secrets(id)).map((secret) => ({ ...secret, version: null }));
    const vms = world.vms.map(({ id }) => ({ vmId: id, subscription: f.subscription }));
    const ask = { vms, rules, cache: createReadinessCache(), now: f.now };
    const readings = await gatherMany({ ...reads, secrets }, ask);
    const seen = readings.map((reading) => assess(reading, rules));
    for (const one of seen) expect(judged(one)).toEqual(judged(await look(world, one.vm.name)));
    expect(calls.filter((call) => call.startsWith('secret ')).length).toBeGreaterThan(10);
  });

  describe('the simulated estate over the real SDK', () => {
    let simulator: Awaited<ReturnType<typeof startSimulator>>;
    let reads: AzureReads;
    beforeAll(async () => {
      simulator = await startSimulator({ port: 0 });
      ({ reads } = createArmGateway({
        subscriptions: [f.subscription],
        operate: simulatorCredential('kluis-operate'),
        grant: null,
        restore: null,
        httpClient: forwardingClient(simulator.url),
        clock: systemClock,
      }));
    });
    afterAll(() => simulator.close());

    test('every VM as alone', async () => {
      const waves = inWaves(reads);
      const seen = await both(waves.reads, reads);
      expect(Object.fromEntries(seen.map(({ listed }) => [listed.vm.name, listed.verdict]))).toMatchObject({
        'vm-sql-01': 'ready',
        'vm-rbac-01': 'fixable',
        'vm-hr-02': 'blocked',
        'vm-off-01': 'ready-with-warnings',
      });
      for (const { listed, alone } of seen) expect(judged(listed)).toEqual(judged(alone));
      expect(waves.depth()).toBeLessThanOrEqual(5);
    });

    /**
     * What reading an estate by lists says about each protected VM once its points are read, and what reading the VM
     * alone says.
     */
    async function byLists() {
      const vaults = await reads.vaults(f.subscription);
      const items = (await Promise.all(vaults.map(({ id }) => reads.protectedItems(id).catch(() => [])))).flat();
      const vms = items.map(({ vmId }) => ({ vmId, subscription: f.subscription }));
      const ask = { rules, cache: createReadinessCache(), now: new Date() };
      const { judged: readings } = await gatherEstate(reads, { ...ask, vms, subscriptions: [] }, (reading) => reading);
      return Promise.all(
        readings.map(async (reading) => ({
          listed: withoutOthers(assess(await gatherProof(reads, reading), rules)),
          alone: withoutOthers(
            assess(await gather(reads, { ...ask, vmId: reading.vmId, subscription: f.subscription }), rules),
          ),
        })),
      );
    }

    test('every protected VM of an estate read by lists as alone', async () => {
      for (const { listed, alone } of await byLists()) expect(listed).toEqual(alone);
    });

    test('every VM as alone, with all scenarios loaded', async () => {
      for (const name of Object.keys(scenarioNames()).filter((one) => one !== 'provider-not-registered')) {
        const asked = {
          method: 'POST',
          body: JSON.stringify({ name }),
          headers: { 'content-type': 'application/json' },
        };
        await fetch(`${simulator.url}/_sim/scenario`, asked);
      }
      // Its soft-deleted item is in the vault that another scenario closes: only backupStatus still reports it.
      const seen = (await both(reads, reads)).filter(({ alone }) => alone.vm.name !== 'vm-case-10');
      for (const { listed, alone } of seen) expect(judged(listed)).toEqual(judged(alone));
      for (const { listed, alone } of await byLists()) expect(listed).toEqual(alone);
    });
  });
});
