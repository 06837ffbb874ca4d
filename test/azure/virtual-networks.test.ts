import { expect, test } from '@jest/globals';
import type { SimState } from '../../src/sim/state/state.ts';
import { faultOf, gatewayOn } from './support/gateway-on.ts';
import { attemptOf } from './support/attempt.ts';
import { networkId, subscription } from './support/names.ts';
import { newInterface } from './support/restored-vm.ts';
import { simulated } from './support/simulated.ts';
import { startWire } from './support/wire-server.ts';

const networks = `/subscriptions/${subscription}/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks`;

test('the virtual networks of the estate with their subnets, page by page', async () => {
  await using sim = await simulated();
  await sim.change({ settings: { pageSize: 1 } });
  const [first, second, ...rest] = await sim.azure.reads.virtualNetworks(subscription);
  expect(first).toEqual({
    id: `${networks}/vnet-prod-weu`,
    name: 'vnet-prod-weu',
    region: 'westeurope',
    subnets: [
      { id: `${networks}/vnet-prod-weu/subnets/snet-app`, name: 'snet-app', prefix: '10.10.1.0/24' },
      { id: `${networks}/vnet-prod-weu/subnets/snet-restore`, name: 'snet-restore', prefix: '10.10.9.0/24' },
    ],
  });
  expect(second).toMatchObject({ name: 'vnet-prod-neu', region: 'northeurope' });
  expect(rest.map(({ name }) => name)).toEqual(['vnet-drills-weu']);
  expect(await sim.requests('GET', /\/virtualNetworks\?/)).toHaveLength(3);
});

test('a network without subnets, and a subnet with several prefixes', async () => {
  const wire = await startWire();
  const network = { id: `${networks}/n`, name: 'n', location: 'westeurope' };
  const subnet = {
    id: `${networks}/m/subnets/s`,
    name: 's',
    properties: { addressPrefixes: ['10.0.0.0/24', 'fd::/64'] },
  };
  const value = [
    { ...network, properties: {} },
    { ...network, id: `${networks}/m`, properties: { subnets: [subnet] } },
  ];
  wire.answer(/virtualNetworks$/, { body: { value } });
  const found = await gatewayOn(wire.url).reads.virtualNetworks(subscription);
  expect(found.map(({ subnets }) => subnets)).toEqual([[], [{ id: subnet.id, name: 's', prefix: null }]]);
  await wire.close();
});

test('the addresses of an interface, the primary one’s first; one that Azure hasn’t given, or that doesn’t exist, is none', async () => {
  const wire = await startWire();
  const { restores } = gatewayOn(wire.url);
  const publicId = `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/ip`;
  const ipConfigurations = [
    { name: 'third', properties: { primary: false } },
    { name: 'second', properties: { primary: false, privateIPAddress: '10.0.0.5' } },
    { name: 'first', properties: { primary: true, privateIPAddress: '10.0.0.9', publicIPAddress: { id: publicId } } },
  ];
  wire.answer(/networkInterfaces\//, { body: { id: newInterface.id, properties: { ipConfigurations } } });
  expect(await restores!.interfaceAddresses(newInterface.id)).toEqual({
    ...{ privates: ['10.0.0.9', '10.0.0.5'], publicIds: [publicId] },
  });
  wire.answer(/publicIPAddresses\//, { body: { id: publicId, properties: { ipAddress: '203.0.113.7' } } });
  expect(await restores!.publicAddress(publicId)).toBe('203.0.113.7');
  wire.answer(/publicIPAddresses\//, { body: { id: publicId, properties: {} } });
  expect(await restores!.publicAddress(publicId)).toBeNull();
  wire.answer(/./, { status: 404, body: { error: { code: 'ResourceNotFound', message: 'no' } } });
  expect(await restores!.publicAddress(publicId)).toBeNull();
  expect(await restores!.interfaceAddresses(newInterface.id)).toBeNull();
  await wire.close();
});

test('the used addresses of subnets, without those that Azure reserves; in a full one there is none for an interface', async () => {
  await using sim = await simulated();
  const use = async () =>
    (await sim.azure.reads.subnetAddresses(networkId)).map(({ subnetId, used, limit }) => [
      subnetId.slice(networkId.length),
      used,
      limit,
    ]);
  await sim.azure.restores!.putInterface(newInterface, attemptOf());
  expect(await use()).toEqual([
    ['/subnets/snet-app', 0, 251],
    ['/subnets/snet-restore', 1, 251],
  ]);
  const { virtualNetworks } = (await sim.state()) as SimState;
  await sim.change({
    virtualNetworks: virtualNetworks.map((network) => ({
      ...network,
      subnets: network.subnets.map((one) => ({ ...one, othersUse: 250 })),
    })),
  });
  const another = { ...newInterface, id: `${newInterface.id}-2` };
  const { facts } = await faultOf(sim.azure.restores!.putInterface(another, attemptOf()));
  expect(facts).toMatchObject({ code: 'SubnetIsFull' });
  const wire = await startWire();
  const usage = { id: `${networkId}/subnets/a`, currentValue: 3, limit: 251, unit: 'Count' };
  wire.answer(/usages$/, { body: { value: [usage, { ...usage, limit: -1 }, { ...usage, id: undefined }] } });
  expect(await gatewayOn(wire.url).reads.subnetAddresses(networkId)).toEqual([
    { subnetId: usage.id, used: 3, limit: 251 },
  ]);
  await wire.close();
});
