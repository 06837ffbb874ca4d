import { describe, expect, test } from '@jest/globals';
import { fillTemplate } from '../../src/operations/restore/create-vm/template.ts';
import { linkedTemplate, restoreGroup, subnetOf } from '../azure/support/restored-vm.ts';

type Made = { readonly type: string; readonly [field: string]: unknown };
type Changed = Record<string, unknown> & { resources: Record<string, unknown>[]; variables: Record<string, unknown> };

const subnetId = subnetOf('vnet-drills-weu', 'snet-drills');
const values = {
  ...{ virtualMachineName: 'vm-app-01-drill', virtualNetwork: 'vnet-drills-weu', subnet: 'snet-drills' },
  ...{ virtualNetworkResourceGroup: 'rg-network', networkInterfacePrefixName: 'nic', publicIpAddressName: 'ip' },
  osDiskName: 'restored-os',
};

/** The template as a drill would deploy it after somebody has changed it. */
function deployed(change: (template: Changed, nic: never, vm: never) => void = () => {}) {
  const template = structuredClone(linkedTemplate) as unknown as Changed;
  const [, nic, vm] = template.resources;
  change(template, nic as never, vm as never);
  const drill = { tag: 'op-1', subnetId, groupId: restoreGroup };
  return fillTemplate(JSON.stringify(template), { size: null, drill }, values);
}

type Nic = { properties: Record<string, unknown> & { ipConfigurations: { properties: Record<string, unknown> }[] } };
type Vm = Record<string, unknown> & { properties: Record<string, Record<string, unknown>> };

test('a template’s public address is not deployed, and everything gets the tag', () => {
  const filled = deployed();
  expect(filled).toHaveProperty('template');
  const made = (filled as unknown as { template: { resources: Made[] } }).template.resources;
  expect(made.map(({ type }) => type)).toEqual([
    'Microsoft.Network/networkInterfaces',
    'Microsoft.Compute/virtualMachines',
  ]);
  expect(JSON.stringify(made)).not.toMatch(/publicIPAddress/i);
  for (const { tags } of made) expect(tags).toMatchObject({ 'kluis-drill': 'op-1' });
  // The same written out, or with a name for which there is no text.
  const nicId = `${restoreGroup}/providers/Microsoft.Network/networkInterfaces/vm-app-01-drill-nic`;
  for (const change of [
    (_: Changed, nic: Nic) => (nic.properties.ipConfigurations[0]!.properties['subnet'] = { id: subnetId }),
    (_: Changed, __: Nic, vm: Vm) => (vm.properties['networkProfile']!['networkInterfaces'] = [{ id: nicId }]),
    ({ variables }: Changed) => (variables['nic'] = "[concat('nic', uniqueString(resourceGroup('x')))]"),
  ])
    expect(deployed(change as never)).toHaveProperty('template');
});

describe('a template that could allow outbound access, or affect something else, is refused', () => {
  const first = (nic: Nic) => nic.properties.ipConfigurations[0]!.properties;
  const other = subnetOf('vnet-prod-weu', 'snet-app');
  const inline = [
    { name: 'n', properties: { ipConfigurations: [{ name: 'i', properties: { subnet: { id: other } } }] } },
  ];
  const cases: Readonly<Record<string, (template: Changed, nic: Nic, vm: Vm) => void>> = {
    'an interface within the VM': (_, __, vm) =>
      (vm.properties['networkProfile'] = {
        ...vm.properties['networkProfile'],
        networkInterfaceConfigurations: inline,
      }),
    'the same in another case': (_, __, vm) =>
      (vm.properties['networkProfile'] = {
        ...vm.properties['networkProfile'],
        NetworkInterfaceConfigurations: inline,
      }),
    'a second profile in another case': (_, __, vm) =>
      (vm.properties['NetworkProfile'] = { networkInterfaceConfigurations: inline }),
    'a profile that is an expression': (_, __, vm) => (vm.properties['networkProfile'] = "[variables('p')]" as never),
    'an address in another case': (_, nic) => (first(nic)['PublicIPAddress'] = { id: 'x' }),
    'an address further down': (_, nic) => (first(nic)['subnet'] = { id: subnetId, publicIPAddress: { id: 'x' } }),
    'another subnet': (_, nic) => (first(nic)['subnet'] = { id: other }),
    'another subnet by a variable': ({ variables }) => (variables['subnet'] = other),
    'two variables of a name': ({ variables }) => (variables['Subnet'] = other),
    'a subnet that nothing is known of': ({ variables }) => (variables['subnet'] = "[reference('x')]"),
    'a second configuration elsewhere': (_, nic) =>
      nic.properties.ipConfigurations.push({ name: 'b', properties: { subnet: { id: other } } } as never),
    'a load balancer': (_, nic) => (first(nic)['loadBalancerBackendAddressPools'] = [{ id: 'x' }]),
    'an interface that is there': (_, __, vm) =>
      (vm.properties['networkProfile']!['networkInterfaces'] = [
        { id: `${restoreGroup}/providers/Microsoft.Network/networkInterfaces/other` },
      ]),
    'a second interface elsewhere': ({ resources }, nic) => {
      const elsewhere = structuredClone(nic);
      first(elsewhere)['subnet'] = { id: other };
      resources.push({ ...elsewhere, name: 'second' } as never);
    },
    'a scale set': (_, __, vm) => (vm.properties['virtualMachineScaleSet'] = { id: 'x' }),
    'an identity': (_, __, vm) => (vm['identity'] = { type: 'SystemAssigned' }),
    'a copy of the properties': (_, __, vm) => (vm.properties['copy'] = [] as never),
    'functions of its own': (template) => (template['functions'] = []),
    'resources in another case': (template) => (template['Resources'] = []),
    outputs: (template) => (template['outputs'] = { key: { type: 'string', value: "[listKeys('x', '1')]" } }),
    'a disk that goes with the VM': (_, __, vm) =>
      (vm.properties['storageProfile']!['dataDisks'] = [{ lun: 1, deleteOption: 'Delete', managedDisk: { id: 'x' } }]),
  };

  test.each(Object.entries(cases))('%s', (_, change) => {
    expect(deployed(change as never)).toEqual({ unfit: 'template-not-closed' });
  });

  test('a resource within another, in any case', () => {
    const within = deployed((_, __, vm: Vm) => (vm['Resources'] = [{ type: 'Microsoft.Web/sites' }]));
    expect(within).toEqual({ unfit: 'template-unknown-resource' });
  });
});
