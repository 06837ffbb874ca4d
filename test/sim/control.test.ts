import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { backUp, item, jobOf, SimulatedAzure, V, vault } from './support/simulated-azure.ts';

let azure: SimulatedAzure;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kluis-sim-'));
  azure = await SimulatedAzure.start({ statePath: join(folder, 'simulator.json') });
});
afterEach(async () => {
  await azure.close();
  rmSync(folder, { recursive: true });
});

const app = { group: 'rg-app', name: 'vm-app-01' };

describe('faults', () => {
  test('answer matching calls instead of Azure, the given number of times', async () => {
    const fault = {
      match: { method: 'GET', path: '/backupJobs', from: 'kluis-operate' },
      status: 429,
      headers: { 'retry-after': '6' },
      body: { error: { code: 'TooMany', message: 'x' } },
      times: 2,
    };
    await azure.control('POST', 'faults', [fault]);
    const statuses = [];
    for (let at = 0; at < 3; at += 1) statuses.push((await azure.get(`${vault()}/backupJobs?${V}`)).status);
    expect(statuses).toEqual([429, 429, 200]);
    expect((await azure.get(`${vault()}?${V}`)).status).toBe(200);
  });

  test('can be anything but JSON, a lost answer, or a closed connection', async () => {
    await azure.control('POST', 'faults', { match: { path: '/backupPolicies' }, body: '<html>half a pa', times: 1 });
    const response = await fetch(`${azure.simulator.url}${vault()}/backupPolicies?${V}`, {
      headers: { authorization: 'Bearer kluis-operate' },
    });
    expect(await response.text()).toBe('<html>half a pa');
    await azure.control('POST', 'faults', { match: { path: '/backup\\?' }, status: 500, after: true, times: 1 });
    expect((await backUp(azure, { ...app, attempt: 'lost' })).status).toBe(500);
    const { jobs } = await azure.state('jobs');
    expect(jobs.filter((job) => job.activityId === 'lost')).toHaveLength(1);
    await azure.control('POST', 'faults', { match: { path: '/backupJobs' }, drop: true, times: 1 });
    await expect(azure.get(`${vault()}/backupJobs?${V}`)).rejects.toThrow();
  });

  test('make the next backup of a VM fail, while the snapshot is taken or on the way to the vault', async () => {
    const job = {
      vm: 'VM-APP-01',
      errorCode: 400199,
      errorTitle: 'SomethingNew',
      errorString: 'What nobody knows.',
      recommendations: ['Think.'],
    };
    await azure.control('POST', 'faults', [
      { job, times: 1 },
      { job: { ...job, phase: 'transfer' }, times: 1 },
    ]);
    const first = await backUp(azure, app);
    await azure.pass(180);
    expect(await jobOf(azure, first)).toMatchObject({
      status: 'Failed',
      errorDetails: [{ errorCode: 400199, errorTitle: 'SomethingNew', recommendations: ['Think.'] }],
    });
    const second = await backUp(azure, app);
    await azure.pass(3600);
    expect(await jobOf(azure, second)).toMatchObject({
      status: 'CompletedWithWarnings',
      errorDetails: [{ errorTitle: 'SomethingNew' }],
    });
    const points = await azure.get(`${item('rg-app', 'vm-app-01')}/recoveryPoints?${V}`);
    expect(points.body.value[0]!.properties.recoveryPointTierDetails).toEqual([{ type: 'InstantRP', status: 'Valid' }]);
    expect(await azure.control('GET', 'faults')).toEqual([]);
  });

  test('are refused when they are invalid', async () => {
    expect((await azure.call('POST', '/_sim/faults', { as: null, body: { status: 500 } })).status).toBe(400);
  });
});

test('the log holds every request to Azure in order, and none to the control', async () => {
  await azure.get(`${vault()}?${V}`, { headers: { 'x-ms-client-request-id': 'one' } });
  await backUp(azure, app);
  await azure.get(`${vault()}?${V}`, { as: null });
  const log = (await azure.control('GET', 'requests')) as Record<string, unknown>[];
  expect(log.map((entry) => [entry.method, entry.identity, entry.status, entry.clientRequestId])).toEqual([
    ['GET', 'kluis-operate', 200, 'one'],
    ['POST', 'kluis-operate', 202, null],
    ['GET', null, 401, null],
  ]);
  expect(log[1]).toMatchObject({
    body: { properties: { objectType: 'IaasVMBackupRequest' } },
    path: expect.stringContaining('/backup?api-version='),
  });
  await azure.control('DELETE', 'requests');
  expect(await azure.control('GET', 'requests')).toEqual([]);
});

test('a restart continues where it was, running jobs included', async () => {
  const accepted = await backUp(azure, app);
  expect((await jobOf(azure, accepted)).status).toBe('InProgress');
  await azure.close();
  expect(JSON.parse(readFileSync(join(folder, 'simulator.json'), 'utf8')).jobs.length).toBeGreaterThan(0);
  azure = await SimulatedAzure.start({ statePath: join(folder, 'simulator.json') });
  expect((await jobOf(azure, accepted)).status).toBe('InProgress');
  await azure.pass(3600);
  expect((await jobOf(azure, accepted)).status).toBe('Completed');
});

test('reset gives a new estate; parts of a state are given alone, and unknown ones are refused', async () => {
  await azure.control('POST', 'state', { vms: [] });
  expect((await azure.state('vms')).vms).toEqual([]);
  await azure.control('POST', 'reset');
  expect((await azure.state('vms')).vms.length).toBeGreaterThan(20);
  expect(Object.keys(await azure.state('vms', 'items')).toSorted()).toEqual(['items', 'vms']);
  for (const body of [{ unicorns: [] }, { constructor: [] }])
    expect((await azure.call('POST', '/_sim/state', { as: null, body })).status).toBe(400);
  for (const parts of ['vms,unicorns', 'constructor', ''])
    expect((await azure.call('GET', `/_sim/state?parts=${parts}`, { as: null })).status).toBe(400);
});

test('another speed applies to what begins from then on; what is running ends when it would have', async () => {
  await azure.control('POST', 'clock', { speed: 1_000_000 });
  const fast = await backUp(azure, app);
  await azure.control('POST', 'clock', { speed: 1 });
  expect(await azure.control('GET', 'clock')).toMatchObject({ speed: 1 });
  await azure.pass(60);
  const statuses = (await jobOf(azure, fast)).extendedInfo.tasksList.map(({ status }: { status: string }) => status);
  expect(statuses).toEqual(['Completed', 'InProgress']);
});

test('whether the keys of a VM unlock its disks now, and what its newest recovery point has copied of them', async () => {
  const keys = (vm: string) => azure.call('POST', '/_sim/keys', { as: null, body: { vm } });
  expect((await keys('vm-hr-02')).body).toMatchObject({
    disks: [{ unlocked: false }, { name: 'vm-hr-02-data-1', unlocked: false }],
    copied: { OsDiskKeyAndSecretDetails: { SecretUrl: expect.stringContaining('kv-hr2-weu') } },
  });
  expect((await keys('vm-sql-01')).body).toMatchObject({
    disks: [{ unlocked: true }, { unlocked: true }],
    copied: null,
  });
  expect((await keys('vm-none')).status).toBe(404);
});
