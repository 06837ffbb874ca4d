import { expect, test } from '@jest/globals';
import { gatewayOn } from './support/gateway-on.ts';
import { subscription } from './support/names.ts';
import { simulated } from './support/simulated.ts';
import { startWire } from './support/wire-server.ts';

test('the VM sizes of a region, and none of its other SKUs, page by page', async () => {
  await using sim = await simulated();
  await sim.change({ settings: { pageSize: 5 } });
  const sizes = await sim.azure.reads.vmSizes(subscription, 'westeurope');
  expect(sizes.find(({ name }) => name === 'Standard_D4s_v5')).toEqual({
    name: 'Standard_D4s_v5',
    family: 'standardDSv5Family',
    vCpus: 4,
    memoryGiB: 16,
    maxDataDisks: 8,
    premiumDisks: true,
    generations: ['V1', 'V2'],
    architecture: 'x64',
    controllers: [],
    tempDisk: false,
    confidential: null,
    trustedLaunch: true,
    isAvailable: true,
    zones: ['1', '2', '3'],
  });
  expect(sizes.find(({ name }) => name === 'Standard_D4as_v5')).toMatchObject({ isAvailable: true, zones: ['1', '2'] });
  expect(sizes.find(({ name }) => name === 'Standard_E8s_v5')).toMatchObject({ isAvailable: false });
  expect(sizes.find(({ name }) => name === 'Standard_DS1_v2')).toMatchObject({ memoryGiB: 3.5, tempDisk: true });
  expect(sizes.some(({ name }) => name === 'Premium_LRS')).toBe(false);
  const asked = await sim.requests('GET', /Compute\/skus/);
  expect(asked.length).toBeGreaterThan(1);
  expect(decodeURIComponent(asked[0]!.path)).toContain("$filter=location eq 'westeurope'");
});

test('what a size leaves out is unknown, and one restricted only in some zones is included', async () => {
  const wire = await startWire();
  const bare = { resourceType: 'virtualMachines', name: 'Standard_X' };
  const told = {
    ...{ ...bare, name: 'Standard_Y' },
    capabilities: [
      { name: 'TrustedLaunchDisabled', value: 'True' },
      { name: 'DiskControllerTypes', value: 'SCSI, NVMe' },
      { name: 'ConfidentialComputingType', value: 'SNP' },
      { name: 'vCPUs', value: 'many' },
    ],
    restrictions: [{ type: 'Zone', values: ['westeurope'], reasonCode: 'NotAvailableForSubscription' }],
  };
  wire.answer(/skus$/, { body: { value: [bare, told] } });
  const [first, second] = await gatewayOn(wire.url).reads.vmSizes(subscription, 'westeurope');
  expect(first).toMatchObject({
    family: null,
    vCpus: null,
    premiumDisks: null,
    generations: [],
    tempDisk: null,
    isAvailable: true,
  });
  expect(second).toMatchObject({
    ...{ vCpus: null, trustedLaunch: false, confidential: 'SNP', controllers: ['SCSI', 'NVMe'], isAvailable: true },
  });
  await wire.close();
});

test('the vCPU quotas of a region, page by page; VMs that are off count, and one without a name is left out', async () => {
  await using sim = await simulated();
  const vms = (await sim.state())['vms'] as { location: string; power: string; size: string }[];
  const here = vms.filter(({ location }) => location === 'westeurope');
  expect(here.some(({ power }) => power === 'deallocated')).toBe(true);
  await sim.change({ settings: { pageSize: 3, quotas: { standardDSv5Family: 10 } } });
  const quotas = await sim.azure.reads.coreQuotas(subscription, 'westeurope');
  const used = here.reduce((sum, { size }) => sum + Number(/^Standard_D(\d+)s_v5$/.exec(size)![1]), 0);
  expect(quotas.find(({ name }) => name === 'cores')).toEqual({ name: 'cores', used, limit: 350 });
  expect(quotas.find(({ name }) => name === 'standardDSv5Family')).toMatchObject({ used, limit: 10 });
  const wire = await startWire();
  const bare = { unit: 'Count', currentValue: 1, limit: 2 };
  wire.answer(/usages$/, {
    body: {
      value: [
        { ...bare, name: {} },
        { ...bare, name: { value: 'cores' } },
      ],
    },
  });
  expect(await gatewayOn(wire.url).reads.coreQuotas(subscription, 'westeurope')).toEqual([
    { name: 'cores', used: 1, limit: 2 },
  ]);
  await wire.close();
});
