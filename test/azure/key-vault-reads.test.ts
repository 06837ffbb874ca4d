import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AzureReads } from '../../src/azure/gateway.ts';
import { faultOf, gatewayOn } from './support/gateway-on.ts';
import { backupAppId, keyVaultId, principal, roleId, subscription } from './support/names.ts';
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

const tenantId = '00000000-0000-0000-0000-0000007e4a47';
const listed = (...value: unknown[]) => ({ body: { value } });
const vaultBody = (properties: object) => ({
  id: keyVaultId,
  name: 'kv-prod-weu',
  location: 'westeurope',
  properties: { tenantId, sku: { family: 'A', name: 'standard' }, ...properties },
});

describe('key vaults', () => {
  test('permissions in lower case; absent fields have their meaning', async () => {
    const permissions = { keys: ['Get', 'LIST'], secrets: ['all'] };
    const accessPolicies = [{ tenantId, objectId: principal, permissions }];
    wire.answer(/vaults\/kv-prod-weu$/, { body: vaultBody({ accessPolicies, enabledForDiskEncryption: true }) });
    expect(await reads.keyVault(keyVaultId)).toEqual({
      id: keyVaultId,
      name: 'kv-prod-weu',
      resourceGroup: 'rg-security',
      subscription,
      region: 'westeurope',
      tenantId,
      rbac: false,
      policies: [
        {
          tenantId,
          objectId: principal,
          applicationId: null,
          keys: ['get', 'list'],
          secrets: ['all'],
          certificates: [],
          storage: [],
        },
      ],
      firewall: { publicAccess: 'Enabled', defaultAction: null, bypass: null },
      enabledForDiskEncryption: true,
      purgeProtection: false,
    });
    expect(wire.seen[0]!.query.get('api-version')).toBe('2026-02-01');
  });

  test('unknown words of the firewall are kept', async () => {
    const networkAcls = { defaultAction: 'Deny', bypass: 'AzureServicesAndMore' };
    const properties = { enableRbacAuthorization: true, enablePurgeProtection: true, publicNetworkAccess: 'Sometimes' };
    wire.answer(/vaults\/kv-prod-weu$/, { body: vaultBody({ ...properties, networkAcls }) });
    expect(await reads.keyVault(keyVaultId)).toMatchObject({
      rbac: true,
      purgeProtection: true,
      firewall: { publicAccess: 'Sometimes', defaultAction: 'Deny', bypass: 'AzureServicesAndMore' },
    });
  });

  test('a body without its tenant is invalid', async () => {
    wire.answer(/vaults\/kv-prod-weu$/, { body: { id: keyVaultId, properties: {} } });
    expect((await faultOf(reads.keyVault(keyVaultId))).kind).toBe('garbled');
  });

  test('a deleted one', async () => {
    const properties = {
      vaultId: keyVaultId,
      deletionDate: '2026-11-01T08:00:00Z',
      scheduledPurgeDate: '2027-01-30T08:00:00Z',
    };
    wire.answer(/deletedVaults\/kv-prod-weu$/, { body: { id: 'x', name: 'kv-prod-weu', properties } });
    expect(await reads.deletedKeyVault('kv-prod-weu', 'westeurope', subscription)).toEqual({
      name: 'kv-prod-weu',
      vaultId: keyVaultId,
      deletedAt: new Date('2026-11-01T08:00:00Z'),
      purgeAt: new Date('2027-01-30T08:00:00Z'),
    });
    expect(wire.seen[0]!.path).toContain('/locations/westeurope/deletedVaults/');
  });

  test('keys and secrets: names, state and expiry alone', async () => {
    const id = `${keyVaultId}/keys/kek/versions/v1`;
    const keyUriWithVersion = 'https://kv-prod-weu.vault.azure.net/keys/kek/v1';
    const key = { id, properties: { attributes: { enabled: false, exp: 1767225600 }, keyUriWithVersion } };
    wire.answer(/keys\/kek\/versions\/v1$/, { body: key });
    const expected = { name: 'kek', version: 'v1', enabled: false, expires: new Date('2026-01-01T00:00:00Z') };
    expect(await reads.keyVersion(keyVaultId, 'kek', 'v1')).toEqual(expected);

    const nextLink = `https://management.azure.com${keyVaultId}/keys/kek/versions?api-version=2026-02-01&$skiptoken=b`;
    wire.answer(/keys\/kek\/versions$/, { body: { value: [key], nextLink } }, listed({ id, properties: {} }));
    expect(await reads.keyVersions(keyVaultId, 'kek')).toEqual([
      expected,
      { name: 'kek', version: 'v1', enabled: true, expires: null },
    ]);

    const secretUriWithVersion = 'https://kv-prod-weu.vault.azure.net/secrets/bek/s1';
    const properties = { value: 'never shown', attributes: { enabled: true, exp: 1767225600 }, secretUriWithVersion };
    wire.answer(/secrets\/bek$/, { body: { id: `${keyVaultId}/secrets/bek`, properties } });
    expect(await reads.secret(keyVaultId, 'bek')).toEqual({
      name: 'bek',
      version: 's1',
      enabled: true,
      expires: new Date('2026-01-01T00:00:00Z'),
    });
  });
});

describe('rights', () => {
  test('roles of a principal, here and above, asked with single slashes', async () => {
    const scope = `/subscriptions/${subscription}`;
    const properties = { scope, roleDefinitionId: roleId, principalId: principal, condition: null };
    wire.answer(
      /roleAssignments$/,
      listed(
        { id: 'a', properties: { ...properties, principalType: 'Group' } },
        { id: 'b', properties: { ...properties, condition: 'c' } },
      ),
    );
    expect(await reads.roleAssignments(keyVaultId, principal)).toEqual([
      { id: 'a', scope, roleDefinitionId: roleId, principalId: principal, principalType: 'Group', condition: null },
      { id: 'b', scope, roleDefinitionId: roleId, principalId: principal, principalType: null, condition: 'c' },
    ]);
    expect(wire.seen[0]!.path).toBe(`${keyVaultId}/providers/Microsoft.Authorization/roleAssignments`);
    expect(wire.seen[0]!.query.get('$filter')).toBe(`atScope() and assignedTo('${principal}')`);
    await reads.roleAssignments(keyVaultId, null);
    expect(wire.seen[1]!.query.get('$filter')).toBe('atScope()');
  });

  const permissions = [{ actions: ['*/read'], notActions: [], dataActions: ['d'], notDataActions: ['n'] }];
  const definition = { id: roleId, name: 'guid', properties: { roleName: 'Key Reader', permissions } };

  test('role definitions, by id and by name', async () => {
    wire.answer(/roleDefinitions\/[^/]+$/, { body: definition });
    const unconditional = permissions.map((block) => ({ ...block, condition: null }));
    expect(await reads.roleDefinition(roleId)).toEqual({ id: roleId, name: 'Key Reader', permissions: unconditional });
    expect(wire.seen[0]!.path).toBe(roleId);
    wire.answer(/roleDefinitions$/, listed(definition));
    expect(await reads.roleDefinitionsNamed(keyVaultId, "Ana's role")).toHaveLength(1);
    expect(wire.seen[1]!.query.get('$filter')).toBe("roleName eq 'Ana''s role'");
  });

  test('a conditional block of a role says so', async () => {
    const under = permissions.map((block) => ({ ...block, condition: '@Request[…]', conditionVersion: '2.0' }));
    const body = { ...definition, properties: { ...definition.properties, permissions: under } };
    wire.answer(/roleDefinitions\/[^/]+$/, { body });
    expect((await reads.roleDefinition(roleId))?.permissions[0]?.condition).toBe('@Request[…]');
    expect(wire.seen[0]!.query.get('api-version')).toBe('2022-05-01-preview');
  });

  test('everything that applies to a principal in a subscription, in one list each', async () => {
    const filters = () => wire.seen.map(({ path, query }) => `${path} ${query.get('$filter')}`);
    wire.answer(/roleAssignments$/, listed());
    wire.answer(/denyAssignments$/, listed());
    await reads.roleAssignmentsIn(subscription, principal);
    await reads.denyAssignmentsIn(subscription, principal);
    await reads.denyAssignmentsIn(subscription, null);
    const at = `/subscriptions/${subscription}/providers/Microsoft.Authorization`;
    expect(filters()).toEqual([
      `${at}/roleAssignments assignedTo('${principal}')`,
      `${at}/denyAssignments assignedTo('${principal}')`,
      `${at}/denyAssignments null`,
    ]);
  });

  test('deny assignments that apply at the scope: everyone, exclusions, and those that don’t inherit', async () => {
    const everyone = [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }];
    const denial = (id: string, properties: object) => ({
      id,
      properties: {
        denyAssignmentName: id,
        permissions,
        principals: everyone,
        excludePrincipals: [{ id: 'x' }],
        ...properties,
      },
    });
    const above = `/subscriptions/${subscription}`;
    wire.answer(
      /denyAssignments$/,
      listed(
        denial('here', { scope: keyVaultId, doNotApplyToChildScopes: true }),
        denial('above', { scope: above }),
        denial('stays-above', { scope: above, doNotApplyToChildScopes: true }),
        denial('below', { scope: `${keyVaultId}/keys/kek` }),
        denial('sibling', { scope: `${keyVaultId}-2` }),
      ),
    );
    const found = await reads.denyAssignments(keyVaultId);
    expect(found.map(({ id }) => id)).toEqual(['here', 'above']);
    expect(found[0]).toMatchObject({ name: 'here', permissions, everyone: true, excluded: ['x'] });
  });

  test('locks that apply at the scope', async () => {
    const lock = (scope: string, name: string, level: string) => ({
      id: `${scope}/providers/Microsoft.Authorization/locks/${name}`,
      name,
      properties: { level },
    });
    const group = keyVaultId.split('/providers/')[0]!;
    wire.answer(
      /locks$/,
      listed(
        lock(group.toUpperCase(), 'group-lock', 'ReadOnly'),
        lock(`${group}/providers/Microsoft.KeyVault/vaults/kv-other`, 'other', 'ReadOnly'),
        lock(keyVaultId, 'odd', 'Frozen'),
      ),
    );
    const found = await reads.locks(keyVaultId);
    expect(found.map(({ name, level }) => [name, level])).toEqual([
      ['group-lock', 'ReadOnly'],
      ['odd', 'Frozen'],
    ]);
  });

  test('permissions at a resource, at its child, and at its group', async () => {
    wire.answer(/permissions$/, listed({ actions: ['a'] }));
    expect(await reads.permissions(keyVaultId)).toEqual([
      { actions: ['a'], notActions: [], dataActions: [], notDataActions: [] },
    ]);
    await reads.permissions(`${keyVaultId}/keys/kek`);
    await reads.permissions(keyVaultId.split('/providers/')[0]!);
    const asked = wire.seen.map(({ path }) => path.toLowerCase());
    const tail = '/providers/microsoft.authorization/permissions';
    expect(asked).toEqual([
      `${keyVaultId.toLowerCase()}${tail}`,
      `${keyVaultId.toLowerCase()}/keys/kek${tail}`,
      `${keyVaultId.toLowerCase().split('/providers/')[0]}${tail}`,
    ]);
  });

  test.each(['permissions', 'keyVault', 'vm', 'policies'] as const)('%s: an invalid ID is not sent', async (name) => {
    expect((await faultOf(reads[name]('kv-prod-weu'))).facts).toMatchObject({ kind: 'refused', code: 'NoResourceId' });
    expect(wire.seen).toEqual([]);
  });
});

describe('directory and subscription', () => {
  test('the provider', async () => {
    wire.answer(/providers\/Microsoft.RecoveryServices$/, { body: { registrationState: 'Registered' } });
    expect(await reads.providerState(subscription, 'Microsoft.RecoveryServices')).toBe('Registered');
    wire.answer(/providers\/Microsoft.RecoveryServices$/, { body: { registrationState: 'Registering' } });
    expect(await reads.providerState(subscription, 'Microsoft.RecoveryServices')).toBe('Registering');
  });

  test('the Backup application, by Graph', async () => {
    wire.answer(/servicePrincipals/, { body: { id: principal } });
    expect(await reads.servicePrincipalId(backupAppId)).toBe(principal);
    expect(wire.seen[0]!.path).toBe(`/v1.0/servicePrincipals(appId='${backupAppId}')`);
    expect(wire.seen[0]!.query.get('$select')).toBe('id');
    expect(wire.seen[0]!.headers['x-forwarded-host']).toBe('graph.microsoft.com');
  });

  test('the tenant', async () => {
    wire.answer(new RegExp(`subscriptions/${subscription}$`), { body: { tenantId } });
    expect(await reads.tenantId(subscription)).toBe(tenantId);
  });
});
