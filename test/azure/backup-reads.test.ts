import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AzureReads } from '../../src/azure/gateway.ts';
import { faultOf, gatewayOn } from './support/gateway-on.ts';
import { itemId, operation, policyId, ref, region, subscription, vaultId, vmId } from './support/names.ts';
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

const listed = (...value: unknown[]) => ({ body: { value } });

test('vaults', async () => {
  const securitySettings = {
    immutabilitySettings: { state: 'Locked' },
    softDeleteSettings: { softDeleteState: 'AlwaysON', softDeleteRetentionPeriodInDays: 14 },
    multiUserAuthorization: 'Enabled',
  };
  const redundancySettings = { standardTierStorageRedundancy: 'SomethingNew' };
  const monitoringSettings = { azureMonitorAlertSettings: { alertsForAllJobFailures: 'Enabled' } };
  const bare = { id: vaultId.replace('rsv-prod-weu', 'rsv-2'), location: 'northeurope', properties: {} };
  wire.answer(
    /RecoveryServices\/vaults$/,
    listed(
      {
        id: vaultId,
        location: region,
        tags: { k: 'v' },
        properties: { securitySettings, redundancySettings, monitoringSettings },
      },
      bare,
    ),
  );
  expect(await reads.vaults(subscription)).toEqual([
    {
      id: vaultId,
      name: 'rsv-prod-weu',
      resourceGroup: 'rg-backup',
      subscription,
      region,
      tags: { k: 'v' },
      redundancy: 'SomethingNew',
      softDelete: { state: 'AlwaysON', days: 14 },
      immutability: 'Locked',
      multiUserAuthorization: true,
      jobFailureAlerts: 'Enabled',
      systemIdentity: false,
    },
    expect.objectContaining({
      name: 'rsv-2',
      tags: {},
      redundancy: null,
      softDelete: { state: null, days: null },
      immutability: null,
      multiUserAuthorization: false,
      jobFailureAlerts: null,
    }),
  ]);
});

describe('policies', () => {
  const policy = (name: string, properties: object) => ({
    id: `${vaultId}/backupPolicies/${name}`,
    name,
    properties: { backupManagementType: 'AzureIaasVM', timeZone: 'UTC', ...properties },
  });
  const keep = (count: number, durationType: string) => ({ retentionDuration: { count, durationType } });

  test('of both kinds, and those of other workloads left out', async () => {
    wire.answer(
      /backupPolicies$/,
      listed(
        policy('DefaultPolicy', {
          schedulePolicy: {
            schedulePolicyType: 'SimpleSchedulePolicy',
            scheduleRunFrequency: 'Daily',
            scheduleRunTimes: ['2022-05-16T20:30:00Z'],
          },
          retentionPolicy: { retentionPolicyType: 'LongTermRetentionPolicy', dailySchedule: keep(30, 'Days') },
          instantRpRetentionRangeInDays: 2,
          protectedItemsCount: 2,
        }),
        policy('enhanced-4h', {
          policyType: 'V2',
          timeZone: 'W. Europe Standard Time',
          snapshotConsistencyType: 'OnlyCrashConsistent',
          schedulePolicy: {
            schedulePolicyType: 'SimpleSchedulePolicyV2',
            scheduleRunFrequency: 'Hourly',
            hourlySchedule: {
              interval: 4,
              scheduleWindowStartTime: '2021-12-17T08:00:00Z',
              scheduleWindowDuration: 16,
            },
          },
          retentionPolicy: {
            retentionPolicyType: 'LongTermRetentionPolicy',
            dailySchedule: keep(180, 'Days'),
            weeklySchedule: keep(12, 'Weeks'),
            monthlySchedule: keep(60, 'Months'),
            yearlySchedule: keep(10, 'Years'),
          },
        }),
        { id: 'x', name: 'sql', properties: { backupManagementType: 'AzureWorkload' } },
      ),
    );
    expect(await reads.policies(vaultId)).toEqual([
      {
        id: policyId,
        name: 'DefaultPolicy',
        kind: 'Standard',
        timeZone: 'UTC',
        schedule: { frequency: 'Daily', times: ['20:30'] },
        daily: { count: 30, unit: 'Days' },
        weekly: null,
        monthly: null,
        yearly: null,
        snapshotDays: 2,
        crashConsistentOnly: false,
        restorePointGroup: null,
        protectedItems: 2,
      },
      {
        id: `${vaultId}/backupPolicies/enhanced-4h`,
        name: 'enhanced-4h',
        kind: 'Enhanced',
        timeZone: 'W. Europe Standard Time',
        schedule: { frequency: 'Hourly', everyHours: 4, windowStart: '08:00', windowHours: 16 },
        daily: { count: 180, unit: 'Days' },
        weekly: { count: 12, unit: 'Weeks' },
        monthly: { count: 60, unit: 'Months' },
        yearly: { count: 10, unit: 'Years' },
        snapshotDays: null,
        crashConsistentOnly: true,
        restorePointGroup: null,
        protectedItems: 0,
      },
    ]);
    expect(wire.seen[0]!.query.get('$filter')).toBe("backupManagementType eq 'AzureIaasVM'");
    expect(wire.seen[0]!.query.get('api-version')).toBe('2025-02-01');
  });

  test('weekly schedules in both forms, and an unknown one', async () => {
    const weekly = { scheduleRunDays: ['Sunday'], scheduleRunTimes: ['2022-05-16T01:00:00Z'] };
    wire.answer(
      /backupPolicies$/,
      listed(
        policy('a', {
          schedulePolicy: { schedulePolicyType: 'SimpleSchedulePolicy', scheduleRunFrequency: 'Weekly', ...weekly },
        }),
        policy('b', {
          schedulePolicy: {
            schedulePolicyType: 'SimpleSchedulePolicyV2',
            scheduleRunFrequency: 'Weekly',
            weeklySchedule: weekly,
          },
          retentionPolicy: { retentionPolicyType: 'SimpleRetentionPolicy', ...keep(4, 'Weeks') },
        }),
        policy('c', { schedulePolicy: { schedulePolicyType: 'SchedulePolicyV3' } }),
      ),
    );
    const [a, b, c] = await reads.policies(vaultId);
    expect(a!.schedule).toEqual({ frequency: 'Weekly', times: ['01:00'], days: ['Sunday'] });
    expect(b).toMatchObject({ schedule: a!.schedule, daily: { count: 4, unit: 'Weeks' } });
    expect(c).toMatchObject({ schedule: { frequency: 'Unknown' }, daily: null });
  });
});

test('backupStatus asks for the VM in its region and treats empty words as null', async () => {
  wire.answer(/backupStatus$/, { body: { protectionStatus: 'NotProtected', vaultId: '', policyName: '' } });
  expect(await reads.backupStatus({ id: vmId, region })).toEqual({
    status: 'NotProtected',
    vaultId: null,
    container: null,
    item: null,
    policyName: null,
  });
  expect(wire.seen[0]!.path).toContain('/locations/westeurope/backupStatus');
  expect(wire.seen[0]!.body).toEqual({ resourceType: 'VM', resourceId: vmId });
  wire.answer(/backupStatus$/, { body: { protectionStatus: 'HalfProtected' } });
  expect((await reads.backupStatus({ id: vmId, region })).status).toBe('Unknown');
});

test('preValidate: a refusal is a 200', async () => {
  const refusal = {
    status: 'Failed',
    errorCode: 'VirtualMachineAlreadyProtected',
    errorMessage: 'm',
    recommendation: 'r',
  };
  wire.answer(/backupPreValidateProtection$/, { body: refusal });
  expect(await reads.preValidate({ id: vmId, region }, vaultId)).toEqual({
    ok: false,
    code: 'VirtualMachineAlreadyProtected',
    message: 'm',
    recommendation: 'r',
  });
  expect(wire.seen[0]!.body).toEqual({ resourceType: 'VM', resourceId: vmId, vaultId, properties: '' });
});

describe('protected items', () => {
  const item = (properties: object) => ({
    id: itemId,
    name: ref.item,
    properties: {
      protectedItemType: 'Microsoft.Compute/virtualMachines',
      backupManagementType: 'AzureIaasVM',
      friendlyName: 'vm-sql-01',
      virtualMachineId: vmId,
      protectionState: 'IRPending',
      lastBackupStatus: '',
      lastBackupTime: '2001-01-01T00:00:00Z',
      policyId,
      policyName: 'DefaultPolicy',
      ...properties,
    },
  });

  test('before the first backup', async () => {
    wire.answer(/protectedItems\/VM;/, { body: item({}) });
    expect(await reads.protectedItem(ref)).toEqual({
      ref,
      id: itemId,
      vmId,
      friendlyName: 'vm-sql-01',
      protectionState: 'IRPending',
      policyId,
      policyName: 'DefaultPolicy',
      lastBackupStatus: null,
      lastBackupTime: null,
      lastRecoveryPoint: null,
      softDeleted: null,
      diskChoice: null,
    });
    expect(wire.seen[0]!.path).toBe(itemId);
  });

  test('soft-deleted, with an unknown state', async () => {
    wire.answer(
      /backupProtectedItems$/,
      listed(
        item({
          protectionState: 'Resting',
          policyId: '',
          policyName: '',
          isScheduledForDeferredDelete: true,
          deferredDeleteTimeInUTC: '2022-03-18T13:33:50.7521182Z',
          deferredDeleteTimeRemaining: '13.12:00:00',
        }),
        {
          id: 'x',
          properties: { protectedItemType: 'AzureFileShareProtectedItem', backupManagementType: 'AzureStorage' },
        },
      ),
    );
    const items = await reads.protectedItems(vaultId);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      protectionState: 'Resting',
      policyId: null,
      softDeleted: { at: new Date('2022-03-18T13:33:50.752Z'), remainingHours: 324 },
    });
    expect(wire.seen[0]!.query.get('$filter')).toBe("backupManagementType eq 'AzureIaasVM' and itemType eq 'VM'");
  });

  test('protectable: by the VM’s id, on any page, in any case', async () => {
    const found = {
      properties: { protectableItemType: 'Microsoft.Compute/virtualMachines', virtualMachineId: vmId.toUpperCase() },
    };
    const nextLink = `https://management.azure.com${vaultId}/backupProtectableItems?api-version=2025-02-01&$skipToken=b`;
    wire.answer(/backupProtectableItems$/, { body: { value: [], nextLink } }, listed(found));
    expect(await reads.protectable(vaultId, vmId)).toBe(true);
    wire.answer(/backupProtectableItems$/, listed());
    expect(await reads.protectable(vaultId, vmId)).toBe(false);
  });
});

describe('jobs', () => {
  const job = (properties: object) => ({
    id: `${vaultId}/backupJobs/job-1`,
    name: 'job-1',
    properties: {
      jobType: 'AzureIaaSVMJob',
      backupManagementType: 'AzureIaasVM',
      entityFriendlyName: 'vm-sql-01',
      containerName: 'iaasvmcontainerv2;rg-sql;vm-sql-01',
      operation: 'Backup',
      status: 'InProgress',
      startTime: '2024-04-22T07:27:30.0457938Z',
      activityId: 'attempt-1',
      ...properties,
    },
  });

  test('a running one, with tasks and sentinels', async () => {
    const tasksList = [
      { taskId: 'Take Snapshot', status: 'InProgress', endTime: '0001-01-01T00:00:00' },
      { taskId: 'Transfer data to vault', status: 'NotStarted' },
    ];
    const endTime = '0001-01-01T00:00:00';
    wire.answer(/backupJobs\/job-1$/, {
      body: job({ actionsInfo: ['Cancellable'], endTime, extendedInfo: { tasksList } }),
    });
    expect(await reads.job(vaultId, 'job-1')).toEqual({
      id: `${vaultId}/backupJobs/job-1`,
      name: 'job-1',
      bag: [],
      vaultId,
      vmName: 'vm-sql-01',
      containerName: 'iaasvmcontainerv2;rg-sql;vm-sql-01',
      operation: 'Backup',
      status: 'InProgress',
      startTime: new Date('2024-04-22T07:27:30.045Z'),
      endTime: null,
      activityId: 'attempt-1',
      cancellable: true,
      errors: [],
      tasks: [
        { name: 'Take Snapshot', status: 'InProgress' },
        { name: 'Transfer data to vault', status: 'NotStarted' },
      ],
      percent: null,
      remainingMs: null,
      staged: null,
    });
  });

  test.each([
    ['PT8H25M24.7934287S', 30_324_793],
    ['P1DT2H', 93_600_000],
    ['00:23:10', null],
    ['PT', 0],
    [5, null],
  ])('a restore’s remaining time %j is %j ms', async (estimatedRemainingDuration, ms) => {
    const extendedInfo = { progressPercentage: 30, estimatedRemainingDuration };
    wire.answer(/backupJobs\/job-1$/, { body: job({ operation: 'Restore', extendedInfo }) });
    expect(await reads.job(vaultId, 'job-1')).toMatchObject({ percent: 30, remainingMs: ms });
  });

  test('lists are requested with times, and keep errors and unknown words', async () => {
    const errorDetails = [
      { errorCode: 400249, errorTitle: 'UserErrorBackupOperationInProgress', errorString: 's', recommendations: ['r'] },
    ];
    wire.answer(
      /backupJobs$/,
      listed(
        job({ status: 'Failed', actionsInfo: ['Cancellable'], errorDetails }),
        job({
          status: 'Pondering',
          operation: 'Restore',
          actionsInfo: [1],
          extendedInfo: { progressPercentage: 41.5 },
        }),
        { id: 'x', properties: { jobType: 'AzureStorageJob', backupManagementType: 'AzureStorage', status: 'Failed' } },
      ),
    );
    const [failed, odd, ...more] = await reads.jobs(vaultId, {
      from: new Date('2025-01-05T02:52:09Z'),
      to: new Date('2025-01-05T12:00:00Z'),
      status: 'Failed',
      operation: 'Backup',
    });
    expect(failed).toMatchObject({
      cancellable: false,
      errors: [{ number: 400249, title: 'UserErrorBackupOperationInProgress', text: 's', recommendations: ['r'] }],
    });
    expect(odd).toMatchObject({ status: 'Pondering', operation: 'Restore', percent: 41.5, cancellable: false });
    expect(more).toEqual([]);
    expect(wire.seen[0]!.query.get('$filter')).toBe(
      "status eq 'Failed' and operation eq 'Backup' and startTime eq '2025-01-05 02:52:09 AM' and endTime eq '2025-01-05 12:00:00 PM'",
    );
  });
});

describe('operations', () => {
  const path = new RegExp(`backupOperations/${operation.operationId}$`);

  test.each([
    [
      { status: 'InProgress', endTime: '0001-01-01T00:00:00' },
      { status: 'InProgress', jobId: null, error: null },
    ],
    [{ status: 'Accepted' }, { status: 'InProgress', jobId: null, error: null }],
    [
      { status: 'Succeeded', properties: { objectType: 'OperationStatusJobExtendedInfo', jobId: 'job-1' } },
      { status: 'Succeeded', jobId: 'job-1', error: null },
    ],
    [
      {
        status: 'Failed',
        error: { code: 'UserErrorKeyVaultPermissionsNotConfigured', message: 'm' },
        properties: null,
      },
      {
        status: 'Failed',
        jobId: null,
        error: { code: 'UserErrorKeyVaultPermissionsNotConfigured', message: 'm' },
      },
    ],
  ])('%j', async (body, expected) => {
    wire.answer(path, { body });
    expect(await reads.operation(operation)).toEqual(expected);
  });

  test('a refresh is running on 202, has ended on 204, and never ends on a fault', async () => {
    wire.answer(/Azure\/operationResults/, { status: 202 }, { status: 204 }, { status: 404 });
    expect(await reads.refreshed(operation)).toBe(false);
    expect(await reads.refreshed(operation)).toBe(true);
    expect((await faultOf(reads.refreshed(operation))).kind).toBe('missing');
    expect(wire.seen[0]!.path).toBe(`${vaultId}/backupFabrics/Azure/operationResults/${operation.operationId}`);
  });
});
