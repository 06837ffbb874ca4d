import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BACKUP_APP, item, keyVault, SimulatedAzure, SUB, TENANT, V, vault, vm } from './support/simulated-azure.ts';

let azure: SimulatedAzure;
beforeEach(async () => {
  azure = await SimulatedAzure.start();
});
afterEach(() => azure.close());

const KV = 'api-version=2026-02-01';
const AUTH = 'api-version=2022-04-01';
const policies = {
  properties: {
    accessPolicies: [{ tenantId: TENANT, objectId: BACKUP_APP, permissions: { keys: ['get', 'list', 'backup'] } }],
  },
};
const role = {
  properties: {
    roleDefinitionId: `${SUB}/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-0000000c0001`,
    principalId: BACKUP_APP,
    principalType: 'ServicePrincipal',
  },
};
const assignment = `${keyVault('kv-rbac-weu')}/providers/Microsoft.Authorization/roleAssignments/5a3c1f1e-0000-4000-8000-000000000001?${AUTH}`;

test('without a token ARM asks for one', async () => {
  const answer = await azure.get(`${vault()}?${V}`, { as: null });
  expect(answer.status).toBe(401);
  expect(answer.body.error?.code).toBe('AuthenticationFailed');
  expect(answer.headers.get('www-authenticate')).toContain('Bearer authorization_uri=');
});

describe('the operating identity', () => {
  const readable = [
    `${SUB}?api-version=2022-12-01`,
    `${SUB}/resources?api-version=2025-04-01&$filter=resourceType eq 'Microsoft.Compute/virtualMachines'`,
    `${SUB}/providers/Microsoft.RecoveryServices?api-version=2025-04-01`,
    `${vm('rg-sql', 'vm-sql-01')}?api-version=2026-04-01&$expand=instanceView`,
    `${SUB}/providers/Microsoft.Compute/disks?api-version=2026-03-02`,
    `${keyVault('kv-prod-weu')}?${KV}`,
    `${keyVault('kv-prod-weu')}/keys/kek-disks/versions?${KV}`,
    `${SUB}/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/kv-hr-weu?${KV}`,
    `${keyVault('kv-rbac-weu')}/providers/Microsoft.Authorization/roleAssignments?${AUTH}`,
    `/${keyVault('kv-rbac-weu')}/providers/Microsoft.Authorization/denyAssignments?${AUTH}`,
    `${keyVault('kv-rbac-weu')}/providers/Microsoft.Authorization/permissions?${AUTH}`,
    `${keyVault('kv-rbac-weu')}/providers/Microsoft.Authorization/locks?api-version=2020-05-01`,
    `${vault()}/backupJobs?${V}`,
    `${vault()}/backupPolicies?${V}`,
    `${vault()}/backupProtectedItems?${V}`,
    `${vault()}/backupResourceGuardProxies?${V}`,
    `${item('rg-app', 'vm-app-01')}/recoveryPoints?${V}`,
  ];
  test.each(readable)('may read %s', async (path) => {
    expect((await azure.get(path)).status).toBe(200);
  });

  const refused: [string, string, string][] = [
    [
      'DELETE',
      `${item('rg-app', 'vm-app-01')}?${V}`,
      'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/delete',
    ],
    ['DELETE', `${vault()}?${V}`, 'Microsoft.RecoveryServices/Vaults/delete'],
    ['PATCH', `${vault()}/backupconfig/vaultconfig?${V}`, 'Microsoft.RecoveryServices/Vaults/backupconfig/write'],
    ['PUT', `${keyVault('kv-web-weu')}/accessPolicies/add?${KV}`, 'Microsoft.KeyVault/vaults/accessPolicies/write'],
    ['PUT', assignment, 'Microsoft.Authorization/roleAssignments/write'],
  ];
  test.each(refused)('may not %s %s', async (method, path, action) => {
    const answer = await azure.call(method, path, { body: {} });
    expect(answer.status).toBe(403);
    expect(answer.body.error?.code).toBe('AuthorizationFailed');
    expect(answer.body.error?.message).toContain(
      `does not have authorization to perform action '${action}' over scope '`,
    );
    expect(answer.headers.get('x-ms-failure-cause')).toBe('gateway');
  });

  test('registers Azure Backup; neither of the other two does', async () => {
    const path = `${SUB}/providers/Microsoft.RecoveryServices/register?api-version=2025-04-01`;
    for (const as of ['kluis-grant', 'kluis-restore'] as const)
      expect((await azure.call('POST', path, { as, body: {} })).status).toBe(403);
    expect((await azure.call('POST', path, { body: {} })).status).toBe(200);
  });

  test('an action removed from its role is refused at once', async () => {
    const state = await azure.state();
    for (const one of state.roles)
      one.permissions.actions = one.permissions.actions.filter(
        (action) => !action.endsWith('protectedItems/backup/action'),
      );
    await azure.control('POST', 'state', { roles: state.roles });
    expect((await azure.call('POST', `${item('rg-app', 'vm-app-01')}/backup?${V}`, { body: {} })).status).toBe(403);
  });
});

describe('the grant identity', () => {
  test('adds an access policy, and reads nothing', async () => {
    expect(
      (
        await azure.call('PUT', `${keyVault('kv-web-weu')}/accessPolicies/add?${KV}`, {
          as: 'kluis-grant',
          body: policies,
        })
      ).status,
    ).toBe(200);
    expect((await azure.get(`${keyVault('kv-web-weu')}?${KV}`, { as: 'kluis-grant' })).status).toBe(403);
    expect((await azure.get(`${vm('rg-sql', 'vm-sql-01')}?api-version=2026-04-01`, { as: 'kluis-grant' })).status).toBe(
      403,
    );
    expect((await azure.get(`${vault()}/backupJobs?${V}`, { as: 'kluis-grant' })).status).toBe(403);
  });

  test('assigns the one role to the one application, once', async () => {
    const made = await azure.call('PUT', assignment, { as: 'kluis-grant', body: role });
    expect(made.status).toBe(201);
    expect(made.body.properties.principalId).toBe(BACKUP_APP);
    const again = await azure.call('PUT', assignment, { as: 'kluis-grant', body: role });
    expect([again.status, again.body.error?.code]).toEqual([409, 'RoleAssignmentExists']);
  });

  const others = [
    [
      'another role',
      {
        ...role.properties,
        roleDefinitionId: `${SUB}/providers/Microsoft.Authorization/roleDefinitions/00482a5a-887f-4fb3-b363-3b7fe8e74483`,
      },
    ],
    ['another principal', { ...role.properties, principalId: '00000000-0000-0000-0000-0000000000a1' }],
  ] as const;
  test.each(others)('is kept by its condition from %s', async (_, properties) => {
    const answer = await azure.call('PUT', assignment, { as: 'kluis-grant', body: { properties } });
    expect(answer.status).toBe(403);
    expect(answer.body.error?.message).toContain('or an ABAC condition not fulfilled');
    expect((await azure.call('PUT', assignment, { as: 'owner', body: { properties } })).status).toBe(201);
  });

  test('an unknown principal is not found', async () => {
    const properties = { ...role.properties, principalId: '99999999-0000-0000-0000-000000000000' };
    const answer = await azure.call('PUT', assignment, { as: 'owner', body: { properties } });
    expect([answer.status, answer.body.error?.code]).toEqual([400, 'PrincipalNotFound']);
  });
});

describe('the restore identity', () => {
  test('can only restore: it reads no VM, starts no backup and gives no access', async () => {
    const as = 'kluis-restore';
    expect((await azure.get(`${vm('rg-sql', 'vm-sql-01')}?api-version=2026-04-01`, { as })).status).toBe(403);
    const backup = `${item('rg-app', 'vm-app-01')}/backup?${V}`;
    expect((await azure.call('POST', backup, { as, body: {} })).status).toBe(403);
    const add = `${keyVault('kv-web-weu')}/accessPolicies/add?${KV}`;
    expect((await azure.call('PUT', add, { as, body: policies })).status).toBe(403);
  });
});

test('permissions are those of the caller, from the same roles', async () => {
  const path = `${keyVault('kv-web-weu')}/providers/Microsoft.Authorization/permissions?${AUTH}`;
  const actions = async (as: 'kluis-operate' | 'kluis-grant'): Promise<string[]> =>
    (await azure.get(path, { as })).body.value.flatMap((one: { actions: string[] }) => one.actions);
  expect(await actions('kluis-grant')).toContain('Microsoft.KeyVault/vaults/accessPolicies/write');
  expect(await actions('kluis-operate')).not.toContain('Microsoft.KeyVault/vaults/accessPolicies/write');
});

test('a deny assignment hides a vault from lists and refuses it, but backupStatus still says where the VM is', async () => {
  const denial = {
    id: 'd1',
    name: 'not for the bot',
    scope: vault(),
    permissions: { actions: ['*'], notActions: [], dataActions: [], notDataActions: [] },
    principals: [{ id: '00000000-0000-0000-0000-0000000b0001', type: 'ServicePrincipal' }],
    excluded: [],
  };
  await azure.control('POST', 'state', { denyAssignments: [denial] });
  const list = await azure.get(`${SUB}/providers/Microsoft.RecoveryServices/vaults?${V}`);
  expect(list.body.value.map((one: { name: string }) => one.name)).toEqual(['rsv-prod-neu', 'rsv-test-weu']);
  expect((await azure.get(`${vault()}?${V}`)).status).toBe(403);
  const body = { resourceType: 'VM', resourceId: vm('rg-app', 'vm-app-01') };
  const status = await azure.call(
    'POST',
    `${SUB}/providers/Microsoft.RecoveryServices/locations/westeurope/backupStatus?${V}`,
    { body },
  );
  expect([status.body.protectionStatus, status.body.vaultId]).toEqual(['Protected', vault()]);
});

test('a ReadOnly lock stops a grant for everybody', async () => {
  await azure.control('POST', 'state', {
    locks: [{ name: 'keep', scope: `${SUB}/resourceGroups/rg-security`, level: 'ReadOnly' }],
  });
  const answer = await azure.call('PUT', `${keyVault('kv-web-weu')}/accessPolicies/add?${KV}`, {
    as: 'kluis-grant',
    body: policies,
  });
  expect([answer.status, answer.body.error?.code]).toEqual([409, 'ScopeLocked']);
  const locks = await azure.get(
    `${keyVault('kv-web-weu')}/providers/Microsoft.Authorization/locks?api-version=2020-05-01`,
  );
  expect(locks.body.value[0]!.properties.level).toBe('ReadOnly');
});

test('Graph returns Azure Backup’s identity, unless the bot may not read it', async () => {
  const headers = { 'x-forwarded-host': 'graph.microsoft.com', 'x-forwarded-proto': 'https' };
  const path = "/v1.0/servicePrincipals(appId='262044b1-e2ce-469f-a196-69ab7ada62d3')?$select=id";
  expect((await azure.get(path, { headers })).body.id).toBe(BACKUP_APP);
  const { directory } = await azure.state('directory');
  await azure.control('POST', 'state', { directory: { ...directory, readableByBot: false } });
  const blind = await azure.get(path, { headers });
  expect([blind.status, blind.body.error?.code]).toEqual([403, 'Authorization_RequestDenied']);
});

test('the data plane of a key vault needs a token, and then a permission', async () => {
  const headers = { 'x-forwarded-host': 'kv-prod-weu.vault.azure.net', 'x-forwarded-proto': 'https' };
  const challenge = await azure.get('/keys/kek-disks?api%2Dversion=7.6', { as: null, headers });
  expect(challenge.status).toBe(401);
  expect(challenge.headers.get('www-authenticate')).toContain('resource="https://vault.azure.net"');
  expect((await azure.get('/keys/kek-disks?api%2Dversion=7.6', { headers })).status).toBe(403);
  expect((await azure.get('/keys/kek-disks?api%2Dversion=7.6', { as: 'owner', headers })).body.key.kid).toContain(
    '/keys/kek-disks/',
  );
});
