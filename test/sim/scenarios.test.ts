import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  backUp,
  item,
  keyVault,
  operation,
  protect,
  SimulatedAzure,
  SUB,
  V,
  vault,
  vm,
} from './support/simulated-azure.ts';

let azure: SimulatedAzure;
beforeEach(async () => {
  azure = await SimulatedAzure.start();
});
afterEach(() => azure.close());

const load = (name: string): Promise<unknown> => azure.control('POST', 'scenario', { name });
const view = async (name: string): Promise<string> =>
  JSON.stringify((await azure.get(`${vm('rg-app', name)}?api-version=2026-04-01&$expand=instanceView`)).body);
const disks = async (): Promise<string> =>
  JSON.stringify(
    (await azure.get(`${SUB}/resourceGroups/rg-app/providers/Microsoft.Compute/disks?api-version=2026-03-02`)).body,
  );

/** The result of enabling protection: Succeeded, or the code of the refusal. */
async function protection(name: string, policy = 'DefaultPolicy', group = 'rg-app'): Promise<string> {
  const accepted = await protect(azure, { group, name, policy });
  if (accepted.status !== 202) return String(accepted.body.error?.code);
  await azure.pass(120);
  const done = await operation(azure, accepted);
  return done.error?.code ?? done.status;
}

const NO_KEYS = 'UserErrorKeyVaultPermissionsNotConfigured';
const outcomes: [string, string, string][] = [
  ['kek-in-other-vault', 'vm-case-01', NO_KEYS],
  ['data-disk-elsewhere', 'vm-case-02', NO_KEYS],
  ['public-access-disabled', 'vm-case-03', 'Succeeded'],
  ['kek-disabled', 'vm-case-04a', NO_KEYS],
  ['kek-expired', 'vm-case-04b', 'Succeeded'],
  ['kek-of-certificate', 'vm-case-05', NO_KEYS],
  ['eighteen-disks', 'vm-case-06', 'Succeeded'],
  ['dual-pass', 'vm-case-17a', 'Succeeded'],
  ['deallocated-single-pass', 'vm-case-17b', 'Succeeded'],
  ['trusted-launch', 'vm-case-18a', 'Succeeded'],
  ['premium-v2-disk', 'vm-case-18b', 'UserErrorDiskTypeNotSupportedWithStandardPolicy'],
  ['shared-disk', 'vm-case-18c', 'UserErrorSharedDiskNotSupported'],
  ['confidential-vm', 'vm-case-21', 'UserErrorConfidentialVmNotSupported'],
  ['vault-not-readable', 'vm-case-12', 'UserErrorVmAlreadyProtectedInAnotherVault'],
  ['soft-deleted-item', 'vm-case-10', 'Succeeded'],
];
test.each(outcomes)('%s: protecting %s ends as %s', async (scenario, name, outcome) => {
  await load(scenario);
  expect(await protection(name)).toBe(outcome);
});

const roleCases: [string, string][] = [
  ['access-inherited', 'Succeeded'],
  ['access-through-group', 'Succeeded'],
  ['key-vault-reader-only', NO_KEYS],
  ['access-with-condition', NO_KEYS],
  ['access-denied', NO_KEYS],
  ['key-vault-deleted', NO_KEYS],
];
test.each(roleCases)('%s: protecting vm-rbac-01 ends as %s', async (scenario, outcome) => {
  await load(scenario);
  expect(await protection('vm-rbac-01', 'DefaultPolicy', 'rg-web')).toBe(outcome);
});

test('every scenario loads twice without doubling anything, and no VM becomes unreadable', async () => {
  const { names } = (await azure.control('GET', 'scenario')) as { names: Record<string, string> };
  expect(Object.keys(names).length).toBeGreaterThanOrEqual(36);
  for (const name of Object.keys(names)) {
    await azure.control('POST', 'reset');
    await load(name);
    const once = await azure.state();
    if (['backup-running', 'attempts-used-up', 'key-vault-deleted', 'vm-moved'].includes(name)) continue;
    await load(name);
    const twice = await azure.state();
    expect([name, twice.vms.length, twice.disks.length, twice.items.length, twice.keyVaults.length]).toEqual([
      name,
      once.vms.length,
      once.disks.length,
      once.items.length,
      once.keyVaults.length,
    ]);
    expect(twice.roleAssignments.length + twice.denyAssignments.length).toBe(
      once.roleAssignments.length + once.denyAssignments.length,
    );
    const list = await azure.get(
      `${SUB}/providers/Microsoft.Compute/virtualMachines?api-version=2026-04-01&$expand=instanceView`,
    );
    expect(list.body.value).toHaveLength(twice.vms.length);
  }
});

test('a provider that isn’t registered accepts no writes, and registering it creates its application', async () => {
  await load('provider-not-registered');
  expect(await protection('vm-dup-01', 'DefaultPolicy', 'rg-web')).toBe('MissingSubscriptionRegistration');
  const graph = { headers: { 'x-forwarded-host': 'graph.microsoft.com' } };
  const application = "/v1.0/servicePrincipals(appId='262044b1-e2ce-469f-a196-69ab7ada62d3')";
  expect((await azure.get(application, graph)).status).toBe(404);
  const register = `${SUB}/providers/Microsoft.RecoveryServices/register?api-version=2025-04-01`;
  const accepted = await azure.call('POST', register, { as: 'owner' });
  expect(accepted.status).toBe(200);
  expect(accepted.body).toMatchObject({ registrationState: 'Registering' });
  expect(await protection('vm-dup-01', 'DefaultPolicy', 'rg-web')).toBe('MissingSubscriptionRegistration');
  await azure.pass(120);
  expect((await azure.get(application, graph)).status).toBe(200);
  expect(await protection('vm-dup-01', 'DefaultPolicy', 'rg-web')).toBe('Succeeded');
});

test('an unknown scenario is refused, with the names of the others', async () => {
  const answer = await azure.call('POST', '/_sim/scenario', { as: null, body: { name: 'constructor' } });
  expect(answer.status).toBe(404);
  expect(JSON.stringify(answer.body)).toContain('kek-expired');
});

describe('what a reader sees', () => {
  test('encryption in progress, a pending restart, dual pass, an agent-less instance view', async () => {
    for (const name of ['still-encrypting', 'restart-pending', 'dual-pass', 'deallocated-single-pass'])
      await load(name);
    expect(await view('vm-case-16a')).toContain('EncryptionInProgress');
    expect(await view('vm-case-16b')).toContain('VMRestartPending');
    expect(await view('vm-case-17a')).toContain('"encryptionSettings":{"diskEncryptionKey"');
    expect(await view('vm-case-17b')).not.toContain('encryptionSettings');
    expect(await view('vm-case-17b')).not.toContain('vmAgent');
    expect((await disks()).match(/vm-case-17b[^{}]*/)).not.toBeNull();
  });

  test('states, kinds of disks and security types', async () => {
    for (const name of [
      'provisioning-failed',
      'extensions-not-allowed',
      'trusted-launch',
      'confidential-vm',
      'unmanaged-disk',
      'premium-v2-disk',
      'shared-disk',
    ])
      await load(name);
    expect(await view('vm-case-15a')).toContain('"provisioningState":"Failed"');
    expect(await view('vm-case-15b')).toContain('"allowExtensionOperations":false');
    expect(await view('vm-case-18a')).toContain('"securityType":"TrustedLaunch"');
    expect(await view('vm-case-21')).toContain('"securityType":"ConfidentialVM"');
    expect(await view('vm-case-22')).toContain('"vhd":{"uri":"https://contosovhds');
    expect(await disks()).toContain('PremiumV2_LRS');
    expect(await disks()).toContain('"maxShares":3');
  });

  test('a soft-deleted item with nine days left, a stopped one, and a running backup that is joined', async () => {
    for (const name of ['soft-deleted-item', 'protection-stopped', 'backup-running']) await load(name);
    const gone = (await azure.get(`${item('rg-app', 'vm-case-10', 'rsv-test-weu')}?${V}`)).body.properties;
    expect(gone).toMatchObject({
      isScheduledForDeferredDelete: true,
      deferredDeleteTimeRemaining: expect.stringMatching(/^9\./),
    });
    const stopped = (await azure.get(`${item('rg-app', 'vm-case-11')}?${V}`)).body.properties;
    expect(stopped).toMatchObject({ protectionState: 'ProtectionStopped', policyId: '' });
    const running = await azure.get(`${vault()}/backupJobs?${V}&$filter=status eq 'InProgress'`);
    expect(running.body.value.map((job) => job.properties.entityFriendlyName)).toEqual(['vm-app-01']);
    await azure.pass(60);
    await azure.pass(40 * 60);
    expect((await azure.get(`${vault()}/backupJobs?${V}&$filter=status eq 'InProgress'`)).body.value).toEqual([]);
  });

  test('nine attempts today; the tenth is refused', async () => {
    await load('attempts-used-up');
    const { body } = await azure.get(
      `${vault()}/backupJobs?${V}&$filter=operation eq 'Backup' and startTime eq '2026-11-25 12:00:00 AM' and endTime eq '2026-11-25 11:59:59 PM'`,
    );
    expect(body.value).toHaveLength(9);
    await backUp(azure, { group: 'rg-app', name: 'vm-app-01' });
    await azure.pass(10);
    const failed = await azure.get(
      `${vault()}/backupJobs?${V}&$filter=status eq 'Failed' and startTime eq '2026-11-25 09:00:00 AM'`,
    );
    expect(failed.body.value[0]!.properties.errorDetails[0]!.errorTitle).toBe('UserErrorOnDemandBackupLimitReached');
  });

  test('a recreated VM has another ID than its item; a deleted key vault can be recovered', async () => {
    const before = await view('vm-app-01');
    await load('vm-made-again');
    expect(/"vmId":"[^"]+"/.exec(await view('vm-app-01'))?.[0]).not.toBe(/"vmId":"[^"]+"/.exec(before)?.[0]);
    await load('key-vault-deleted');
    expect((await azure.get(`${keyVault('kv-rbac-weu')}?api-version=2026-02-01`)).status).toBe(404);
    const deleted = await azure.get(
      `${SUB}/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/kv-rbac-weu?api-version=2026-02-01`,
    );
    expect(deleted.status).toBe(200);
  });

  test('an older api-version refuses a Standard policy for a Trusted Launch VM', async () => {
    await load('trusted-launch');
    const properties = {
      protectedItemType: 'Microsoft.Compute/virtualMachines',
      sourceResourceId: vm('rg-app', 'vm-case-18a'),
      policyId: `${vault()}/backupPolicies/DefaultPolicy`,
    };
    const old = await azure.call('PUT', `${item('rg-app', 'vm-case-18a')}?api-version=2023-06-01`, {
      body: { properties },
    });
    expect([old.status, old.body.error?.code]).toEqual([400, 'UserErrorTrustedLaunchVMNotSupportedWithStandardPolicy']);
    const enhanced = { ...properties, policyId: `${vault()}/backupPolicies/enhanced-4h` };
    expect(
      (
        await azure.call('PUT', `${item('rg-app', 'vm-case-18a')}?api-version=2023-06-01`, {
          body: { properties: enhanced },
        })
      ).status,
    ).toBe(202);
  });
});
