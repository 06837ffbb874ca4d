import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { type AzureReads, itemRefOf } from '../../src/azure/gateway.ts';
import { simulatorCredential } from '../../src/azure/arm/transport/simulator-credential.ts';
import { attemptOf } from './support/attempt.ts';
import { actions } from './support/actions.ts';
import { accessPolicy, assignment, listReads, readCalls, writeCalls } from './support/calls.ts';
import { faultOf, gatewayOn } from './support/gateway-on.ts';
import { backupAppId, policyId, ref, region, roleId, subscription, vaultId, vmId } from './support/names.ts';
import { backupPrincipal, healthy, keyVaultOf, simulated, vmOf } from './support/simulated.ts';

const day = 86_400_000;
const around = () => ({ from: new Date(Date.now() - 2 * day), to: new Date(Date.now() + day) });

describe('the estate, read through the port', () => {
  test('VMs, disks, and where their keys lie', async () => {
    await using sim = await simulated();
    const { reads } = sim.azure;
    const entries = await reads.vmEntries(subscription);
    expect(entries).toHaveLength(23);
    expect(entries.filter(({ classic }) => classic).map(({ name }) => name)).toEqual(['vm-classic-01']);
    expect(entries.filter(({ name }) => name === 'vm-dup-01')).toHaveLength(2);

    const vm = await reads.vm(vmId);
    expect(vm).toMatchObject({ os: 'Windows', powerState: 'PowerState/running', agent: { status: 'Ready' } });
    const [os] = vm!.disks;
    expect(os!.viewAde[0]).toMatchObject({
      secretVaultId: keyVaultOf('kv-prod-weu'),
      keyVaultId: keyVaultOf('kv-prod-weu'),
    });
    const disk = await reads.disk(os!.id!);
    expect(disk!.ade!.keys).toEqual(os!.viewAde);
    expect((await reads.disks(subscription)).find(({ id }) => id === os!.id)).toEqual(disk);

    const listed = await reads.vms(subscription);
    expect(listed.find((one) => one.vm.id === vmId)).toEqual({ vm, isWhole: true });
    expect(listed.find((one) => one.vm.name === 'vm-off-01')!.vm.extensions).toMatchObject([
      { type: 'AzureDiskEncryption', status: null },
    ]);
    const vms = (await sim.state())['vms'] as { name: string }[];
    await sim.change({ vms: vms.map((one) => (one.name === 'vm-sql-01' ? { ...one, agent: 'absent' } : one)) });
    // A list without agents would look the same for a VM that has none.
    expect((await reads.vms(subscription)).find((one) => one.vm.id === vmId)?.isWhole).toBe(false);

    const off = await reads.vm(vmOf('rg-app', 'vm-off-01'));
    expect(off).toMatchObject({ powerState: 'PowerState/deallocated', agent: null });

    const [, , , , name, version] = os!.viewAde[0]!.keyUrl!.split('/');
    const key = await reads.keyVersion(keyVaultOf('kv-prod-weu'), name!, version!);
    expect(key).toMatchObject({ name, version, enabled: true });
    expect(await reads.keyVersions(keyVaultOf('kv-prod-weu'), name!)).toContainEqual(key);
    const secret = os!.viewAde[0]!.secretUrl!.split('/');
    expect(await reads.secret(keyVaultOf('kv-prod-weu'), secret[4]!)).toMatchObject({ version: secret[5] });
  });

  test('vaults, policies, items, points, jobs', async () => {
    await using sim = await simulated();
    const { reads } = sim.azure;
    const vaults = await reads.vaults(subscription);
    expect(
      vaults.map(({ name, redundancy, multiUserAuthorization }) => [name, redundancy, multiUserAuthorization]).sort(),
    ).toEqual([
      ['rsv-prod-neu', 'GeoRedundant', true],
      ['rsv-prod-weu', 'GeoRedundant', false],
      ['rsv-test-weu', 'LocallyRedundant', false],
    ]);
    const policies = await reads.policies(vaultId);
    expect(Object.fromEntries(policies.map(({ name, kind, schedule }) => [name, [kind, schedule.frequency]]))).toEqual({
      DefaultPolicy: ['Standard', 'Daily'],
      gold: ['Standard', 'Daily'],
      decade: ['Standard', 'Daily'],
      'enhanced-4h': ['Enhanced', 'Hourly'],
    });
    const item = await reads.protectedItem(healthy);
    expect(item).toMatchObject({
      ref: healthy,
      protectionState: 'Protected',
      lastBackupStatus: 'Completed',
      policyName: 'decade',
    });
    expect(await reads.protectedItems(vaultId)).toContainEqual(item);
    const points = await reads.recoveryPoints(healthy);
    expect(points).toHaveLength(14);
    expect(points.some(({ time }) => time < new Date('2017-04-26'))).toBe(true);
    expect(points.every(({ encrypted }) => encrypted === true)).toBe(true);
    const [job] = await reads.jobs(vaultId, { ...around(), operation: 'Backup' });
    expect(await reads.job(vaultId, job!.name)).toMatchObject({ name: job!.name, vaultId, status: job!.status });

    expect(await reads.backupStatus({ id: vmOf('rg-app', 'vm-app-01'), region })).toMatchObject({
      status: 'Protected',
      vaultId,
      policyName: 'decade',
    });
    expect(await reads.preValidate({ id: vmId, region }, vaultId)).toMatchObject({ ok: true });
  });

  test('key vaults, the directory, permissions and obstacles', async () => {
    await using sim = await simulated();
    const { reads } = sim.azure;
    expect(await reads.keyVault(keyVaultOf('kv-shut-weu'))).toMatchObject({
      rbac: false,
      firewall: { defaultAction: 'Deny', bypass: 'None' },
    });
    expect((await reads.keyVault(keyVaultOf('kv-rbac-weu')))!.rbac).toBe(true);
    expect(await reads.deletedKeyVault('kv-hr-weu', region, subscription)).toMatchObject({
      vaultId: keyVaultOf('kv-hr-weu'),
    });
    expect(await reads.deletedKeyVault('kv-none', region, subscription)).toBeNull();
    expect(await reads.servicePrincipalId(backupAppId)).toBe(backupPrincipal);
    expect(await reads.tenantId(subscription)).toBe('00000000-0000-0000-0000-0000007e4a47');
    expect(await reads.providerState(subscription, 'Microsoft.RecoveryServices')).toBe('Registered');
    expect((await reads.roleDefinition(roleId))!.name).toBe('Key Vault Administrator');
    expect(await reads.roleAssignments(keyVaultOf('kv-rbac-weu'), backupPrincipal)).toEqual([]);
    expect((await reads.permissions(keyVaultOf('kv-prod-weu'))).length).toBeGreaterThan(0);
  });

  test('no URL of any call has a doubled slash', async () => {
    await using sim = await simulated();
    const calls = [
      ...Object.values(readCalls).map((call) => call(sim.azure.reads)),
      ...Object.values(writeCalls).map((call) => call(sim.azure, attemptOf())),
    ];
    await Promise.allSettled(calls);
    const asked = await Promise.all(['GET', 'POST', 'PUT', 'PATCH'].map((method) => sim.requests(method, /./)));
    expect(asked.flat().length).toBeGreaterThanOrEqual(calls.length);
    expect(asked.flat().filter(({ path }) => /^[^?]*\/\//.test(path))).toEqual([]);
  });

  test('obstacles that the estate doesn’t have', async () => {
    await using sim = await simulated();
    const group = keyVaultOf('x').split('/providers/')[0]!;
    await sim.change({ locks: [{ scope: group, name: 'keep', level: 'ReadOnly' }] });
    expect(await sim.azure.reads.locks(keyVaultOf('kv-prod-weu'))).toEqual([
      { id: `${group}/providers/Microsoft.Authorization/locks/keep`, name: 'keep', level: 'ReadOnly' },
    ]);
    const fault = await faultOf(writeCalls.addAccessPolicy(sim.azure, attemptOf()));
    expect(fault.facts).toMatchObject({ kind: 'refused', code: 'ScopeLocked' });
  });
});

test.each(listReads)('%s: pages with one item give the same as one page', async (name) => {
  await using sim = await simulated();
  const { reads } = sim.azure;
  const lists: Partial<typeof readCalls> = {
    recoveryPoints: (port) => port.recoveryPoints(healthy),
    keyVersions: async (port) => {
      const [disk] = (await port.vm(vmId))!.disks;
      return port.keyVersions(keyVaultOf('kv-prod-weu'), disk!.viewAde[0]!.keyUrl!.split('/')[4]!);
    },
    jobs: (port) => port.jobs(vaultId, around()),
  };
  const call = lists[name] ?? readCalls[name];
  const whole = await call(reads);
  await sim.change({ settings: { pageSize: 1 } });
  expect(await call(reads)).toEqual(whole);
});

describe('a backup from start to end', () => {
  test('refresh, protect, back up, cancel; every write once, under its attempt’s ID', async () => {
    await using sim = await simulated();
    const { reads, writes } = sim.azure;
    const attempt = () => attemptOf();
    const attempts = [attempt(), attempt(), attempt(), attempt()] as const;

    const refresh = await writes.refreshContainers(vaultId, attempts[0]);
    expect(await reads.refreshed(refresh)).toBe(false);
    await sim.advance(30);
    expect(await reads.refreshed(refresh)).toBe(true);
    expect(await reads.protectable(vaultId, vmId)).toBe(true);

    const protecting = await writes.protect({ ref, vmId, policyId }, attempts[1]);
    expect(await reads.operation(protecting)).toEqual({ status: 'InProgress', jobId: null, error: null });
    await sim.advance(180);
    const protectedNow = await reads.operation(protecting);
    expect(protectedNow!.status).toBe('Succeeded');
    expect(await reads.job(vaultId, protectedNow!.jobId!)).toMatchObject({
      operation: 'ConfigureBackup',
      activityId: attempts[1].id,
    });
    expect(await reads.protectedItem(ref)).toMatchObject({
      vmId,
      lastBackupTime: null,
      lastRecoveryPoint: null,
      lastBackupStatus: null,
    });

    await sim.runAt(1); // the snapshot takes minutes: the job can be cancelled however slow this machine is
    const backing = await writes.startBackup(healthy, new Date(Date.now() + 30 * day), attempts[2]);
    await sim.advance(5);
    const { jobId } = (await reads.operation(backing))!;
    const job = await reads.job(vaultId, jobId!);
    expect(job).toMatchObject({
      operation: 'Backup',
      status: 'InProgress',
      activityId: attempts[2].id,
      cancellable: true,
    });
    expect(await reads.jobs(vaultId, { ...around(), status: 'InProgress' })).toMatchObject([
      { activityId: attempts[2].id, tasks: [] },
    ]);

    expect((await writes.cancelJob({ vaultId, jobId: jobId! }, attempts[3])).requestId).not.toBeNull();
    expect(await reads.job(vaultId, jobId!)).toMatchObject({ status: 'Cancelling', cancellable: false });

    const sent = [
      ...(await sim.requests('POST', /refreshContainers|\/backup\?|cancel/)),
      ...(await sim.requests('PUT', /./)),
    ];
    expect(sent.map(({ clientRequestId }) => clientRequestId).sort()).toEqual(attempts.map(({ id }) => id).sort());
  });

  test('without access to the keys, protection fails as an operation', async () => {
    await using sim = await simulated();
    const { reads, writes } = sim.azure;
    const web = vmOf('rg-web', 'vm-web-01');
    await sim.advance(30);
    await writes.refreshContainers(vaultId, attemptOf());
    await sim.advance(30);
    const operation = await writes.protect({ ref: itemRefOf(web, vaultId), vmId: web, policyId }, attemptOf());
    await sim.advance(180);
    expect(await reads.operation(operation)).toMatchObject({
      status: 'Failed',
      jobId: null,
      error: { code: 'UserErrorKeyVaultPermissionsNotConfigured' },
    });
  });

  test.each([
    ['the answer is lost', { drop: true, after: true }],
    ['the connection dies before', { drop: true }],
    ['503', { status: 503 }],
    ['429', { status: 429, headers: { 'retry-after': '1' } }],
  ])('%s: sent once, and its outcome can be seen', async (_, fault) => {
    await using sim = await simulated();
    await sim.fault({ match: { method: 'POST', path: '/backup\\?' }, ...fault });
    const attempt = attemptOf();
    await faultOf(sim.azure.writes.startBackup(healthy, new Date(Date.now() + day), attempt));
    expect(await sim.requests('POST', /\/backup\?/)).toMatchObject([{ clientRequestId: attempt.id }]);
    const jobs = await sim.azure.reads.jobs(vaultId, around());
    expect(jobs.some(({ activityId }) => activityId === attempt.id)).toBe('after' in fault);
  });
});

describe('grants, by the second identity', () => {
  test('an access policy is added to what was there', async () => {
    await using sim = await simulated();
    const web = keyVaultOf('kv-web-weu');
    const before = await sim.azure.reads.keyVault(web);
    await sim.azure.grants!.addAccessPolicy(web, { ...accessPolicy, objectId: backupPrincipal }, attemptOf());
    const after = await sim.azure.reads.keyVault(web);
    expect(after!.policies).toHaveLength(before!.policies.length);
    expect(after!.policies.find(({ objectId }) => objectId === backupPrincipal)).toMatchObject({
      keys: ['get', 'list', 'backup'],
      secrets: ['get', 'list', 'backup'],
    });
    expect(await sim.requests('PUT', /accessPolicies/i)).toMatchObject([{ identity: 'kluis-grant', status: 200 }]);
  });

  test('a role is assigned once; the second time is a conflict that can be adopted', async () => {
    await using sim = await simulated();
    const scope = keyVaultOf('kv-rbac-weu');
    const { reads, grants } = sim.azure;
    const [role] = await reads.roleDefinitionsNamed(scope, 'backup-key-reader');
    const given = { ...assignment, scope, roleDefinitionId: role!.id, principalId: backupPrincipal };
    await grants!.assignRole(given, attemptOf());
    expect(await reads.roleAssignments(scope, backupPrincipal)).toMatchObject([
      { scope, principalId: backupPrincipal, condition: null },
    ]);
    const again = await faultOf(grants!.assignRole({ ...given, name: randomUUID() }, attemptOf()));
    expect(again.facts).toMatchObject({ kind: 'conflict', code: 'RoleAssignmentExists' });
    const other = await faultOf(grants!.assignRole({ ...given, roleDefinitionId: roleId }, attemptOf()));
    expect(other.facts).toMatchObject({ kind: 'forbidden', action: actions.assignRole });
  });

  test.each([
    ['kluis-grant', 'kluis-restore', 'kluis-operate'],
    ['kluis-restore', 'kluis-operate', 'kluis-grant'],
  ] as const)('each identity is refused what only another may do: %s operates', async (operate, grant, restore) => {
    await using sim = await simulated();
    const swapped = gatewayOn(sim.url, {
      operate: simulatorCredential(operate),
      grant: simulatorCredential(grant),
      restore: simulatorCredential(restore),
    });
    for (const name of Object.keys(writeCalls) as (keyof typeof writeCalls)[]) {
      const { facts } = await faultOf(writeCalls[name](swapped, attemptOf()));
      expect([name, facts.kind, facts.action]).toEqual([name, 'forbidden', actions[name]]);
    }
  });
});

describe('without any role', () => {
  const guarded = (Object.keys(readCalls) as (keyof AzureReads)[]).filter((name) => actions[name] !== null);

  test.each(guarded)('%s names the missing permission', async (name) => {
    await using sim = await simulated();
    await sim.change({ roleAssignments: [] });
    const { facts } = await faultOf(readCalls[name](sim.azure.reads));
    expect([facts.kind, facts.action]).toEqual(['forbidden', actions[name]]);
  });

  test('nor may the second identity read its permissions', async () => {
    await using sim = await simulated();
    await sim.change({ roleAssignments: [] });
    expect((await faultOf(sim.azure.grants!.permissions(keyVaultOf('kv-web-weu')))).kind).toBe('forbidden');
  });
});

test('the simulator sends key material, and none of it comes through the port', async () => {
  await using sim = await simulated();
  const path = `${vaultId}/backupFabrics/Azure/protectionContainers/${healthy.container}/protectedItems/${healthy.item}/recoveryPoints`;
  const raw = await fetch(`${sim.url}${path}?api-version=2025-02-01`, {
    headers: { authorization: 'Bearer kluis-operate' },
  });
  const material = [...(await raw.text()).matchAll(/"(?:secretData|keyBackupData)":"([^"]+)"/g)].map(
    ([, value]) => value!,
  );
  expect(material.length).toBeGreaterThan(0);
  const seen = JSON.stringify(await sim.azure.reads.recoveryPoints(healthy));
  expect(material.filter((value) => seen.includes(value))).toEqual([]);
});
