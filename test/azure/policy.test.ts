import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { holdsPolicy, policyBody, samePolicy, type AzureGateway, type PolicyShape } from '../../src/azure/gateway.ts';
import type { Json } from '../../src/core/json.ts';
import { attemptOf } from './support/attempt.ts';
import { faultOf, gatewayOn } from './support/gateway-on.ts';
import { policyId, vaultId } from './support/names.ts';
import { simulated } from './support/simulated.ts';
import { startWire, type Wire } from './support/wire-server.ts';

/** A policy with more than the SDK's model knows, as newer api-versions return it. */
const rich = {
  backupManagementType: 'AzureIaasVM',
  policyType: 'V2',
  timeZone: 'W. Europe Standard Time',
  instantRpRetentionRangeInDays: 7,
  instantRPDetails: { azureBackupRGNamePrefix: 'rg-snapshots-' },
  snapshotConsistencyType: 'OnlyCrashConsistent',
  tieringPolicy: { ArchivedRP: { tieringMode: 'TierRecommended', duration: 0, durationType: 'Invalid' } },
  schedulePolicy: {
    schedulePolicyType: 'SimpleSchedulePolicyV2',
    scheduleRunFrequency: 'Hourly',
    hourlySchedule: { interval: 4, scheduleWindowStartTime: '2021-12-17T08:00:00Z', scheduleWindowDuration: 16 },
  },
  retentionPolicy: {
    retentionPolicyType: 'LongTermRetentionPolicy',
    dailySchedule: {
      retentionTimes: ['2021-12-17T08:00:00+00:00'],
      retentionDuration: { count: 180, durationType: 'Days' },
    },
    monthlySchedule: {
      retentionScheduleFormatType: 'Daily',
      retentionScheduleDaily: { daysOfTheMonth: [{ date: 1, isLast: false }] },
      retentionScheduleWeekly: null,
      retentionTimes: ['2021-12-17T08:00:00+00:00'],
      retentionDuration: { count: 60, durationType: 'Months' },
    },
  },
  protectedItemsCount: 3,
  resourceGuardOperationRequests: null,
} satisfies Json;

const days = (count: number) => ({ count, unit: 'Days' as const });
const shape: PolicyShape = {
  name: 'silver',
  kind: 'Standard',
  timeZone: 'UTC',
  schedule: { frequency: 'Daily', times: ['21:30'] },
  daily: days(30),
  weekly: { count: 12, unit: 'Weeks' },
  monthly: { count: 12, unit: 'Months' },
  yearly: { count: 7, unit: 'Years' },
  snapshotDays: 2,
};
const enhanced: PolicyShape = {
  ...shape,
  kind: 'Enhanced',
  timeZone: 'W. Europe Standard Time',
  schedule: { frequency: 'Hourly', everyHours: 6, windowStart: '06:00', windowHours: 12 },
  daily: days(200),
  weekly: null,
  yearly: null,
  snapshotDays: 7,
};

describe('on the wire', () => {
  let wire: Wire;
  let azure: AzureGateway;
  beforeAll(async () => {
    wire = await startWire();
    azure = gatewayOn(wire.url);
  });
  afterAll(() => wire.close());
  beforeEach(() => {
    wire.seen.length = 0;
  });

  test('a 202 names the operation that updates the items; a 200 is done; a guard names what it protects', async () => {
    const at = 'https://management.azure.com/s/backupPolicies/gold/operations/op-9?api-version=2025-02-01&t=1';
    wire.answer(/./, { status: 202, headers: { 'azure-asyncoperation': at } });
    expect(await azure.writes.putPolicy({ policyId, body: rich }, attemptOf('a-1'))).toMatchObject({
      operationId: 'op-9',
    });
    wire.answer(/./, { status: 200, headers: { 'azure-asyncoperation': at }, body: {} });
    expect(await azure.writes.putPolicy({ policyId, body: rich }, attemptOf('a-2'))).toMatchObject({
      operationId: null,
    });
    wire.answer(/./, {
      status: 200,
      body: { id: 'op-9', name: 'op-9', status: 'Failed', error: { code: 'C', message: 'M' } },
    });
    expect(await azure.reads.policyOperation({ policyId, operationId: 'op-9' })).toMatchObject({
      status: 'Failed',
      error: { code: 'C', message: 'M' },
    });
    expect(wire.seen.at(-1)!.path).toMatch(/\/backupPolicies\/[^/]+\/operations\/op-9$/);
    // As in azure-rest-api-specs, ResourceGuardProxyCRUD/ListResourceGuardProxy.json (2025-02-01).
    const guard = 'Microsoft.DataProtection/resourceGuards';
    const details = ['deleteResourceGuardProxyRequests', 'disableSoftDeleteRequests'].map((operation) => ({
      vaultCriticalOperation: `${guard}/${operation}`,
      defaultResourceRequest: `/subscriptions/s/resourceGroups/g/providers/${guard}/VaultGuardTestNew/${operation}/default`,
    }));
    const proxy = { name: 'swaggerExample', properties: { resourceGuardOperationDetails: details } };
    wire.answer(/./, { status: 200, body: { value: [proxy] } });
    expect(await azure.reads.guardedOperations(vaultId)).toEqual(
      details.map((one) => ({ operation: one.vaultCriticalOperation, request: one.defaultResourceRequest })),
    );
  });

  test('a body arrives exactly as planned, also what no SDK knows', async () => {
    wire.answer(/./, { status: 200, headers: { 'x-ms-request-id': 'azure-7' }, body: {} });
    const body = { ...rich, newerStill: [{ deep: null }] };
    expect(await azure.writes.putPolicy({ policyId, body }, attemptOf('a-1'))).toMatchObject({ requestId: 'azure-7' });
    expect(wire.seen).toHaveLength(1);
    expect(wire.seen[0]).toMatchObject({ method: 'PUT', path: policyId, body: { properties: body } });
    expect(wire.seen[0]!.headers['content-type']).toBe('application/json');
  });

  test('202 is an acceptance too', async () => {
    wire.answer(/./, { status: 202, headers: { 'x-ms-request-id': 'azure-8', 'retry-after': '60' } });
    const receipt = await azure.writes.putPolicy({ policyId, body: rich }, attemptOf('a-2'));
    expect(receipt.requestId).toBe('azure-8');
  });

  test('an ID of something else than a policy is not sent', async () => {
    for (const wrong of [vaultId, `${vaultId}/backupJobs/x`, 'DefaultPolicy']) {
      const put = azure.writes.putPolicy({ policyId: wrong, body: rich }, attemptOf('a-3'));
      expect((await faultOf(put)).kind).toBe('refused');
      expect((await faultOf(azure.reads.policy(wrong))).kind).toBe('refused');
    }
    expect(wire.seen).toEqual([]);
  });

  test('read completely: facts, and the original body', async () => {
    wire.answer(/./, { body: { id: policyId, name: 'DefaultPolicy', properties: rich } });
    const read = await azure.reads.policy(policyId);
    expect(read!.body).toEqual(rich);
    expect(read!.facts).toMatchObject({
      kind: 'Enhanced',
      crashConsistentOnly: true,
      protectedItems: 3,
      daily: { count: 180 },
    });
  });

  test('a policy for databases has its name, and doesn’t count for VMs', async () => {
    wire.answer(/./, {
      body: { id: policyId, name: 'HourlyLogBackup', properties: { backupManagementType: 'AzureWorkload' } },
    });
    const read = await azure.reads.policy(policyId);
    expect(read).toMatchObject({ facts: null, body: { backupManagementType: 'AzureWorkload' } });
  });
});

describe('what is sent', () => {
  test('a new Standard policy is like one of the Azure CLI', () => {
    const recorded = {
      backupManagementType: 'AzureIaasVM',
      instantRPDetails: {},
      schedulePolicy: {
        schedulePolicyType: 'SimpleSchedulePolicy',
        scheduleRunFrequency: 'Daily',
        scheduleRunTimes: ['2022-05-13T20:00:00.000Z'],
        scheduleWeeklyFrequency: 0,
      },
      retentionPolicy: {
        retentionPolicyType: 'LongTermRetentionPolicy',
        dailySchedule: {
          retentionTimes: ['2022-05-13T20:00:00.000Z'],
          retentionDuration: { count: 30, durationType: 'Days' },
        },
      },
      instantRpRetentionRangeInDays: 2,
      timeZone: 'UTC',
    };
    const daily = { frequency: 'Daily' as const, times: ['20:00'] };
    const plain = { ...shape, schedule: daily, weekly: null, monthly: null, yearly: null };
    expect(samePolicy(policyBody(plain, null), recorded)).toBe(true);
  });

  test('a changed policy keeps everything that wasn’t changed', () => {
    const body = policyBody({ ...enhanced, snapshotDays: 14 }, rich) as Record<string, never>;
    const { instantRPDetails, snapshotConsistencyType, tieringPolicy } = rich;
    expect(body).toMatchObject({ instantRPDetails, snapshotConsistencyType, tieringPolicy });
    expect(body).not.toHaveProperty('protectedItemsCount');
    expect(body).not.toHaveProperty('resourceGuardOperationRequests');
    expect(body).toMatchObject({
      instantRpRetentionRangeInDays: 14,
      schedulePolicy: { hourlySchedule: { interval: 6, scheduleWindowDuration: 12 } },
      retentionPolicy: {
        dailySchedule: { retentionDuration: { count: 200 } },
        monthlySchedule: {
          retentionScheduleFormatType: 'Daily',
          retentionScheduleDaily: { daysOfTheMonth: [{ date: 1, isLast: false }] },
          retentionDuration: { count: 12, durationType: 'Months' },
        },
      },
    });
  });

  test('a weekly schedule keeps points of its own days only', () => {
    const weekly: PolicyShape = {
      ...shape,
      schedule: { frequency: 'Weekly', times: ['01:00'], days: ['Wednesday', 'Friday'] },
      daily: null,
      snapshotDays: 5,
    };
    const { retentionPolicy } = policyBody(weekly, rich) as Record<string, Record<string, object>>;
    expect(retentionPolicy).not.toHaveProperty('dailySchedule');
    expect(retentionPolicy).toMatchObject({
      weeklySchedule: { daysOfTheWeek: ['Wednesday', 'Friday'] },
      monthlySchedule: {
        retentionScheduleFormatType: 'Weekly',
        retentionScheduleWeekly: { daysOfTheWeek: ['Wednesday'], weeksOfTheMonth: ['First'] },
      },
      yearlySchedule: { monthsOfYear: ['January'], retentionScheduleWeekly: { daysOfTheWeek: ['Wednesday'] } },
    });
  });
});

describe('whether two bodies are the same policy', () => {
  test.each([
    ['counts and requests', { ...rich, protectedItemsCount: 9, resourceGuardOperationRequests: ['x'] }, true],
    ['null and nothing', { ...rich, more: null }, true],
    ['another day in a time', JSON.parse(JSON.stringify(rich).replaceAll('2021-12-17', '2025-01-01')) as Json, true],
    ['another hour', JSON.parse(JSON.stringify(rich).replaceAll('T08:00', 'T09:00')) as Json, false],
    ['another number of days', { ...rich, instantRpRetentionRangeInDays: 8 }, false],
    ['a field more', { ...rich, more: 'x' }, false],
  ])('%s', (_what, other, same) => expect(samePolicy(rich, other)).toBe(same));

  test('what Azure adds is no difference from what was sent', () => {
    const sent = policyBody(shape, null);
    const added = { ...(sent as object), policyType: 'V1', tieringPolicy: {}, snapshotConsistencyType: 'Default' };
    expect(holdsPolicy(added, sent)).toBe(true);
    expect(holdsPolicy({ ...added, timeZone: 'India Standard Time' }, sent)).toBe(false);
    expect(holdsPolicy(rich, sent)).toBe(false);
  });
});

test.each([
  ['Standard', { ...shape, yearly: null }],
  ['Enhanced', enhanced],
])('the simulator accepts a %s policy, and it reads back as it was sent', async (_kind, made) => {
  await using sim = await simulated();
  const { reads, writes } = sim.azure;
  const id = `${vaultId}/backupPolicies/${made.name}`;
  expect(await reads.policy(id)).toBeNull();
  const body = policyBody(made, null);
  const attempt = randomUUID();
  await writes.putPolicy({ policyId: id, body }, attemptOf(attempt));
  const read = await reads.policy(id);
  expect(holdsPolicy(read!.body, body)).toBe(true);
  const { name, kind, timeZone, schedule, daily, weekly, monthly, yearly, snapshotDays } = made;
  expect(read!.facts).toMatchObject({ name, kind, timeZone, schedule, daily, weekly, monthly, yearly, snapshotDays });
  expect(await sim.requests('PUT', /backupPolicies/i)).toMatchObject([
    { status: 200, identity: 'kluis-operate', clientRequestId: attempt },
  ]);
});
