import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Drills } from '../../src/azure/gateway.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import { attemptOf } from './support/attempt.ts';
import { faultOf } from './support/gateway-on.ts';
import { keyVaultId, subscription } from './support/names.ts';
import {
  deploymentOf,
  restoreDisks,
  restoredDisk,
  restoredInterface,
  restoredVm,
  subnetOf,
} from './support/restored-vm.ts';
import { simulated, type Simulated } from './support/simulated.ts';

let sim: Simulated;
let drills: Drills;
beforeEach(async () => {
  sim = await simulated();
  drills = sim.azure.restores!;
});
afterEach(async () => sim[Symbol.asyncDispose]());

const subnet = subnetOf('vnet-drills-weu', 'snet-drills');
const below = `/subscriptions/${subscription}/resourceGroups/rg-network/providers/Microsoft.Network`;

test("a subnet's outbound rules: Azure's among its own, and nothing if there are none", async () => {
  const ways = (await drills.subnetWays(subnet))!;
  const { rules, ...rest } = ways;
  expect(rest).toEqual({
    id: subnet,
    defaultOutbound: null,
    natGatewayId: null,
    securityGroupId: `${below}/networkSecurityGroups/nsg-drills`,
    routes: [],
    serviceEndpoints: [],
    peerings: [],
    ...{ privateEndpoints: [], services: [] },
    hasGatewaySubnet: false,
  });
  expect(rules!.map(({ name }) => name)).toEqual([
    'DenyInternet',
    'AllowVnetOutBound',
    'AllowInternetOutBound',
    'DenyAllOutBound',
  ]);
  const any = { sources: ['*'], ports: ['*'], protocol: '*' };
  expect(rules![0]).toEqual({
    name: 'DenyInternet',
    priority: 100,
    access: 'Deny',
    destinations: ['Internet'],
    ...any,
  });
  expect(await drills.subnetWays(subnetOf('vnet-drills-weu', 'snet-none'))).toBeNull();
  expect(await drills.subnetWays(subnetOf('vnet-none', 'snet-drills'))).toBeNull();
  expect((await drills.subnetWays(subnetOf('vnet-prod-weu', 'snet-app')))!.rules).toBeNull();
});

test('everything that opens it; and a named table that doesn’t exist is no answer', async () => {
  const { virtualNetworks } = (await sim.state()) as SimState;
  const open = {
    name: 'snet-drills',
    prefix: '10.30.1.0/24',
    routeTableId: `${below}/routeTables/rt-drills`,
    natGatewayId: `${below}/natGateways/nat-drills`,
    defaultOutbound: false,
    serviceEndpoints: ['Microsoft.Storage'],
    privateEndpointIds: [`${below}/privateEndpoints/pe-1`],
    serviceLinks: [{ name: 'AppServiceLink', service: 'Microsoft.Web/serverFarms' }],
  };
  const [nic, firewall] = [`${below}/networkInterfaces/nic/ipConfigurations/1`, `${below}/azureFirewalls/fw/x/1`];
  const others = { privateEndpointIds: [`${below}/privateEndpoints/pe-2`], ipConfigurationIds: [nic, firewall] };
  const gateway = { name: 'GatewaySubnet', prefix: '10.30.2.0/24', ...others };
  const peerings = [{ name: 'to-prod', remoteId: `${below}/virtualNetworks/vnet-prod-weu` }];
  const changed = virtualNetworks.map((one) =>
    one.name === 'vnet-drills-weu' ? { ...one, subnets: [open, gateway], peerings } : one,
  );
  await sim.change({ virtualNetworks: changed });
  const fault = await faultOf(drills.subnetWays(subnet));
  expect(fault.facts).toMatchObject({ kind: 'garbled', code: 'NoPartOfSubnet' });
  const table = { subscription, resourceGroup: 'rg-network', name: 'rt-drills', location: 'westeurope', tags: {} };
  const route = { name: 'out', prefix: '0.0.0.0/0', nextHop: 'VirtualAppliance' };
  await sim.change({ routeTables: [{ ...table, routes: [route] }] });
  expect(await drills.subnetWays(subnet)).toEqual({
    id: subnet,
    defaultOutbound: false,
    natGatewayId: open.natGatewayId,
    securityGroupId: null,
    rules: null,
    routes: [route],
    serviceEndpoints: ['Microsoft.Storage'],
    peerings: [{ name: 'to-prod', remoteNetworkId: peerings[0]!.remoteId }],
    privateEndpoints: [...open.privateEndpointIds, ...others.privateEndpointIds],
    services: [`${subnet}/serviceAssociationLinks/AppServiceLink`, firewall],
    hasGatewaySubnet: true,
  });
});

test('tags are merged; a VM is deleted before its disks and interfaces; what doesn’t exist counts as deleted', async () => {
  await restoreDisks(sim, 'vm-sql-01', ['restored-os', 'restored-data']);
  await sim.azure.restores!.deploy(deploymentOf(), attemptOf());
  await sim.advance(300);
  const [vm, nic, disk] = [
    restoredVm('vm-sql-01-restored'),
    restoredInterface('vm-sql-01-restored-nic'),
    restoredDisk('restored-os'),
  ];
  // Where the drill roles aren't assigned, nothing can be deleted.
  const { facts } = await faultOf(drills.remove(vm, attemptOf()));
  expect(facts).toMatchObject({ kind: 'forbidden', action: 'Microsoft.Compute/virtualMachines/delete' });
  const group = vm.split('/').slice(0, 5).join('/');
  const listing = 'Microsoft.Resources/subscriptions/resourceGroups/resources/read';
  expect((await faultOf(drills.tagged(group, ['owner']))).facts).toMatchObject({ kind: 'forbidden', action: listing });
  const { roleAssignments } = (await sim.state()) as SimState;
  await sim.change({
    roleAssignments: roleAssignments.map((one) => ({ ...one, scope: one.scope.replace('rg-drills', 'rg-restore') })),
  });
  const at = () => Promise.all([vm, nic, disk].map((id) => drills.deletable(id)));
  expect((await at()).map((one) => one!.holder)).toEqual([null, vm, vm]);
  expect((await at()).map((one) => one!.created !== null)).toEqual([true, false, true]);
  for (const id of [vm, nic, disk]) await drills.addTags(id, { owner: 'ana' }, attemptOf());
  await drills.addTags(disk, { drill: '1' }, attemptOf());
  expect((await at()).map((one) => one!.tags)).toMatchObject([
    { owner: 'ana' },
    { owner: 'ana' },
    { owner: 'ana', drill: '1' },
  ]);
  const tagged = async (tag: string) => (await drills.tagged(group, [tag])).map(({ id, tags }) => [id, tags[tag]]);
  expect(await tagged('drill')).toEqual([[disk, '1']]);
  expect((await tagged('owner')).toSorted()).toEqual([vm, nic, disk].map((id) => [id, 'ana']).toSorted());
  expect(await tagged('constructor')).toEqual([]);
  expect((await drills.tagged(group, ['DRILL', 'owner'])).find(({ id }) => id === disk)?.tags).toEqual({
    DRILL: '1',
    owner: 'ana',
  });
  expect((await faultOf(drills.remove(disk, attemptOf()))).facts).toMatchObject({ code: 'OperationNotAllowed' });
  expect((await faultOf(drills.remove(nic, attemptOf()))).facts).toMatchObject({ code: 'NicInUse' });
  await sim.runAt(1);
  await drills.remove(vm, attemptOf());
  expect(await drills.deletable(vm)).not.toBeNull();
  await sim.advance(60);
  expect((await at()).map((one) => one?.holder)).toEqual([undefined, null, null]);
  for (const id of [nic, disk, vm]) await drills.remove(id, attemptOf());
  await sim.advance(15);
  expect(await at()).toEqual([null, null, null]);
  expect(await sim.requests('GET', /\/(Disk)?operations\//i)).toEqual([]);
});

test('anything else is neither deleted, tagged nor read for that: it is refused before it is sent', async () => {
  for (const call of [
    drills.remove(keyVaultId, attemptOf()),
    drills.addTags(keyVaultId, {}, attemptOf()),
    drills.deletable(keyVaultId),
  ])
    expect((await faultOf(call)).facts).toMatchObject({ kind: 'refused', code: 'NotDeletable' });
  expect((await faultOf(drills.tagged(`/subscriptions/${subscription}`, ['drill']))).facts).toMatchObject({
    code: 'NoGroup',
  });
  expect(await sim.requests('DELETE', /./)).toEqual([]);
});
