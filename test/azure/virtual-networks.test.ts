import { expect, test } from '@jest/globals';
import { gatewayOn } from './support/gateway-on.ts';
import { subscription } from './support/names.ts';
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
