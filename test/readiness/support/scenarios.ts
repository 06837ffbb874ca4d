/** Cases on top of the estate: what happened, which VM is checked, and the result. */
import { keyOfId } from '../../../src/core/arm-id.ts';
import type { Assessment, AssessmentVerdict } from '../../../src/readiness/findings/assessment.ts';
import type { VmFacts } from '../../../src/azure/gateway.ts';
import type { FindingCode } from '../../../src/readiness/findings/finding-codes.ts';
import { add, backupDataActions, change, emptyWorld, find, type LookOver, protect } from './contoso.ts';
import * as f from './facts.ts';
import type { World } from './world.ts';

/** One case. `codes`: findings that must be among the result; `also` what else must hold. */
export type Scenario = LookOver & {
  readonly name: string;
  readonly lay: (world: World) => void;
  readonly vm?: string;
  readonly verdict: AssessmentVerdict;
  readonly codes: readonly FindingCode[];
  readonly also?: (seen: Assessment) => boolean;
};

const vmName = 'vm-case';
const ade = f.diskKeys('kv-prod-weu', 'kv-prod-weu', 'case');

/** A scenario's world: the estate's vaults, and one VM with these disks. */
export function laid(scenario: Scenario): World {
  const world = emptyWorld();
  scenario.lay(world);
  return world;
}

export const put = (world: World, over: Partial<VmFacts> = {}, disks: Parameters<typeof add>[2] = [ade]) =>
  add(world, f.vm('rg-case', vmName, over), disks);

/** Changes an existing key vault. */
export function changeKeyVault(world: World, name: string, over: Partial<World['keyVaults'][number]>) {
  world.keyVaults = world.keyVaults.map((one) => (one.name === name ? { ...one, ...over } : one));
}

export const nights = ['2026-11-22T23:04:00Z', '2026-11-23T23:04:00Z'].map((time) => f.point(time));

export function roleCase(world: World, roles: World['roles'], over: Partial<World['assignments'][number]> = {}) {
  put(world, {}, [f.diskKeys('kv-rbac-weu', 'kv-rbac-weu', 'case')]);
  world.roles.push(...roles.filter((role) => !world.roles.includes(role)));
  world.assignments.push(
    ...roles.map((role, index) => ({
      id: `/assignment/${index}`,
      scope: `/subscriptions/${f.subscription}`,
      roleDefinitionId: role.id,
      principalId: f.backupService,
      principalType: 'ServicePrincipal',
      condition: null,
      ...over,
    })),
  );
}

export const everything = f.role('Key Vault Administrator', ['Microsoft.KeyVault/vaults/*']);
export const reader = f.role('Key Vault Reader', [
  'Microsoft.KeyVault/vaults/*/read',
  'Microsoft.KeyVault/vaults/secrets/readMetadata/action',
]);

export function deny(world: World) {
  const permissions = [
    {
      actions: [],
      notActions: [],
      dataActions: ['Microsoft.KeyVault/vaults/secrets/*'],
      notDataActions: [],
      condition: null,
    },
  ];
  const reach = { principals: [], everyone: true, excluded: [], excludesGroups: false, scope: '/', childScopes: true };
  world.denials.push({ id: '/deny', name: 'locked', permissions, ...reach });
}

export function lock(world: World, scope: string, level = 'ReadOnly') {
  world.locks.push({ id: `${scope}/providers/Microsoft.Authorization/locks/freeze`, name: 'freeze', level });
}

/** This number of on-demand backups today, besides the scheduled one of 23:00 UTC the day before. */
export function backupsToday(world: World, count: number) {
  put(world);
  protect(world, vmName, { points: nights });
  const machine = find(world, vmName);
  for (let n = 0; n < count; n += 1) {
    world.jobs.push(f.job(machine, 'rsv-prod-weu', { startTime: new Date(Date.UTC(2026, 10, 24, 1, n)) }));
  }
}

export function answers(world: World, code: string) {
  world.preValidation[keyOfId(f.vmId('rg-case', vmName))] = {
    ok: false,
    code,
    message: 'Azure says no.',
    recommendation: 'Do something.',
  };
}

export const forbidden = (method: NonNullable<LookOver['failures']>[number]['method'], action?: string) => ({
  failures: [{ method, ...(action ? { action } : {}) }],
});

export { add, ade, change, find, protect, vmName, backupDataActions };
