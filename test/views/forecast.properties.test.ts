/**
 * A forecast misses no VM: whatever is wrong with an estate and whatever couldn't be read of it, what any check blocks
 * is reported, and nothing is reported as fine unless reading everything would say so.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AzureFault, type AzureFaultKind } from '../../src/azure/faults.ts';
import { assess } from '../../src/readiness/assess/assess.ts';
import { createReadinessCache } from '../../src/readiness/gather/readiness-cache.ts';
import { gather } from '../../src/readiness/gather/gather.ts';
import { gatherEstate } from '../../src/readiness/gather/gather-many.ts';
import { gatherProof, isDisprovable } from '../../src/readiness/gather/gather-proof.ts';
import { readForecastFacts } from '../../src/views/forecast/forecast-facts.ts';
import { forecastOf, type Forecast } from '../../src/views/forecast/forecast-of.ts';
import type { Why } from '../../src/views/forecast/outlook.ts';
import { change, contoso, find, protect, rules } from '../readiness/support/contoso.ts';
import { estateWith, noInventory } from '../support/estate.ts';
import * as f from '../readiness/support/facts.ts';
import { changeKeyVault, nights } from '../readiness/support/scenarios.ts';
import { readsOf, type Failure, type World } from '../readiness/support/world.ts';

const vmNames = [
  'vm-app-01',
  'vm-app-02',
  'vm-hr-01',
  'vm-neu-01',
  'vm-sql-01',
  'vm-rbac-01',
  'vm-big-01',
  'vm-off-01',
];
const some = fc.constantFrom(...vmNames);
const kinds: readonly AzureFaultKind[] = ['forbidden', 'missing', 'unavailable', 'refused', 'garbled'];

/** What can be wrong, each with an affected VM. */
const troubles: Readonly<Record<string, (world: World, vm: string) => void>> = {
  agent: (world, vm) => change(world, vm, { agent: { status: 'Not Ready', version: null } }),
  failed: (world, vm) => change(world, vm, { provisioningState: 'Failed' }),
  forbidden: (world, vm) => change(world, vm, { extensionsAllowed: false }),
  off: (world, vm) => change(world, vm, { powerState: 'PowerState/deallocated', agent: null }),
  young: (world, vm) => change(world, vm, { created: f.now }),
  gone: (world, vm) => void (world.vms = world.vms.filter(({ name }) => name !== vm)),
  kek: (world) =>
    void (world.keys['kv-prod-weu/kek'] = [{ name: 'kek', version: 'k1', enabled: false, expires: null }]),
  soon: (world) =>
    void (world.keys['kv-prod-weu/kek'] = [{ name: 'kek', version: 'k1', enabled: true, expires: f.now }]),
  shut: (world) =>
    changeKeyVault(world, 'kv-prod-weu', {
      firewall: { publicAccess: 'Enabled', defaultAction: 'Deny', bypass: 'None' },
    }),
  rights: (world) => changeKeyVault(world, 'kv-prod-weu', { policies: [] }),
  accounts: (world) => void (world.accounts = []),
  permissions: (world) => void (world.permissions = []),
  old: (world, vm) =>
    void (world.items = world.items.map((item) =>
      item.vmId.endsWith(`/${vm}`) ? { ...item, lastRecoveryPoint: new Date('2026-11-01') } : item,
    )),
  pointless: (world, vm) =>
    void (world.items = world.items.map((item) =>
      item.vmId.endsWith(`/${vm}`) ? { ...item, lastRecoveryPoint: null } : item,
    )),
};
const wrong = fc.array(fc.tuple(fc.constantFrom(...Object.keys(troubles)), some), { maxLength: 4 });

const methods = [
  'vms', 'vm', 'disks', 'vaults', 'policies', 'protectedItems', 'recoveryPoints', 'jobs', 'keyVault', 'deletedKeyVault',
  'keyVersions', 'secret', 'secrets', 'roleAssignments', 'roleDefinition', 'denyAssignments', 'locksIn', 'permissions',
  'providerState', 'servicePrincipalId', 'tenantId', 'storageAccounts',
] as const; // oxfmt-ignore
const failures = fc.array(
  fc.record({
    method: fc.constantFrom(...methods),
    kind: fc.constantFrom(...kinds),
    at: fc.constantFrom('', 'rsv-prod-weu', 'kv-prod-weu', 'vm-app-01'),
  }),
  { minLength: 1, maxLength: 4 },
) satisfies fc.Arbitrary<Failure[]>;

function estate(befallen: readonly (readonly [string, string])[]): World {
  const world = contoso();
  for (const name of ['vm-sql-01', 'vm-rbac-01', 'vm-big-01', 'vm-off-01']) protect(world, name, { points: nights });
  for (const [trouble, vm] of befallen) if (world.vms.some(({ name }) => name === vm)) troubles[trouble]!(world, vm);
  return world;
}

/** The forecast; null if nothing could be read at all, so that nothing is reported. */
async function forecast(world: World, failing: readonly Failure[] = [], by = rules): Promise<Forecast | null> {
  const { reads } = readsOf(world, failing);
  const readiness = { rules: by, cache: createReadinessCache() };
  try {
    return forecastOf(await readForecastFacts(estateWith(reads, { vms: noInventory, readiness })));
  } catch (error) {
    if (error instanceof AzureFault) return null;
    throw error;
  }
}

const rowOf = (told: Forecast, vm: string) => told.rows.find(({ name }) => name === vm);

describe('a forecast', () => {
  test('has one row per protected VM, and reports each VM that a check blocks when it is checked alone', () =>
    fc.assert(
      fc.asyncProperty(wrong, async (befallen) => {
        const world = estate(befallen);
        const told = (await forecast(world))!;
        expect(told.rows).toHaveLength(world.items.length);
        for (const { vmId } of world.items) {
          const ask = { vmId, subscription: f.subscription, rules, cache: createReadinessCache(), now: f.now };
          const alone = assess(await gather(readsOf(world).reads, ask), rules);
          const { run } = rowOf(told, alone.vm.name)!;
          const isBlocked = alone.findings.some(({ verdict, aside }) => verdict === 'block' && !aside);
          if (isBlocked) expect([alone.vm.name, run.state]).not.toEqual([alone.vm.name, 'clear']);
          if (alone.protection.tonight.works === 'no') expect([vmId, run.state]).toEqual([vmId, 'fails']);
          if (alone.verdict === 'ready') expect([vmId, run]).toEqual([vmId, { state: 'clear', why: null }]);
        }
      }),
      { numRuns: 60 },
    ));

  test('never reports as fine what reading everything would not', () =>
    fc.assert(
      fc.asyncProperty(wrong, failures, async (befallen, failing) => {
        const world = estate(befallen);
        // A key that Azure says doesn't exist was read: it is absent in the whole picture, too.
        const absent = failing.filter(({ method, kind }) => method === 'keyVersions' && kind === 'missing');
        const [whole, seen] = [await forecast(world, absent), await forecast(world, failing)];
        if (seen === null || whole === null) return;
        for (const row of seen.rows) {
          const known = rowOf(whole, row.name)!;
          if (row.run.state === 'clear') expect([row.name, known.run.state]).toEqual([row.name, 'clear']);
          const { impossible, unread } = row.restore;
          if (impossible.length + unread.length === 0)
            expect([row.name, known.restore.impossible]).toEqual([row.name, []]);
        }
        if (seen.rows.length < whole.rows.length) expect(seen.unread).not.toEqual([]);
        if (seen.ade.vms.length < whole.ade.vms.length) expect(seen.ade.unknown + seen.ade.unread).toBeGreaterThan(0);
      }),
      { numRuns: 100 },
    ));

  test('from the little that is kept of each VM says the same as from everything that the checks say', () =>
    fc.assert(
      fc.asyncProperty(wrong, failures, async (befallen, failing) => {
        const world = estate(befallen);
        const { reads } = readsOf(world, failing);
        const readiness = { rules, cache: createReadinessCache() };
        const facts = await readForecastFacts(estateWith(reads, { vms: noInventory, readiness })).catch(() => null);
        if (facts === null) return;
        const vms = facts.vms.map(({ item }) => ({ vmId: item.vmId, subscription: f.subscription }));
        const ask = { ...readiness, vms, subscriptions: [], now: f.now };
        const { judged } = await gatherEstate(reads, ask, async (reading) => {
          const listed = assess(reading, rules);
          return listed.findings.some(isDisprovable) ? assess(await gatherProof(reads, reading), rules) : listed;
        });
        const whole = await Promise.all(judged);
        const from = facts.vms.map((vm, at) => ({ ...vm, assessment: vm.assessment && (whole[at] ?? null) }));
        expect(forecastOf(facts)).toEqual(forecastOf({ ...facts, vms: from }));
      }),
      { numRuns: 100 },
    ));

  test('a missing permission is no failure if the recovery points prove that the keys were copied', async () => {
    const world = estate([['rights', 'vm-sql-01']]);
    const { run } = rowOf((await forecast(world))!, 'vm-sql-01')!;
    expect(run).toMatchObject({ state: 'at-risk', why: { finding: { code: 'rights.policies-missing-proven' } } });
    const points = [{ method: 'recoveryPoints', kind: 'forbidden' }] as const;
    expect(rowOf((await forecast(world, points))!, 'vm-sql-01')!.run.state).toBe('fails');
  });

  test('VMs in a vault without a second region are at risk where a rule requires one, and can be restored', async () => {
    const found = async (redundancy: string | null, secondRegion: boolean) => {
      const world = estate([]);
      const vaults = world.vaults.map((vault) => ({ ...vault, redundancy }));
      const told = (await forecast({ ...world, vaults }, [], { ...rules, secondRegion }))!;
      const of = (whys: readonly Why[]) => whys.map((why) => ('own' in why ? why.own : why.finding.code));
      expect(told.rows.flatMap(({ restore }) => of(restore.impossible)).join()).not.toContain('second-region');
      return [...new Set(told.rows.flatMap(({ restore }) => [...of(restore.risks), ...of(restore.unread)]))];
    };
    expect(await found('LocallyRedundant', true)).toContain('no-second-region');
    expect(await found('ZoneRedundant', true)).toContain('no-second-region');
    expect(await found(null, true)).toContain('second-region-unread');
    for (const fine of ['GeoRedundant', 'GeoZoneRedundant'])
      expect((await found(fine, true)).join()).not.toContain('second-region');
    expect((await found('LocallyRedundant', false)).join()).not.toContain('second-region');
  });

  test('VMs by their owner, whatever the case of the tag, protected or not', async () => {
    const world = estate([]);
    change(world, 'vm-web-01', { tags: { Owner: ' Ana ' } });
    const { ade } = (await forecast(world))!;
    expect(ade.vms.find(({ name }) => name === 'vm-web-01')).toEqual({
      name: 'vm-web-01',
      group: 'rg-web',
      owner: 'Ana',
    });
    expect(ade).toMatchObject({ days: 661, unknown: 0, unread: 0 });
    expect(ade.vms.map(({ name }) => name)).not.toContain(find(world, 'vm-plain-01').name);
  });
});
