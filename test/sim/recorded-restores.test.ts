import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { item, SimulatedAzure, SUB, V, vault, vm } from './support/simulated-azure.ts';
import { shapeDifferences } from './wire/shape.ts';

/**
 * What public recordings have of items, points, restore jobs and the extension beside the exchanges that
 * `conformance.test.ts` replays. Typed over from azure-cli, test_backup_diskaccess_restore (2025-05-09), with the names
 * of this estate.
 */

let azure: SimulatedAzure;
beforeEach(async () => {
  azure = await SimulatedAzure.start();
});
afterEach(() => azure.close());

const app = item('rg-app', 'vm-app-01');
const group = (name: string): string => `${SUB}/resourceGroups/${name}`;
const account = `${group('rg-staging')}/providers/Microsoft.Storage/storageAccounts/stkluisweu`;
const properties = async (path: string, version = V): Promise<Record<string, unknown>> =>
  (await azure.get(`${path}?${version}`)).body.properties;

const restore = async (more: object): Promise<number> => {
  const { items } = await azure.state('items');
  const point = items.find(({ vmId }) => vmId.endsWith('/vm-app-01'))?.points[0]?.id ?? '';
  const request = {
    objectType: 'IaasVMRestoreRequest',
    recoveryPointId: point,
    recoveryType: 'RestoreDisks',
    sourceResourceId: vm('rg-app', 'vm-app-01'),
    targetResourceGroupId: group('rg-restore'),
    region: 'westeurope',
    ...more,
  };
  const path = `${app}/recoveryPoints/${point}/restore?${V}`;
  return (await azure.call('POST', path, { as: 'owner', body: { properties: request } })).status;
};

const recordedItem = {
  protectedItemDataId: '70370165037834',
  extendedProperties: { linuxVmApplicationName: '' },
  policyType: 'V1',
  protectedItemType: 'Microsoft.Compute/virtualMachines',
  policyName: 'P29d',
  lastRecoveryPoint: '2025-05-08T08:38:46.1002122Z',
  isArchiveEnabled: false,
  softDeleteRetentionPeriod: 0,
};
const recordedPoint = {
  recoveryPointTierDetails: [
    { type: 'InstantRP', status: 'Deleted' },
    { type: 'HardenedRP', status: 'Valid' },
  ],
  zones: ['1'],
  recoveryPointProperties: { expiryTime: '2025-06-04T08:32:56.9510528', ruleName: 'Daily', isSoftDeleted: false },
  isPrivateAccessEnabledOnAnyDisk: true,
  createdWithPolicyType: 'V1',
};

test('an item has its extended properties, and without a policy the type is there and empty', async () => {
  expect(shapeDifferences(recordedItem, await properties(app))).toEqual([]);
  const { items } = await azure.state('items');
  await azure.control('POST', 'state', {
    items: items.map((one) => (one.vmId.endsWith('/vm-app-01') ? { ...one, policyId: '' } : one)),
  });
  expect((await properties(app))['policyType']).toBe('');
  expect('policyType' in (await properties(app, 'api-version=2021-12-01'))).toBe(false);
});

test('the newest point has no rule yet; an older one has, and its snapshot is listed as deleted', async () => {
  const { items } = await azure.state('items');
  await azure.control('POST', 'state', {
    items: items.map((one) => ({
      ...one,
      points: one.points.map((point) => ({ ...point, zones: ['1'], privateAccess: true })),
    })),
  });
  const points = (await azure.get(`${app}/recoveryPoints?${V}`)).body.value;
  const [newest, oldest] = [points[0]!.properties, points.at(-1)!.properties];
  expect(newest['recoveryPointProperties']).toBeUndefined();
  expect(newest.recoveryPointTierDetails).toEqual([
    { type: 'InstantRP', status: 'Valid' },
    { type: 'HardenedRP', status: 'Valid' },
  ]);
  expect(shapeDifferences(recordedPoint, oldest)).toEqual([]);
  expect(oldest).toMatchObject({
    recoveryPointTierDetails: recordedPoint.recoveryPointTierDetails,
    recoveryPointProperties: { expiryTime: expect.stringMatching(/\d$/), ruleName: 'Daily' },
  });
});

test('after a restore the item says how it went, and its tasks have details', async () => {
  const kpis = async () => (await properties(app, 'api-version=2021-12-01'))['kpisHealths'];
  expect(Object.keys((await kpis()) as object)).toEqual(['BackupOperationStatusKPI']);
  expect(await restore({ storageAccountId: account })).toBe(202);
  await azure.pass(7 * 60);
  const healthy = { resourceHealthStatus: 'Healthy', resourceHealthDetails: [expect.anything()] };
  expect(await kpis()).toMatchObject({ RestoreOperationStatusKPI: healthy });
  const jobs = (await azure.get(`${vault()}/backupJobs?${V}&$filter=operation eq 'Restore'`)).body.value;
  const { extendedInfo } = (await azure.get(`${vault()}/backupJobs/${jobs[0]!.name}?${V}`)).body.properties;
  expect(extendedInfo.tasksList).toMatchObject([{ status: 'Completed', taskExecutionDetails: expect.any(String) }]);
});

test('an identity that was assigned to the vault is taken for the staging account, another one is not', async () => {
  const id = `${group('rg-backup')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-backup`;
  const byIt = {
    storageAccountId: null,
    identityInfo: { isSystemAssignedIdentity: false, managedIdentityResourceId: id },
    identityBasedRestoreDetails: { targetStorageAccountId: account },
  };
  expect(await restore(byIt)).toBe(400);
  const { vaults } = await azure.state('vaults');
  await azure.control('POST', 'state', {
    vaults: vaults.map((one) => (one.name === 'rsv-prod-weu' ? { ...one, userIdentities: [id] } : one)),
  });
  expect((await azure.get(`${vault()}?api-version=2024-04-01`)).body).toMatchObject({
    identity: { type: expect.stringContaining('UserAssigned'), userAssignedIdentities: { [id]: expect.anything() } },
  });
  expect(await restore(byIt)).toBe(202);
});

test('the extension: 201 with a notification the first time, 200 afterwards; disabling is a PUT of it too', async () => {
  const path = `${vm('rg-hr', 'vm-hr-02')}/extensions/AzureDiskEncryption?api-version=2026-04-01`;
  const { vms, disks } = await azure.state('vms', 'disks');
  const machine = vms.find(({ name }) => name === 'vm-hr-02')!;
  await azure.control('POST', 'state', {
    vms: vms.map((one) => (one === machine ? { ...one, extensions: [], power: 'running', agent: 'ready' } : one)),
  });
  const put = (operation: string, tag: string) =>
    azure.call('PUT', path, {
      as: 'owner',
      body: {
        location: machine.location,
        properties: {
          publisher: 'Microsoft.Azure.Security',
          type: 'AzureDiskEncryption',
          typeHandlerVersion: '2.2',
          settings: { EncryptionOperation: operation },
          forceUpdateTag: tag,
        },
      },
    });
  const first = await put('EnableEncryption', 'one');
  expect([first.status, first.headers.get('azure-asyncnotification')]).toEqual([201, 'Enabled']);
  await azure.pass(200);
  expect(disks.some(({ managedBy, ade }) => managedBy?.endsWith('/vm-hr-02') && ade)).toBe(true);
  expect((await put('DisableEncryption', 'two')).status).toBe(200);
  await azure.pass(200);
  const after = (await azure.state('disks')).disks.filter(({ managedBy }) => managedBy?.endsWith('/vm-hr-02'));
  expect(after.filter(({ ade }) => ade)).toEqual([]);
});

test.each([
  ['Microsoft.Compute/virtualMachines', `${SUB}/providers/Microsoft.Compute/virtualMachines`],
  ['Microsoft.Network/virtualNetworks', `${SUB}/providers/Microsoft.Network/virtualNetworks`],
  ['Microsoft.Storage/storageAccounts', `${SUB}/providers/Microsoft.Storage/storageAccounts`],
  ['Microsoft.KeyVault/vaults', `${SUB}/providers/Microsoft.KeyVault/vaults`],
])('an api-version that %s doesn’t know is refused with 400', async (type, path) => {
  const { status, body } = await azure.get(`${path}?api-version=2015-01-01`);
  expect([status, body.error?.code]).toEqual([400, 'NoRegisteredProviderFound']);
  expect(body.error?.message).toContain(`for type '${type.split('/')[1]}'`);
});

test('the interface of a VM stays when the VM is deleted', async () => {
  const { networkInterfaces } = await azure.state('networkInterfaces');
  const name = 'vm-app-01-nic-1a3e7420691b4bcea1f08558a87c7ec8';
  const mine = { ...networkInterfaces[0], name, vmId: vm('rg-app', 'vm-app-01'), location: 'westeurope', subnetId: '' };
  await azure.control('POST', 'state', { networkInterfaces: [...networkInterfaces, mine] });
  const path = `${vm('rg-app', 'vm-app-01')}?api-version=2026-04-01`;
  expect((await azure.call('DELETE', path, { as: 'owner' })).status).toBe(202);
  await azure.pass(120);
  expect((await azure.get(path, { as: 'owner' })).status).toBe(404);
  const left = (await azure.state('networkInterfaces')).networkInterfaces.find((one) => one.name === name);
  expect(left).toMatchObject({ name });
  expect(left!.vmId).toBeUndefined();
});
