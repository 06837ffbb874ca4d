import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** deploy/down.sh, run against a stand-in for `az` that has what a deployment to a management group leaves. */
const root = join(import.meta.dirname, '..', '..');
const [home, other, shared] = [1, 2, 3].map((one) =>
  '11111111-1111-4111-8111-111111111111'.replaceAll('1', String(one)),
) as [string, string, string];
const inGroup = (subscription: string, group: string) => `/subscriptions/${subscription}/resourceGroups/${group}`;
const keyVault = `${inGroup(other, 'rg-security')}/providers/Microsoft.KeyVault/vaults/kv-web-weu`;
const registry = `${inGroup(shared, 'rg-images')}/providers/Microsoft.ContainerRegistry/registries/contoso`;
const ownKeyVault = `${inGroup(home, 'rg-kluis')}/providers/Microsoft.KeyVault/vaults/kv-kluis-abc`;

const given = (role: string, principal: string, scope: string) => ({
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${role}-of-${principal}`,
  role,
  principal,
  scope,
});
const role = (roleName: string) => ({
  name: `id-of-${roleName}`,
  roleName,
  assignableScopes: [home, other].map((id) => `/subscriptions/${id}`),
});

/** What somebody else has in the same tenant. */
const foreign = {
  assignments: [
    given('kluis-jobs', 'another-installation', inGroup(home, 'rg-backup')),
    given('backup-key-reader', 'azure-backup', keyVault),
    given('AcrPull', 'another-installation', registry),
  ],
  roles: [role('kluis-jobs'), role('backup-key-reader'), role('app-operator')],
  deployments: [{ at: inGroup(home, 'rg-backup'), name: 'the-vaults' }],
  policies: [{ subscription: other, keyVault: 'kv-web-weu', object: 'azure-backup' }],
  apps: ['their-app'],
  groups: [inGroup(home, 'rg-backup'), inGroup(other, 'rg-security')],
  keyVaults: [keyVault],
  workspaces: [`${inGroup(home, 'rg-backup')}/providers/Microsoft.OperationalInsights/workspaces/log-theirs`],
  identities: [],
  deletedKeyVaults: [],
  deletedWorkspaces: [],
  registryId: registry,
};
const all = {
  assignments: [
    ...foreign.assignments,
    ...[home, other].map((id) => given('kluis-reader', 'operate', `/subscriptions/${id}`)),
    given('kluis-protect', 'operate', inGroup(home, 'rg-backup')),
    given('kluis-restore-disks', 'restore', inGroup(home, 'rg-backup')),
    given('kluis-grant-by-access-policy', 'grant', keyVault),
    given('secrets-user', 'bot', ownKeyVault),
    given('AcrPull', 'bot', registry),
  ],
  roles: [
    ...foreign.roles,
    ...['kluis-reader', 'kluis-protect', 'kluis-restore-disks', 'kluis-grant-by-access-policy'].map(role),
  ],
  deployments: [
    ...foreign.deployments,
    { at: 'contoso', name: 'kluis' },
    { at: `/subscriptions/${home}`, name: 'kluis' },
    { at: `/subscriptions/${other}`, name: 'kluis-access-0' },
    { at: inGroup(home, 'rg-kluis'), name: 'kluis' },
    { at: inGroup(home, 'rg-backup'), name: 'kluis-vaultGroups-0' },
    { at: inGroup(other, 'rg-security'), name: 'kluis-accessPolicyKeyVaults-0' },
    { at: inGroup(shared, 'rg-images'), name: 'kluis-registry' },
  ],
  policies: [...foreign.policies, { subscription: other, keyVault: 'kv-web-weu', object: 'restore' }],
  apps: [...foreign.apps, 'sign-in'],
  groups: [...foreign.groups, inGroup(home, 'rg-kluis')],
  keyVaults: [...foreign.keyVaults, ownKeyVault],
  workspaces: [
    ...foreign.workspaces,
    `${inGroup(home, 'rg-kluis')}/providers/Microsoft.OperationalInsights/workspaces/log-kluis`,
  ],
  identities: ['operate', 'grant', 'restore', 'bot'].map((object) => ({
    id: `${inGroup(home, 'rg-kluis')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/kluis-${object}`,
    name: `kluis-${object}`,
    object,
  })),
  deletedKeyVaults: [],
  deletedWorkspaces: [],
  registryId: registry,
};

describe('deploy/down.sh', () => {
  let folder: string;
  const tenant = () => JSON.parse(readFileSync(join(folder, 'tenant.json'), 'utf8')) as typeof all;
  beforeAll(() => {
    // Not in the folder of the run: a program may not be startable there.
    folder = mkdtempSync(join(tmpdir(), 'kluis-down-'));
    const standIn = readFileSync(join(import.meta.dirname, 'stand-in-for-az.js'), 'utf8');
    writeFileSync(join(folder, 'az'), `#!${process.execPath}\n${standIn}`);
    chmodSync(join(folder, 'az'), 0o755);
    writeFileSync(join(folder, 'tenant.json'), JSON.stringify(all));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function down(typed: string) {
    const env = {
      PATH: `${folder}:${process.env['PATH']}`,
      TENANT: join(folder, 'tenant.json'),
      SUBSCRIPTION: home,
      MANAGEMENT_GROUP: 'contoso',
      SIGN_IN_CLIENT_ID: 'sign-in',
    };
    return spawnSync('bash', [join(root, 'deploy', 'down.sh')], { input: `${typed}\n`, env, encoding: 'utf8' });
  }

  test('deletes nothing unless the name of the group is typed', () => {
    expect(down('yes')).toMatchObject({ status: 1, stderr: expect.stringContaining('Nothing was deleted.') });
    expect(tenant()).toEqual(all);
  });

  test('leaves nothing of its own, in any subscription, and everything that belongs to somebody else', () => {
    const { status, stderr } = down('rg-kluis');
    // Roles that another installation, or Azure Backup, still has.
    expect(stderr.trim().split('\n')).toEqual(Array(2).fill('ERROR: RoleDefinitionHasAssignments'));
    expect(status).toBe(0);
    expect(tenant()).toEqual(foreign);
  });
});
