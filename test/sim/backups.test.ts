import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  backUp,
  BACKUP_APP,
  item,
  jobOf,
  keyVault,
  operation,
  protect,
  SimulatedAzure,
  type Shown,
  SUB,
  TENANT,
  V,
  vault,
  vm,
} from './support/simulated-azure.ts';

let azure: SimulatedAzure;
beforeEach(async () => {
  azure = await SimulatedAzure.start();
});
afterEach(() => azure.close());

const app = { group: 'rg-app', name: 'vm-app-01' };
const plain = { group: 'rg-web', name: 'vm-plain-01' };
const MINUTE = 60;

const points = async (place: { group: string; name: string }): Promise<Shown[]> =>
  (await azure.get(`${item(place.group, place.name)}/recoveryPoints?${V}`)).body.value;

describe('protection', () => {
  test('a VM that the vault does not know yet needs a refresh; then it is protected and listed', async () => {
    const sql = { group: 'rg-sql', name: 'vm-sql-01' };
    expect((await protect(azure, sql)).body.error?.code).toBe('BMSUserErrorInvalidConfigureProtectionRequest');
    const refresh = await azure.call('POST', `${vault()}/backupFabrics/Azure/refreshContainers?${V}`);
    const location = new URL(refresh.headers.get('location') ?? '');
    expect((await azure.get(location.pathname + location.search)).status).toBe(202);
    await azure.pass(20);
    expect((await azure.get(location.pathname + location.search)).status).toBe(204);
    const accepted = await protect(azure, sql);
    expect([accepted.status, accepted.headers.get('retry-after')]).toEqual([202, '1']);
    expect((await operation(azure, accepted)).status).toBe('InProgress');
    await azure.pass(2 * MINUTE);
    expect((await operation(azure, accepted)).properties.jobId).toBeDefined();
    const { body } = await azure.get(`${item('rg-sql', 'vm-sql-01')}?${V}`);
    expect([body.properties.protectionState, body.properties.lastBackupTime]).toEqual([
      'IRPending',
      '2001-01-01T00:00:00Z',
    ]);
  });

  test('operation URLs are signed, long, and answered only when they come back whole', async () => {
    const accepted = await protect(azure, plain);
    const url = new URL(accepted.headers.get('azure-asyncoperation') ?? '');
    expect(url.href.length).toBeGreaterThan(2000);
    expect(url.href.length).toBeLessThan(4000);
    expect((await azure.get(url.pathname + url.search, { as: 'owner' })).status).toBe(200);
    expect((await azure.get((url.pathname + url.search).slice(0, 1500), { as: 'owner' })).status).toBe(403);
  });

  test('stop, resume, delete and undelete', async () => {
    const put = (properties: object): Promise<unknown> =>
      azure.call('PUT', `${item('rg-app', 'vm-app-01')}?${V}`, {
        body: {
          properties: {
            protectedItemType: 'Microsoft.Compute/virtualMachines',
            sourceResourceId: vm('rg-app', 'vm-app-01'),
            ...properties,
          },
        },
      });
    const shown = async (): Promise<Record<string, unknown>> =>
      (await azure.get(`${item('rg-app', 'vm-app-01')}?${V}`)).body.properties;
    await put({ protectionState: 'ProtectionStopped', policyId: '' });
    await azure.pass(MINUTE);
    expect(await shown()).toMatchObject({ protectionState: 'ProtectionStopped', policyId: '', policyName: '' });
    expect((await backUp(azure, app)).status).toBe(400);
    await put({ policyId: `${vault()}/backupPolicies/gold` });
    await azure.pass(2 * MINUTE);
    expect(await shown()).toMatchObject({ protectionState: 'Protected', policyName: 'gold' });
    await azure.call('DELETE', `${item('rg-app', 'vm-app-01')}?${V}`, { as: 'owner' });
    await azure.pass(3 * MINUTE);
    expect(await shown()).toMatchObject({
      isScheduledForDeferredDelete: true,
      deferredDeleteTimeRemaining: expect.stringMatching(/^13\.\d\d:/),
    });
    await put({ policyId: '', protectionState: 'ProtectionStopped', isRehydrate: true });
    await azure.pass(MINUTE);
    expect((await shown()).isScheduledForDeferredDelete).toBeUndefined();
  });

  test('a vault under a Resource Guard gives no item away before it is unlocked', async () => {
    const path = `${item('rg-neu', 'vm-neu-01', 'rsv-prod-neu')}?${V}`;
    expect((await azure.call('DELETE', path, { as: 'owner' })).status).toBe(400);
    const unlock = (resourceGuardOperationRequests: string[]) =>
      azure.call('POST', `${vault('rsv-prod-neu')}/backupResourceGuardProxies/VaultProxy/unlockDelete?${V}`, {
        as: 'owner',
        body: { resourceGuardOperationRequests, resourceToBeDeleted: item('rg-neu', 'vm-neu-01', 'rsv-prod-neu') },
      });
    expect((await unlock([])).status).toBe(400);
    expect((await azure.call('DELETE', path, { as: 'owner' })).status).toBe(400);
    const proxies = await azure.call('GET', `${vault('rsv-prod-neu')}/backupResourceGuardProxies?${V}`, {
      as: 'owner',
    });
    const [proxy] = (proxies.body as unknown as { value: { properties: { resourceGuardResourceId: string } }[] }).value;
    const guard = proxy!.properties.resourceGuardResourceId;
    expect((await unlock([`${guard}/deleteProtectedItemRequests/default`])).status).toBe(200);
    expect((await azure.call('DELETE', path, { as: 'owner' })).status).toBe(202);
  });
});

describe('access to keys', () => {
  const web = { group: 'rg-web', name: 'vm-web-01' };
  const failure = { status: 'Failed', properties: null, error: { code: 'UserErrorKeyVaultPermissionsNotConfigured' } };
  const outcome = async (place: { group: string; name: string }): Promise<{ startTime: string; endTime: string }> => {
    const accepted = await protect(azure, place);
    await azure.pass(2 * MINUTE);
    return operation(azure, accepted);
  };

  test('without it protection fails as an operation, with the symbolic code and no duration', async () => {
    const failed = await outcome(web);
    expect(failed).toMatchObject(failure);
    expect(failed.endTime).toBe(failed.startTime);
  });

  test('an access policy is shown at once and in force only later', async () => {
    const permissions = { keys: ['get', 'list', 'backup'], secrets: ['get', 'list', 'backup'] };
    const body = { properties: { accessPolicies: [{ tenantId: TENANT, objectId: BACKUP_APP, permissions }] } };
    const added = await azure.call('PUT', `${keyVault('kv-web-weu')}/accessPolicies/add?api-version=2026-02-01`, {
      as: 'kluis-grant',
      body,
    });
    expect(added.body.id).toMatch(/\/accessPolicies\/$/);
    const { body: shown } = await azure.get(`${keyVault('kv-web-weu')}?api-version=2026-02-01`);
    expect(shown.properties.accessPolicies).toContainEqual({ tenantId: TENANT, objectId: BACKUP_APP, permissions });
    expect(shown.properties.accessPolicies).toHaveLength(2);
    const early = await protect(azure, web);
    await azure.pass(20);
    expect(await operation(azure, early)).toMatchObject(failure);
    await azure.pass(2 * MINUTE);
    expect(await outcome(web)).toMatchObject({ status: 'Succeeded' });
  });

  test('a role is in force some minutes after its assignment', async () => {
    const rbac = { group: 'rg-web', name: 'vm-rbac-01' };
    expect(await outcome(rbac)).toMatchObject(failure);
    const roleDefinitionId = `${SUB}/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-0000000c0001`;
    const path = `${keyVault('kv-rbac-weu')}/providers/Microsoft.Authorization/roleAssignments/5a3c1f1e-0000-4000-8000-000000000001?api-version=2022-04-01`;
    await azure.call('PUT', path, {
      as: 'kluis-grant',
      body: { properties: { roleDefinitionId, principalId: BACKUP_APP } },
    });
    expect(await outcome(rbac)).toMatchObject(failure);
    await azure.pass(10 * MINUTE);
    expect(await outcome(rbac)).toMatchObject({ status: 'Succeeded' });
  });

  const others: [string, string, boolean][] = [
    ['rg-hr', 'vm-lock-01', true],
    ['rg-hr', 'vm-shut-01', false],
    ['rg-hr', 'vm-split-01', false],
    ['rg-hr', 'vm-bek-01', true],
    ['rg-hr', 'vm-cmk-01', true],
    ['rg-app', 'vm-off-01', true],
  ];
  test.each(others)('%s/%s: protection succeeds %s', async (group, name, succeeds) => {
    expect(await outcome({ group, name })).toMatchObject(succeeds ? { status: 'Succeeded' } : failure);
  });

  test('a key made for a certificate cannot be copied: the same code', async () => {
    const state = await azure.state();
    for (const kv of state.keyVaults) for (const key of kv.keys) key.certificate = true;
    await azure.control('POST', 'state', { keyVaults: state.keyVaults });
    expect(await outcome({ group: 'rg-hr', name: 'vm-lock-01' })).toMatchObject(failure);
  });

  test('a protected VM without access fails as a job, with a number, a title and a text', async () => {
    const job = await jobOf(azure, await backUp(azure, { group: 'rg-app', name: 'vm-app-02' }));
    expect(job.status).toBe('InProgress');
    await azure.pass(2 * MINUTE);
    const { body } = await azure.get(`${vault()}/backupJobs?${V}&$filter=status eq 'Failed' and operation eq 'Backup'`);
    expect(body.value[0]!.properties).toMatchObject({
      entityFriendlyName: 'vm-app-02',
      errorDetails: [
        {
          errorCode: expect.any(Number),
          errorTitle: 'UserErrorKeyVaultPermissionsNotConfigured',
          errorString: expect.stringContaining('sufficient permissions to Key Vault'),
          recommendations: [expect.any(String)],
        },
      ],
    });
    expect(body.value[0]!.properties.extendedInfo).toBeUndefined();
  });
});

describe('a backup', () => {
  test('hands over its job within two seconds, shows its phases, and ends with a recovery point', async () => {
    const before = (await points(app)).length;
    const accepted = await backUp(azure, { ...app, attempt: 'attempt-1' });
    const first = await jobOf(azure, accepted);
    expect(first).toMatchObject({ status: 'InProgress', activityId: 'attempt-1', operation: 'Backup' });
    expect(first.extendedInfo.tasksList.map((task: { status: string }) => task.status)).toEqual([
      'InProgress',
      'NotStarted',
    ]);
    expect(first.endTime).toBeUndefined();
    await azure.pass(6 * MINUTE);
    const second = await jobOf(azure, accepted);
    expect(second.extendedInfo.tasksList.map((task: { status: string }) => task.status)).toEqual([
      'Completed',
      'InProgress',
    ]);
    await azure.pass(30 * MINUTE);
    expect((await jobOf(azure, accepted)).status).toBe('Completed');
    const [newest] = await points(app);
    expect(await points(app)).toHaveLength(before + 1);
    expect(newest!.properties).toMatchObject({
      isSourceVMEncrypted: true,
      recoveryPointProperties: { expiryTime: '2026-12-25T00:00:00' },
    });
    // The old format: only points older than July 2017, of a VM with a KEK, contain its keys.
    const carriers = (await points(app)).filter(({ properties }) => 'keyAndSecret' in properties);
    expect(carriers.map(({ properties }) => properties.recoveryPointTime.slice(0, 4))).toEqual(['2017']);
    expect(carriers[0]!.properties.keyAndSecret).toMatchObject({
      bekDetails: { secretData: expect.any(String) },
      kekDetails: { keyBackupData: expect.any(String) },
    });
    expect(newest!.properties.recoveryPointTierDetails).toHaveLength(2);
    const { body } = await azure.get(`${item('rg-app', 'vm-app-01')}?${V}`);
    expect(body.properties.lastRecoveryPoint).toBe(newest!.properties.recoveryPointTime);
  });

  test('while another runs is a failed job of about a second', async () => {
    await backUp(azure, app);
    const second = await jobOf(azure, await backUp(azure, app));
    expect(second).toMatchObject({
      status: 'Failed',
      errorDetails: [{ errorCode: 400249, errorTitle: 'UserErrorBackupOperationInProgress' }],
    });
    await azure.pass(60 * MINUTE);
    const running = await azure.get(`${vault()}/backupJobs?${V}&$filter=status eq 'InProgress'`);
    expect(running.body.value).toEqual([]);
  });

  test('is refused after the ninth of a UTC day', async () => {
    const titles: (string | undefined)[] = [];
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      const accepted = await backUp(azure, app);
      await azure.pass(60 * MINUTE);
      titles.push((await jobOf(azure, accepted)).errorDetails?.[0]?.errorTitle);
    }
    expect(titles.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => undefined));
    expect(titles[9]).toBe('UserErrorOnDemandBackupLimitReached');
  });

  test('can be cancelled while its snapshot is taken, and not later', async () => {
    const accepted = await backUp(azure, app);
    await azure.pass(3);
    const { properties } = await operation(azure, accepted);
    const cancel = (): ReturnType<SimulatedAzure['call']> =>
      azure.call('POST', `${vault()}/backupJobs/${properties.jobId}/cancel?${V}`);
    expect((await cancel()).status).toBe(202);
    const cancelling = await jobOf(azure, accepted);
    expect(cancelling.extendedInfo.tasksList.map((task: { status: string }) => task.status)).toEqual([
      'Cancelling',
      'Cancelling',
    ]);
    await azure.pass(2 * MINUTE);
    expect((await jobOf(azure, accepted)).status).toBe('Cancelled');
    const next = await backUp(azure, app);
    await azure.pass(7 * MINUTE);
    const later = await operation(azure, next);
    expect((await azure.call('POST', `${vault()}/backupJobs/${later.properties.jobId}/cancel?${V}`)).status).toBe(400);
  });

  const broken: [string, object, string][] = [
    ['an agent that is not ready', { agent: 'notReady' }, 'UserErrorGuestAgentStatusUnavailable'],
    ['a failed provisioning', { provisioning: 'Failed' }, 'UserErrorVmProvisioningStateFailed'],
  ];
  test.each(broken)('fails for %s', async (_, change, title) => {
    const state = await azure.state();
    for (const one of state.vms) if (one.name === 'vm-app-01') Object.assign(one, change);
    await azure.control('POST', 'state', { vms: state.vms });
    const accepted = await backUp(azure, app);
    await azure.pass(3 * MINUTE);
    expect((await jobOf(azure, accepted)).errorDetails[0]!.errorTitle).toBe(title);
  });
});

describe('schedules', () => {
  test('run when the clock is advanced past them, in their order, and only then', async () => {
    const jobs = async (): Promise<Shown[]> =>
      (
        await azure.get(
          `${vault()}/backupJobs?${V}&$filter=operation eq 'Backup' and startTime eq '2026-11-25 09:15:00 AM'`,
        )
      ).body.value;
    expect(await jobs()).toEqual([]);
    await azure.control('POST', 'clock', { advanceSeconds: 24 * 3600 });
    const found = (await jobs()).map((one) => [
      one.properties.entityFriendlyName,
      one.properties.startTime.slice(0, 16),
      one.properties.status,
    ]);
    expect(found).toContainEqual(['vm-app-01', '2026-11-25T22:30', 'Completed']);
    expect(found).toContainEqual(['vm-app-02', '2026-11-25T23:00', 'Failed']);
    expect(found).toContainEqual(['vm-hr-02', '2026-11-25T23:00', 'Failed']);
    expect(found).toContainEqual(['vm-dup-01', '2026-11-25T23:00', 'Completed']);
    expect(found).toHaveLength(5);
  });
});
