import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { checkGrantRights } from '../../src/cli/doctor/checks/check-grant-rights.ts';
import { checkDrillRights, checkRestoreRights } from '../../src/cli/doctor/checks/check-restore-rights.ts';
import { examine } from '../../src/cli/doctor/examine.ts';
import type { Finding } from '../../src/cli/doctor/finding.ts';
import { readIdentityRoles } from '../../src/cli/doctor/role-files.ts';
import { defaultConfig } from '../../src/config/kluis-config.ts';
import { IDENTITIES } from '../../src/sim/http/call.ts';
import { ROLE } from '../../src/sim/estate/known.ts';
import { roleIdOf } from '../../src/sim/estate/roles.ts';
import { startSimulator } from '../../src/sim/server.ts';
import type { Simulator } from '../sim/support/simulated-azure.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { generate } from 'selfsigned';
import { join } from 'node:path';
import { gatewayOn } from '../azure/support/gateway-on.ts';
import { BotAzure } from '../support/bot-azure.ts';

const subscription = '00000000-0000-0000-0000-00000000c0de';
let simulator: Simulator;
let azure: BotAzure;
let folder: string;

beforeAll(async () => {
  simulator = await startSimulator({ port: 0 });
  azure = new BotAzure(simulator);
  folder = await mkdtemp(join(tmpdir(), 'kluis-doctor-'));
});
afterAll(async () => {
  await simulator?.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => azure.reset());

/** Runs the doctor with this `kluis.yaml`; an empty one changes nothing. */
async function doctor(yaml = '', env: Readonly<Record<string, string>> = {}): Promise<readonly Finding[]> {
  const config = join(folder, 'kluis.yaml');
  await writeFile(config, yaml);
  const { port } = new URL(simulator.url);
  const dataDir = join(folder, 'none');
  return examine({ PORT: '65534', KLUIS_DATA_DIR: dataDir, KLUIS_SIM_PORT: port, KLUIS_CONFIG: config, ...env });
}

const bad = (findings: readonly Finding[]) => findings.filter(({ verdict }) => verdict !== 'ok');

/** Removes one of an identity's roles, at matching scopes. */
async function take(identity: keyof typeof IDENTITIES, file: string, at = /./): Promise<void> {
  const { roleAssignments } = await azure.state('roleAssignments');
  const gone = { principalId: IDENTITIES[identity], roleId: roleIdOf(file) };
  const kept = roleAssignments.filter(
    (one) => one.principalId !== gone.principalId || one.roleId !== gone.roleId || !at.test(one.scope),
  );
  expect(kept.length).toBeLessThan(roleAssignments.length);
  await azure.change({ roleAssignments: kept });
}

async function give(identity: keyof typeof IDENTITIES, roleId: string, scope: string): Promise<void> {
  const { roleAssignments } = await azure.state('roleAssignments');
  const given = { name: `given-${roleAssignments.length}`, scope, roleId, principalId: IDENTITIES[identity] };
  const rest = { principalType: 'ServicePrincipal', created: '2026-11-24T00:00:00Z' } as const;
  await azure.change({ roleAssignments: [...roleAssignments, { ...given, ...rest }] });
}

test('the simulated estate is fine, is only read, and is asked for nothing twice', async () => {
  const before = await azure.state();
  const findings = await doctor();
  expect(bad(findings)).toEqual([]);
  expect(findings.map(({ found }) => found)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^subscription .*c0de: \d+ VMs, 3 Recovery Services vaults, \d+ key vaults/),
      expect.stringMatching(/^the operating identity has every permission it needs at \d+ scopes$/),
      expect.stringMatching(/^the grant identity has every permission it needs at \d key vaults$/),
      expect.stringMatching(/^the restore identity has every permission it needs at \d+ scopes$/),
      expect.stringMatching(/^the restore identity has every permission it needs at 3 places of drills$/),
      'the restore identity can restore to rg-neu, rg-restore',
      expect.stringMatching(/^the restore identity can stage a restore in .*stkluisweu$/),
      'the restore identity can connect a new VM in rg-network',
      expect.stringMatching(/^Azure Backup is 0{8}-.*bac09$/),
    ]),
  );
  expect(await azure.writes()).toEqual([]);
  const asked = (await azure.requests('GET', /permissions/)).map(({ identity, path }) => `${identity} ${path}`);
  expect(new Set(asked).size).toBe(asked.length);
  const { sequence } = await azure.state('sequence');
  expect(await azure.state()).toEqual({ ...before, sequence });
});

test('a subscription’s permissions are read to their last page', async () => {
  await azure.change({ settings: { pageSize: 1 } });
  expect(bad(await doctor())).toEqual([]);
});

test('with the alerts webhook, what keeps Azure’s alerts from it is found, with the commands', async () => {
  const found = bad(await doctor('', { KLUIS_ALERT_SECRETS: 's'.repeat(32) }));
  expect(new Set(found.map(({ about }) => about))).toEqual(new Set(['Alerts']));
  const remedies = found.map(({ remedy }) => remedy).join('\n');
  expect(remedies).toMatch(/az backup vault update .*--job-failure-alerts Enable/);
  expect(remedies).toContain('az monitor action-group create');
});

describe('the operating identity', () => {
  test.each([
    {
      file: 'protect-role',
      at: /rg-backup/,
      action: /refreshContainers\/action/,
      name: 'kluis-protect',
      scope: '/vaults/',
    },
    {
      file: 'protect-vms-role',
      at: /rg-web/,
      action: /virtualMachines\/write/,
      name: 'kluis-protect-vms',
      scope: 'rg-web',
    },
    { file: 'back-up-now-role', action: /backup\/action/, name: 'kluis-back-up-now', scope: '/vaults/' },
    { file: 'jobs-role', action: /backupJobs\/cancel\/action/, name: 'kluis-jobs', scope: '/vaults/' },
    { file: 'policies-role', action: /backupPolicies\/write/, name: 'kluis-policies', scope: '/vaults/' },
  ])('without $file at $scope: the action, the file and the scope are named', async (lost) => {
    await take('kluis-operate', lost.file, lost.at);
    const [finding, ...more] = bad(await doctor());
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ verdict: 'problem', about: 'Rights', found: expect.stringMatching(lost.action) });
    expect(finding?.found.toLowerCase()).toContain(lost.scope);
    expect(finding?.remedy).toContain(`manifest/azure/${lost.file}.json`);
    expect(finding?.remedy).toContain(`--role ${lost.name} --scope /subscriptions/${subscription}`);
  });

  test('without the reader role: the subscription can’t be read, and which file helps', async () => {
    await take('kluis-operate', 'reader-role');
    const [finding] = bad(await doctor());
    expect(finding).toMatchObject({
      verdict: 'problem',
      about: 'Azure',
      remedy: expect.stringContaining('reader-role.json'),
    });
    expect(finding?.found).toMatch(/can't be read: Microsoft\.\S+ is missing/);
  });

  test('with a reader role of an earlier release: what is new in it, and the command that updates it', async () => {
    const { roles } = await azure.state('roles');
    const dropped = 'Microsoft.Authorization/denyAssignments/read';
    const older = roles.map((role) => ({
      ...role,
      permissions: { ...role.permissions, actions: role.permissions.actions.filter((action) => action !== dropped) },
    }));
    await azure.change({ roles: older });
    const [finding] = bad(await doctor());
    expect(finding?.found).toBe(`the operating identity lacks at /subscriptions/${subscription}: ${dropped}`);
    expect(finding?.remedy).toContain('az role definition update --role-definition manifest/azure/reader-role.json');
  });

  test('with more than it needs: what, and why it matters', async () => {
    await give('kluis-operate', ROLE.owner, `/subscriptions/${subscription}/resourceGroups/rg-security`);
    const [finding, ...more] = bad(await doctor());
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ verdict: 'warning', remedy: expect.stringContaining('docs/security.md') });
    expect(finding?.found).toContain('Microsoft.KeyVault/vaults/accessPolicies/write');
  });

  test('if Azure doesn’t say what is allowed: a warning, and the rest is checked', async () => {
    await azure.fault({ match: { method: 'GET', path: 'rsv-test-weu.*permissions' }, status: 503, times: 20 });
    const findings = bad(await doctor());
    const unread = expect.stringContaining("rsv-test-weu couldn't be read");
    expect(findings).toMatchObject([
      { verdict: 'warning', found: unread },
      { verdict: 'warning', found: unread },
    ]);
    expect(findings[0]?.found).toContain('the operating identity');
    expect(findings[1]?.found).toContain('the restore identity');
  });
});

describe('the grant identity', () => {
  test('without its role at a key vault: the action, the file and the key vault', async () => {
    await take('kluis-grant', 'grant-by-access-policy-role', /kv-web-weu/i);
    const [finding, ...more] = bad(await doctor());
    expect(more).toEqual([]);
    expect(finding?.found).toMatch(/^the grant identity lacks at .*kv-web-weu: .*accessPolicies\/write/i);
    expect(finding?.remedy).toContain('grant-by-access-policy-role.json');
  });

  test('in key vaults with roles it needs the other role', async () => {
    await take('kluis-grant', 'grant-by-role-assignment-role');
    const [finding] = bad(await doctor());
    expect(finding?.found).toMatch(/kv-rbac-weu: .*roleAssignments\/write/i);
    expect(finding?.remedy).toContain('grant-by-role-assignment-role.json');
  });

  test('only where kluis.yaml enables grants', async () => {
    await take('kluis-grant', 'grant-by-access-policy-role');
    expect(bad(await doctor('azure: { grantByAccessPolicy: [] }'))).toEqual([]);
    const findings = bad(await doctor('azure: { grantByAccessPolicy: [kv-web-*] }'));
    expect(findings.map(({ found }) => found)).toEqual([expect.stringMatching(/lacks at \S*kv-web-weu: /i)]);
  });

  test('a role of an earlier release that is still assigned at the key vaults: it could run code there', async () => {
    await give(
      'kluis-restore',
      roleIdOf('deploy-template-role'),
      `/subscriptions/${subscription}/resourceGroups/rg-security`,
    );
    const [finding, ...more] = bad(await doctor());
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      verdict: 'warning',
      found: expect.stringMatching(
        /^the restore identity has more permissions than it needs at .*kv-.*: .*deployments\/write/,
      ),
    });
  });

  // The simulator's tokens don't say whose they are, so the whole doctor doesn't check this there.
  test('without its assignment’s condition it may give any role to anybody: in which key vaults', async () => {
    const at = `/subscriptions/${subscription}/resourceGroups/rg-security/providers/Microsoft.KeyVault/vaults`;
    const { grant: roles } = await readIdentityRoles();
    const check = async () => {
      const findings = await checkGrantRights({
        gateway: gatewayOn(simulator.url),
        roles,
        estate: [{ subscription, vaults: [], groups: [], keyVaults: [`${at}/kv-rbac-weu`, `${at}/kv-web-weu`] }],
        config: defaultConfig('simulator'),
        principal: IDENTITIES['kluis-grant'],
      });
      return bad(findings).map(({ found }) => found);
    };
    expect(await check()).toEqual([]);
    const { roleAssignments } = await azure.state('roleAssignments');
    await azure.change({ roleAssignments: roleAssignments.map(({ condition: _condition, ...one }) => one) });
    expect(await check()).toEqual([expect.stringMatching(/can give any role to anyone in kv-rbac-weu:/)]);
  });

  test('the role that it assigns must exist', async () => {
    const { roles } = await azure.state('roles');
    await azure.change({ roles: roles.filter(({ name }) => name !== 'backup-key-reader') });
    const [finding] = bad(await doctor());
    expect(finding?.found).toBe(`the role backup-key-reader doesn't exist in ${subscription}`);
    expect(finding?.remedy).toContain('az role definition create');
  });
});

describe('the restore identity', () => {
  test.each([
    ['restore-disks-role', /rg-backup$/, /rsv-prod-weu.*: .*recoveryPoints\/restore\/action/i],
    ['restore-source-role', /rg-sql$/, /rg-sql: .*Microsoft\.Compute\/virtualMachines\/write/i],
  ])('without %s at %s: what it lacks there, and the file', async (role, scope, lack) => {
    await take('kluis-restore', role, scope);
    const [finding, ...more] = bad(await doctor());
    expect(more).toEqual([]);
    expect(finding?.found).toMatch(/^the restore identity lacks at /);
    expect(finding?.found).toMatch(lack);
    expect(finding?.remedy).toContain(`${role}.json`);
  });

  test.each([
    ['drill-role', /rg-drills$/, /rg-drills: .*Microsoft\.Compute\/virtualMachines\/delete/i],
    ['drill-network-role', /rg-network$/, /rg-network: .*networkSecurityGroups\/read/i],
    ['deploy-template-role', /rg-drills$/, /rg-drills: .*deployments\/write/i],
    ['restore-staging-role', /rg-staging$/, /stkluisweu: /i],
  ])('without %s where drills go: what it lacks there, and the command that assigns it', async (role, scope, lack) => {
    await take('kluis-restore', role, scope);
    const finding = bad(await doctor()).find(({ found }) => lack.test(found));
    expect(finding?.remedy).toContain(`${role}.json`);
    expect(finding?.remedy).toMatch(/az role assignment create .*rg-(drills|network|staging)/);
  });

  test.each([
    ['put-keys-back-role', /rg-security$/, /kv-rbac-weu: .*keys\/restore\/action.*secrets\/setSecret\/action/i],
    ['link-key-vault-role', /rg-security$/, /kv-.*: .*vaults\/deploy\/action/i],
  ])('without %s at the key vaults: what it lacks there, and the file', async (role, scope, lack) => {
    await take('kluis-restore', role, scope);
    const [finding, ...more] = bad(await doctor());
    expect(more).toEqual([]);
    expect(finding?.found).toMatch(lack);
    expect(finding?.remedy).toContain(`manifest/azure/${role}.json`);
  });

  test.each([
    [
      'deploy-template-role',
      /rg-(restore|neu|drills)$/,
      /^the restore identity can restore to none of \d+ resource groups$/,
    ],
    ['restore-staging-role', /rg-staging$/, /can stage a restore in none of \d+ storage accounts$/],
    ['restore-network-role', /rg-network$/, /can connect a new VM in none of \d+ resource groups with networks$/],
  ])('without %s anywhere: what no restore can do', async (role, scope, lack) => {
    await take('kluis-restore', role, scope);
    const findings = bad(await doctor());
    const told = findings.find(({ found }) => lack.test(found));
    expect(told).toMatchObject({ verdict: 'problem', remedy: expect.stringContaining(`manifest/azure/${role}.json`) });
  });

  // The simulator's tokens don't say whose they are, so the whole doctor doesn't check this there.
  test('in a key vault with access policies its own policy counts: what it lacks, and the command that sets it', async () => {
    const { restore: roles } = await readIdentityRoles();
    const at = `/subscriptions/${subscription}/resourceGroups/rg-security/providers/Microsoft.KeyVault/vaults`;
    const { reads, restores } = gatewayOn(simulator.url);
    const estate = [{ subscription, vaults: [], groups: [], keyVaults: [`${at}/kv-hr-weu`, `${at}/kv-prod-weu`] }];
    const check = async (principal: string) =>
      bad(await checkRestoreRights({ restores: restores!, reads, roles, estate, principal }));
    expect(await check(IDENTITIES['kluis-restore'])).toEqual([]);
    const lacking = await check(IDENTITIES['kluis-grant']);
    expect(lacking.at(-1)).toMatchObject({
      verdict: 'problem',
      found: expect.stringMatching(/policies of kv-prod-weu: keys\/get, keys\/recover, .*secrets\/restore$/),
      remedy: expect.stringContaining('az keyvault set-policy -n kv-prod-weu'),
    });
  });

  test('impossible drills: without the restore identity, and none at all', async () => {
    const { drills: roles } = await readIdentityRoles();
    const { drills } = defaultConfig('simulator');
    expect(await checkDrillRights(null, roles, drills)).toMatchObject([{ verdict: 'warning' }]);
    expect(await checkDrillRights(null, roles, [])).toEqual([]);
  });
});

describe('the directory', () => {
  const blind = async () =>
    azure.change({ directory: { ...(await azure.state('directory')).directory, readableByBot: false } });
  const blindToPeople = async () =>
    azure.change({ directory: { ...(await azure.state('directory')).directory, peopleReadableByBot: false } });
  const groups = 'roles: { operator: ["group:11111111-1111-1111-1111-111111111111"] }';

  test('unreadable, without the setting: the permission and the setting', async () => {
    await blind();
    const [finding] = bad(await doctor());
    expect(finding).toMatchObject({
      verdict: 'problem',
      remedy: expect.stringMatching(/backupServiceObjectId.*Application\.Read\.All/),
    });
  });

  test('with the setting nobody needs to read it', async () => {
    await blind();
    expect(bad(await doctor('azure: { backupServiceObjectId: 00000000-0000-0000-0000-0000000bac09 }'))).toEqual([]);
  });

  test('a setting that names somebody else is a problem: grants would go to them', async () => {
    const findings = bad(await doctor('azure: { backupServiceObjectId: 00000000-0000-0000-0000-00000000dead }'));
    expect(findings).toMatchObject([
      { verdict: 'problem', found: expect.stringMatching(/dead, and the directory says .*bac09/) },
    ]);
  });

  test('named groups can be read, or it says which permissions are missing', async () => {
    expect((await doctor(groups)).map(({ found }) => found)).toContain('the members of 1 groups can be read');
    await blindToPeople();
    const told = bad(await doctor(groups)).find(({ found }) => found.includes('accounts and groups'));
    expect(told).toMatchObject({ verdict: 'problem', remedy: expect.stringContaining('GroupMember.Read.All') });
  });
});

describe('secrets that expire', () => {
  const [operate, grant] = ['00000000-0000-4000-8000-0000000000e1', '00000000-0000-4000-8000-0000000000e2'];
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000 + 3_600_000).toISOString();
  const env = {
    ...{ AZURE_CLIENT_ID: operate, AZURE_CLIENT_SECRET: 'new~secret' },
    ...{ KLUIS_GRANT_CLIENT_ID: grant, KLUIS_GRANT_CLIENT_SECRET: 'old~secret' },
  };
  const register = async (readableByBot: boolean) => {
    const { directory } = await azure.state('directory');
    const secrets = [
      { hint: 'old', ends: inDays(-2) },
      { hint: 'new', ends: inDays(20) },
    ];
    const applications = [operate, grant].map((appId) => ({ appId, name: 'kluis', secrets }));
    await azure.change({ directory: { ...directory, applications, readableByBot } });
  };

  test('within 30 days a warning, expired a problem; a certificate has its own end date, which needs no permission', async () => {
    await register(true);
    const end = inDays(400);
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'kluis' }], {
      notAfterDate: new Date(end),
    });
    const path = join(folder, 'restore.pem');
    await writeFile(path, `${key}\n${cert}`);
    const findings = await doctor('', {
      ...env,
      KLUIS_RESTORE_CLIENT_ID: '00000000-0000-4000-8000-0000000000e3',
      KLUIS_RESTORE_CLIENT_CERTIFICATE_PATH: path,
    });
    expect(findings.filter(({ about }) => about === 'Secrets')).toMatchObject([
      { verdict: 'problem', found: expect.stringMatching(/^KLUIS_GRANT_CLIENT_SECRET ended on /) },
      { verdict: 'warning', found: expect.stringMatching(/^AZURE_CLIENT_SECRET ends on .*, in 20 days$/) },
      { verdict: 'ok', found: `KLUIS_RESTORE_CLIENT_CERTIFICATE_PATH ends on ${end.slice(0, 10)}` },
    ]);
  });

  test('what can’t be read is unknown, with the permission that it needs', async () => {
    await register(false);
    const backup = 'azure: { backupServiceObjectId: 00000000-0000-0000-0000-0000000bac09 }';
    const unread = bad(await doctor(backup, env));
    expect(unread).toHaveLength(2);
    for (const one of unread)
      expect(one).toMatchObject({ verdict: 'unknown', found: expect.stringContaining('Application.Read.All') });
  });
});

test('an unregistered provider, a default vault that doesn’t exist', async () => {
  await azure.change({
    providers: { 'Microsoft.RecoveryServices': 'NotRegistered', 'microsoft.recoveryservices': 'NotRegistered' },
  });
  const findings = bad(await doctor('vaults: { default: rsv-gone }'));
  expect(findings.map(({ found }) => found)).toEqual([
    expect.stringContaining("Azure Backup isn't enabled"),
    'vaults.default is rsv-gone, and there is no Recovery Services vault with that name',
  ]);
});

test('a subscription that doesn’t exist', async () => {
  const other = '00000000-0000-0000-0000-0000000000ff';
  const findings = await doctor('', { AZURE_SUBSCRIPTION_IDS: `${subscription},${other}` });
  expect(bad(findings)).toMatchObject([{ verdict: 'problem', about: 'Azure', found: expect.stringContaining(other) }]);
  expect(findings.map(({ found }) => found)).toContainEqual(expect.stringContaining('has every permission'));
});
