import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RestoreRequest } from '../../src/azure/disk-restores.ts';
import { type AzureReads, itemRefOf } from '../../src/azure/gateway.ts';
import { actions } from '../azure/support/actions.ts';
import { alertRoutes } from '../../src/cli/doctor/alert-routes.ts';
import { plainLine } from '../azure/support/plain-line.ts';
import { attemptOf } from '../azure/support/attempt.ts';
import { readCalls, restoreReadCalls, restoreRequest, writeCalls } from '../azure/support/calls.ts';
import { faultOf } from '../azure/support/gateway-on.ts';
import { policyId, subscription, vaultId } from '../azure/support/names.ts';
import { deploymentOf, linkedTemplate, restoredVm, restoreGroup, subnetOf } from '../azure/support/restored-vm.ts';
import { healthy, keyVaultOf, simulated, vmOf } from '../azure/support/simulated.ts';
import { readIdentities } from '../../src/sim/access/role-files.ts';
import type { SimState } from '../../src/sim/state/state.ts';

type Simulated = Awaited<ReturnType<typeof simulated>>;
type Call = (sim: Simulated) => Promise<unknown>;
type RoleFile = Readonly<Record<'Actions' | 'DataActions', readonly string[]>> & { readonly Name: string };

const folder = join(import.meta.dirname, '..', '..', 'manifest', 'azure');
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as RoleFile;

const rights = (file: string) => [...read(file).Actions, ...read(file).DataActions];

/** Azure Backup's own role. */
const ofOthers = 'backup-key-reader-role.json';
const built = readdirSync(folder)
  .filter((name) => name.endsWith('-role.json'))
  .filter((name) => name !== ofOthers);

const plain = vmOf('rg-web', 'vm-plain-01');
const toProtect = { ref: itemRefOf(plain, vaultId), vmId: plain, policyId };

/**
 * Every action that a call of the product needs, with a call that needs it; the first ones are needed for what a call
 * links, and precede those that need them directly.
 */
const calls: [string, Call][] = [
  ['Microsoft.Compute/virtualMachines/write', ({ azure }) => azure.writes.protect(toProtect, attemptOf(randomUUID()))],
  ...(Object.keys(readCalls) as (keyof AzureReads)[]).flatMap((name): [string, Call][] => {
    const action = actions[name];
    return action === null ? [] : [[action, ({ azure }) => readCalls[name](azure.reads)]];
  }),
  ...(Object.keys(writeCalls) as (keyof typeof writeCalls)[]).map((name): [string, Call] => [
    actions[name] as string,
    ({ azure }) => writeCalls[name](azure, attemptOf(randomUUID())),
  ]),
  ...(Object.keys(restoreReadCalls) as (keyof typeof restoreReadCalls)[]).map((name): [string, Call] => [
    actions[name] as string,
    ({ azure }) => restoreReadCalls[name](azure.restores!),
  ]),
];

/** What only the doctor reads: where Azure's alerts go. */
const alertsGo: Call = ({ url }) => alertRoutes(plainLine(url), subscription);
const deployment: Call = ({ azure }) => azure.restores!.deploy(deploymentOf(), attemptOf());
const linked: Call = ({ azure }) =>
  azure.restores!.deploy(deploymentOf({ template: linkedTemplate }), attemptOf(randomUUID()));
const network = 'Microsoft.Network';

/** What creating a VM needs. */
const deployCalls: [string, Call][] = [
  ...(['pointDiskToKeys', 'deploy', 'pushAdeExtension'] as const).map((name): [string, Call] => [
    actions[name] as string,
    ({ azure }) => writeCalls[name](azure, attemptOf(randomUUID())),
  ]),
  [actions.interfaceState as string, ({ azure }) => restoreReadCalls.interfaceState(azure.restores!)],
  [actions.interfaceAddresses as string, ({ azure }) => restoreReadCalls.interfaceAddresses(azure.restores!)],
  [actions.publicAddress as string, ({ azure }) => restoreReadCalls.publicAddress(azure.restores!)],
  [actions.adeExtension as string, ({ azure }) => restoreReadCalls.adeExtension(azure.restores!)],
  [
    'Microsoft.Resources/deployments/validate/action',
    ({ azure }) => azure.restores!.validateDeployment(deploymentOf()),
  ],
  ['Microsoft.Resources/deployments/whatIf/action', ({ azure }) => azure.restores!.whatIf(deploymentOf())],
  ['Microsoft.Resources/deployments/read', ({ azure }) => azure.restores!.deployment(restoreGroup, 'kluis-1')],
  [
    'Microsoft.Resources/deployments/operations/read',
    async (sim) => {
      await deployment(sim);
      return sim.azure.restores!.deployment(restoreGroup, 'kluis-1');
    },
  ],
  ['Microsoft.Compute/virtualMachines/write', deployment],
  ['Microsoft.Compute/disks/read', deployment],
  [`${network}/networkInterfaces/write`, deployment],
  [`${network}/networkInterfaces/join/action`, deployment],
  [`${network}/virtualNetworks/subnets/join/action`, deployment],
  [`${network}/networkSecurityGroups/join/action`, linked],
  [`${network}/publicIPAddresses/write`, linked],
  [`${network}/publicIPAddresses/join/action`, linked],
  ['Microsoft.KeyVault/vaults/deploy/action', linked],
];
/** The restore identity reads its own permissions, each role's at the place where that is assigned. */
const permitted = (at: string): [string, Call] => [
  'Microsoft.Authorization/permissions/read',
  ({ azure }) => azure.restores!.permissions(at),
];
const inGroup = (name: string) => `/subscriptions/${subscription}/resourceGroups/${name}`;
calls.push(
  ['Microsoft.Insights/actionGroups/read', alertsGo],
  ['Microsoft.AlertsManagement/actionRules/read', alertsGo],
);
/** Read by a list that leaves out what may not be read, so nothing is refused. */
const leftOut = 'Microsoft.ClassicCompute/virtualMachines/read';

/** What the restore identity needs: a restore of a protected VM, and what that links. */
async function restoring(sim: Simulated): Promise<RestoreRequest> {
  const [point] = await sim.azure.reads.recoveryPoints(healthy);
  return { ...restoreRequest, ref: healthy, sourceVmId: vmOf('rg-app', 'vm-app-01'), point: point!.name };
}
const restores: Call = async (sim) => sim.azure.restores!.startRestore(await restoring(sim), attemptOf(randomUUID()));
const plainVm = vmOf('rg-app', 'vm-dup-01');
/** The same for a new VM, which must be an unencrypted one. */
const makesVm: Call = async (sim) => {
  const ref = itemRefOf(plainVm, vaultId);
  const [point] = await sim.azure.reads.recoveryPoints(ref);
  const subnetId = subnetOf('vnet-prod-weu', 'snet-restore');
  const networkId = subnetId.replace(/\/subnets\/.*$/, '');
  const to = { makes: 'vm', groupId: restoreGroup, vmId: restoredVm('vm-new-01'), networkId, subnetId } as const;
  const asked = { ...restoreRequest, ref, sourceVmId: plainVm, point: point!.name, to };
  return sim.azure.restores!.startRestore(asked, attemptOf(randomUUID()));
};
const validates: Call = async (sim) => sim.azure.restores!.validateRestore(await restoring(sim));
const blob = { account: 'stkluisweu', container: 'restored', blob: 'config.json' };
const blobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';
const isOfBlobs = (action: string) => action.startsWith(blobs);
const restoreCalls: [string, Call][] = [
  [actions.startRestore as string, restores],
  ['Microsoft.RecoveryServices/Vaults/backupTriggerValidateOperation/action', validates],
  ['Microsoft.RecoveryServices/Vaults/backupValidateOperationsStatuses/read', validates],
  ['Microsoft.Compute/virtualMachines/write', restores],
  ['Microsoft.Storage/storageAccounts/write', restores],
  ['Microsoft.Resources/subscriptions/resourceGroups/write', restores],
  [`${blobs}/read`, ({ azure }) => azure.restores!.blob(blob)],
  [`${blobs}/delete`, ({ azure }) => azure.restores!.deleteBlob(blob, attemptOf(randomUUID()))],
];

/** Needed by a restore only. */
const networkRead = 'Microsoft.Network/virtualNetworks/read';

/** What a drill needs of its own, in its own group. */
const inDrills = (type: string) => `/subscriptions/${subscription}/resourceGroups/rg-drills/providers/${type}/any`;
const removes =
  (type: string): Call =>
  ({ azure }) =>
    azure.restores!.remove(inDrills(type), attemptOf(randomUUID()));
const machines = 'Microsoft.Compute/virtualMachines';
const drillCalls: [string, Call][] = [
  [`${machines}/read`, ({ azure }) => azure.restores!.deletable(inDrills(machines))],
  [`${machines}/delete`, removes(machines)],
  ['Microsoft.Compute/disks/delete', removes('Microsoft.Compute/disks')],
  [`${network}/networkInterfaces/delete`, removes(`${network}/networkInterfaces`)],
  [
    'Microsoft.Resources/subscriptions/resourceGroups/resources/read',
    ({ azure }) => azure.restores!.tagged(inDrills('').split('/providers/')[0]!, ['kluis-drill']),
  ],
  ['Microsoft.Resources/tags/write', ({ azure }) => azure.restores!.addTags(inDrills(machines), {}, attemptOf())],
];
/** A drill's subnet with everything that is read about it. */
const readsEgressPaths: Call = async (sim) => {
  const { virtualNetworks } = (await sim.state()) as SimState;
  const place = { subscription, resourceGroup: 'rg-network', name: 'rt-any', location: 'westeurope', tags: {} };
  const routeTableId = `/subscriptions/${subscription}/resourceGroups/rg-network/providers/${network}/routeTables/rt-any`;
  const routed = virtualNetworks.map((one) => ({
    ...one,
    subnets: one.subnets.map((subnet) => ({ ...subnet, routeTableId })),
  }));
  await sim.change({ virtualNetworks: routed, routeTables: [{ ...place, routes: [] }] });
  return sim.azure.restores!.subnetWays(subnetOf('vnet-drills-weu', 'snet-drills'));
};

/** The operating identity's roles with this action: either is enough. */
const itemsWritten = ['protect-role.json', 'stop-protection-role.json'];
const stops = (['stopProtection', 'undelete'] as const).map((name): [string, Call] => [
  actions[name] as string,
  ({ azure }) => writeCalls[name](azure, attemptOf(randomUUID())),
]);
stops.push([actions.protect as string, ({ azure }) => azure.writes.protect(toProtect, attemptOf(randomUUID()))]);

/** For roles whose actions others have too, the calls that need them there. */
const callsOf: Readonly<Record<string, [string, Call][]>> = {
  'restore-disks-role.json': [...restoreCalls, permitted(vaultId)],
  'restore-source-role.json': [...restoreCalls, permitted(inGroup('rg-app'))],
  'restore-staging-role.json': [...restoreCalls, permitted(inGroup('rg-staging'))],
  'restore-target-role.json': [...restoreCalls, permitted(restoreGroup)],
  'deploy-template-role.json': deployCalls,
  'finish-restore-role.json': deployCalls,
  'restore-network-role.json': [[networkRead, makesVm], ...deployCalls, permitted(inGroup('rg-network'))],
  'link-key-vault-role.json': [...deployCalls, permitted(keyVaultOf('kv-rbac-weu'))],
  'drill-role.json': drillCalls,
  // Resuming is protecting with the chosen policy.
  'stop-protection-role.json': stops,
  'drill-network-role.json': [
    [`${network}/networkSecurityGroups/read`, readsEgressPaths],
    [`${network}/routeTables/read`, readsEgressPaths],
  ],
};

const cases = built.flatMap((file) => rights(file).map((action) => [file, action] as const));

test('every action that a call needs is in a role', () => {
  const given = new Set(built.flatMap(rights));
  const all = [...calls, ...Object.values(callsOf).flat()];
  expect(all.map(([action]) => action).filter((action) => !given.has(action))).toEqual([]);
});

test('an action is in only one role of an identity, so that removing that role removes it', () => {
  const identities = Object.entries(readIdentities()).filter(([identity]) => identity !== 'kluis-grant');
  const twice = identities.map(([identity, roles]) => {
    const given = roles.map(({ role }) => `${role}.json`).filter((file) => built.includes(file));
    const all = given.flatMap(rights);
    return [identity, all.filter((action, at) => all.indexOf(action) !== at)];
  });
  // Stopping, resuming and undeleting write a protected item, like protecting: one action, and an identity that may do
  // only one of them has only one of the two roles. Azure Backup needs the other action at the VM that is restored, a
  // deployment at the target group. The restore identity reads its permissions at each kind of place, and at each it
  // may have only one of its roles.
  expect(twice.map(([identity, all]) => [identity, [...new Set(all)]])).toEqual([
    ['kluis-operate', [actions.stopProtection]],
    ['kluis-restore', ['Microsoft.Authorization/permissions/read', 'Microsoft.Compute/virtualMachines/write']],
  ]);
});

describe('without one action of one role', () => {
  let sim: Simulated;
  let before: SimState;
  beforeAll(async () => {
    sim = await simulated();
    before = (await sim.state()) as SimState;
  });
  afterAll(async () => sim?.[Symbol.asyncDispose]());

  test.each(cases)('%s, %s: a call of the product is refused', async (file, action) => {
    const { Name } = read(file);
    // The other role with the same action, and the second identity's other way, must not stand in.
    const standIns = itemsWritten.includes(file)
      ? itemsWritten.filter((one) => one !== file).map((one) => read(one).Name)
      : [];
    if (file.startsWith('grant'))
      standIns.push(...built.filter((one) => one.startsWith('grant') && one !== file).map((one) => read(one).Name));
    const roles = before.roles
      .filter(({ name }) => !standIns.includes(name))
      .map((role) => {
        if (role.name !== Name) return role;
        const rest = (list: readonly string[]) => list.filter((one) => one !== action);
        const { actions: all, dataActions: data } = role.permissions;
        return { ...role, permissions: { ...role.permissions, actions: rest(all), dataActions: rest(data) } };
      });
    await sim.change({ roles });
    if (action === leftOut) {
      const entries = await sim.azure.reads.vmEntries(subscription);
      expect(entries.filter(({ classic }) => classic)).toEqual([]);
      return;
    }
    const asGrant = file.startsWith('grant') && action === 'Microsoft.Authorization/permissions/read';
    const keyVault = keyVaultOf(file.includes('access-policy') ? 'kv-web-weu' : 'kv-rbac-weu');
    const ofRole = callsOf[file] ?? calls;
    const own = ofRole.filter(([needed]) => needed === action).map(([, call]) => call);
    const tried: Call[] = asGrant
      ? [({ azure }) => azure.grants!.permissions(keyVault)]
      : own.slice(0, ofRole === stops ? own.length : 1);
    expect([action, tried.length > 0]).toEqual([action, true]);
    for (const call of tried) {
      const { facts } = await faultOf(call(sim));
      // The blob service says that a permission is missing, but not which.
      expect([facts.kind, facts.action]).toEqual(['forbidden', isOfBlobs(action) ? null : action]);
    }
  });

  test('for a protected item the missing linked permission is named, not the present one', async () => {
    await sim.change({ roles: before.roles.filter(({ name }) => name !== 'kluis-protect-vms') });
    const { facts } = await faultOf(sim.azure.writes.protect(toProtect, attemptOf(randomUUID())));
    expect(facts).toMatchObject({
      kind: 'forbidden',
      code: 'LinkedAuthorizationFailed',
      action: 'Microsoft.Compute/virtualMachines/write',
    });
  });
});
