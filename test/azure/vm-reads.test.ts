import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { AzureReads } from '../../src/azure/gateway.ts';
import { gatewayOn } from './support/gateway-on.ts';
import { diskId, keyVaultId, subscription, vmId } from './support/names.ts';
import { startWire, type Wire } from './support/wire-server.ts';

let wire: Wire;
let reads: AzureReads;
beforeAll(async () => {
  wire = await startWire();
  reads = gatewayOn(wire.url).reads;
});
afterAll(() => wire.close());
beforeEach(() => {
  wire.seen.length = 0;
});

const secretUrl = 'https://kv-prod-weu.vault.azure.net/secrets/37E66B46-BBD6-410D-A29F-EFEBA6D4E903/28d2e4f8';
const keyUrl = 'https://kv-prod-weu.vault.azure.net/keys/kek/';
const vault = { id: keyVaultId };
const keyRefs = {
  diskEncryptionKey: { sourceVault: vault, secretUrl },
  keyEncryptionKey: { sourceVault: vault, keyUrl },
};
const keys = { secretUrl, secretVaultId: keyVaultId, keyUrl, keyVaultId };

const instanceView = {
  vmAgent: {
    vmAgentVersion: '2.7.41491.1183',
    statuses: [{ code: 'ProvisioningState/succeeded', displayStatus: 'Ready', time: '2025-11-16T23:24:39.371+00:00' }],
  },
  disks: [
    {
      name: 'vm-sql-01-os',
      encryptionSettings: [{ enabled: true, ...keyRefs }],
      statuses: [{ code: 'ProvisioningState/succeeded' }, { code: 'EncryptionState/encrypted' }],
    },
    { name: 'data-1', encryptionSettings: [{ enabled: false, ...keyRefs }], statuses: [] },
  ],
  extensions: [
    {
      name: 'AzureDiskEncryption',
      type: 'Microsoft.Azure.Security.AzureDiskEncryption',
      substatuses: [{ code: 'ComponentStatus/BitlockerExtension/succeeded', message: '{"os": "Encrypted"}' }],
      statuses: [{ code: 'ProvisioningState/succeeded' }],
    },
  ],
  statuses: [{ code: 'ProvisioningState/succeeded' }, { code: 'PowerState/running' }],
};

const vm = {
  id: vmId,
  name: 'vm-sql-01',
  location: 'westeurope',
  tags: { env: 'prod' },
  properties: {
    provisioningState: 'Succeeded',
    vmId: 'b94726a5-d98f-48f1-97da-f4804f688355',
    timeCreated: '2025-11-24T08:15:30.1234567+00:00',
    storageProfile: {
      osDisk: {
        osType: 'Windows',
        name: 'vm-sql-01-os',
        createOption: 'FromImage',
        managedDisk: { id: diskId },
        encryptionSettings: { enabled: true, ...keyRefs },
        diskSizeGB: 127,
      },
      dataDisks: [
        { lun: 0, name: 'data-1', createOption: 'Attach', vhd: { uri: 'https://sa.blob.core.windows.net/vhds/d.vhd' } },
      ],
    },
    osProfile: { allowExtensionOperations: true },
    networkProfile: {
      networkInterfaces: [
        { id: `${vmId}-second`, properties: { primary: false } },
        { id: `${vmId}-first`, properties: { primary: true } },
      ],
    },
    securityProfile: { securityType: 'SomethingNew', encryptionAtHost: true },
    instanceView,
  },
  resources: [
    { name: 'AzureDiskEncryption', properties: { publisher: 'Microsoft.Azure.Security', type: 'AzureDiskEncryption' } },
    { name: 'monitor', properties: { publisher: 'Microsoft.Azure.Monitor', type: 'AzureMonitorWindowsAgent' } },
  ],
};

test('a VM with its instance view, in the product’s words', async () => {
  wire.answer(/virtualMachines\/vm-sql-01$/, { body: vm });
  expect(await reads.vm(vmId)).toEqual({
    id: vmId,
    name: 'vm-sql-01',
    resourceGroup: 'rg-sql',
    subscription,
    region: 'westeurope',
    extendedZone: null,
    size: null,
    vmId: 'b94726a5-d98f-48f1-97da-f4804f688355',
    created: new Date('2025-11-24T08:15:30.123Z'),
    tags: { env: 'prod' },
    os: 'Windows',
    provisioningState: 'Succeeded',
    powerState: 'PowerState/running',
    agent: { status: 'Ready', version: '2.7.41491.1183' },
    extensionsAllowed: true,
    extensions: [
      {
        name: 'AzureDiskEncryption',
        type: 'Microsoft.Azure.Security.AzureDiskEncryption',
        status: 'ProvisioningState/succeeded',
        substatus: ['{"os": "Encrypted"}'],
      },
      { name: 'monitor', type: 'Microsoft.Azure.Monitor.AzureMonitorWindowsAgent', status: null, substatus: [] },
    ],
    securityType: 'SomethingNew',
    encryptionAtHost: true,
    encryptionIdentity: false,
    interfaceIds: [`${vmId}-first`, `${vmId}-second`],
    disks: [
      {
        role: 'os',
        name: 'vm-sql-01-os',
        id: diskId,
        lun: null,
        unmanaged: false,
        ephemeral: false,
        writeAccelerator: false,
        sizeGiB: 127,
        modelAde: keys,
        viewAde: [keys],
        encryptionState: 'EncryptionState/encrypted',
      },
      {
        role: 'data',
        name: 'data-1',
        id: null,
        lun: 0,
        unmanaged: true,
        ephemeral: false,
        writeAccelerator: false,
        sizeGiB: null,
        modelAde: null,
        viewAde: [],
        encryptionState: null,
      },
    ],
  });
  expect(wire.seen[0]!.query.get('$expand')).toBe('instanceView');
  expect(wire.seen[0]!.headers).toMatchObject({
    authorization: 'Bearer kluis-operate',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'management.azure.com',
  });
});

test('a VM that is off and says next to nothing', async () => {
  const bare = { id: vmId, location: 'westeurope', properties: {} };
  wire.answer(/virtualMachines\/vm-sql-01$/, { body: bare });
  expect(await reads.vm(vmId)).toMatchObject({
    os: null,
    powerState: null,
    agent: null,
    extensionsAllowed: null,
    extensions: [],
    securityType: null,
    disks: [],
    tags: {},
  });
});

test('disks: single-pass encryption, and nothing at all', async () => {
  const settings = { enabled: true, encryptionSettingsVersion: '1.1', encryptionSettings: [keyRefs] };
  const next = `https://management.azure.com/subscriptions/${subscription}/providers/Microsoft.Compute/disks?api-version=2026-03-02&$skipToken=2`;
  wire.answer(
    /Microsoft.Compute\/disks$/,
    {
      body: {
        value: [
          {
            id: diskId,
            managedBy: vmId,
            sku: { name: 'PremiumV3_LRS' },
            properties: {
              diskSizeGB: 8192,
              encryptionSettingsCollection: settings,
              encryption: { type: 'EncryptionAtRestWithSomethingNew', diskEncryptionSetId: '/des' },
              maxShares: 2,
              dataAccessAuthMode: 'AzureActiveDirectory',
            },
          },
        ],
        nextLink: next,
      },
    },
    { body: { value: [{ id: `${diskId}2`, properties: { encryptionSettingsCollection: { enabled: false } } }] } },
  );
  const [first, second] = await reads.disks(subscription);
  expect(first).toEqual({
    id: diskId,
    name: 'vm-sql-01-os',
    os: null,
    sizeGiB: 8192,
    securityType: null,
    sku: 'PremiumV3_LRS',
    ade: { version: '1.1', keys: [keys] },
    encryptionType: 'EncryptionAtRestWithSomethingNew',
    diskEncryptionSetId: '/des',
    maxShares: 2,
    dataAccessAuthMode: 'AzureActiveDirectory',
    managedBy: vmId,
  });
  expect(second).toMatchObject({ ade: null, sizeGiB: null, sku: null, maxShares: 1, managedBy: null });
  expect(wire.seen[1]!.query.get('$skipToken')).toBe('2');
});

test('one disk', async () => {
  wire.answer(/disks\/vm-sql-01-os$/, { body: { id: diskId, properties: {} } });
  expect(await reads.disk(diskId)).toMatchObject({ name: 'vm-sql-01-os', ade: null });
});

test('the inventory: both deployment models, whatever the case of the id', async () => {
  const classic = `/subscriptions/${subscription}/resourcegroups/RG-OLD/providers/Microsoft.ClassicCompute/virtualMachines/vm-classic-01`;
  wire.answer(/\/resources$/, {
    body: {
      value: [
        { id: vmId, location: 'westeurope', tags: { a: 'b' }, createdTime: '2026-01-15T10:20:30.4567891Z' },
        { id: classic, location: 'westeurope' },
      ],
    },
  });
  expect(await reads.vmEntries(subscription)).toEqual([
    {
      id: vmId,
      name: 'vm-sql-01',
      resourceGroup: 'rg-sql',
      subscription,
      region: 'westeurope',
      classic: false,
      created: '2026-01-15T10:20:30.456Z',
      tags: { a: 'b' },
    },
    {
      id: classic,
      name: 'vm-classic-01',
      resourceGroup: 'RG-OLD',
      subscription,
      region: 'westeurope',
      classic: true,
      tags: {},
    },
  ]);
  expect(wire.seen[0]!.query.get('$expand')).toBe('createdTime');
  expect(wire.seen[0]!.query.get('$filter')).toBe(
    "resourceType eq 'Microsoft.Compute/virtualMachines' or resourceType eq 'Microsoft.ClassicCompute/virtualMachines'",
  );
});
