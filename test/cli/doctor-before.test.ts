import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { examineBefore } from '../../src/cli/doctor/before/examine-before.ts';
import { readTemplateNeeds } from '../../src/cli/doctor/before/template-needs.ts';
import type { Finding } from '../../src/cli/doctor/finding.ts';
import { IDENTITIES } from '../../src/sim/http/call.ts';
import { ROLE } from '../../src/sim/estate/known.ts';
import { startSimulator } from '../../src/sim/server.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import { BotAzure } from '../support/bot-azure.ts';
import { runTool } from './run-tool.ts';
import type { Simulator } from '../sim/support/simulated-azure.ts';

const subscription = '00000000-0000-0000-0000-00000000c0de';
const [second, unseen] = ['00000000-0000-0000-0000-00000000c0df', '00000000-0000-0000-0000-0000000000ff'] as const;
let simulator: Simulator;
let azure: BotAzure;

beforeAll(async () => {
  simulator = await startSimulator({ port: 0 });
  azure = new BotAzure(simulator);
});
afterAll(() => simulator?.close());
// The estate has the product's roles already; a tenant before a deployment has none of them.
beforeEach(async () => {
  await azure.reset();
  const { roles } = await azure.state('roles');
  await azure.change({ roles: roles.filter(({ custom }) => !custom) });
});

const atSimulator = () => ({ KLUIS_AZURE: 'simulator', KLUIS_SIM_PORT: new URL(simulator.url).port });

async function before(env: Readonly<Record<string, string>> = {}, region: string | null = 'westeurope') {
  return examineBefore({ ...atSimulator(), ...env }, { subscriptions: [], region });
}

const refused = (findings: readonly Finding[]) =>
  findings.filter(({ verdict }) => verdict === 'problem' || verdict === 'warning');

/** The deployer has these roles at the subscription, and nothing else any more. */
const deployerHas = (...roleIds: readonly string[]) => deployerHasAt(subscription, roleIds);

async function deployerHasAt(at: string, roleIds: readonly string[]): Promise<void> {
  const { roleAssignments } = await azure.state('roleAssignments');
  const given = roleIds.map((roleId) => ({
    name: `deployer-${roleId}`,
    scope: `/subscriptions/${at}`,
    roleId,
    principalId: IDENTITIES.owner,
    principalType: 'User' as const,
    created: '2026-11-24T00:00:00Z',
  }));
  await azure.change({ roleAssignments: [...roleAssignments, ...given] });
}

async function directory(rules: Partial<SimState['directory']>): Promise<void> {
  await azure.change({ directory: { ...(await azure.state('directory')).directory, ...rules } });
}

test('a tenant that refuses nothing: what isn’t checked is listed, and only reads were sent', async () => {
  const findings = await before();
  expect(refused(findings)).toEqual([]);
  expect(findings.filter(({ verdict }) => verdict === 'unknown').map(({ about }) => about)).toEqual([
    'Teams',
    'Policies',
  ]);
  expect(findings.map(({ found }) => found)).toEqual(
    expect.arrayContaining([
      `all ${(await readTemplateNeeds()).actions.length} actions of the template are allowed at /subscriptions/${subscription}`,
      expect.stringMatching(/^westeurope offers all \d resource types$/),
      'westeurope lets this subscription create a PostgreSQL server',
      'westeurope has room for an environment of Container Apps and a PostgreSQL server',
    ]),
  );
  const asked = (await azure.control('GET', 'requests')) as { method: string }[];
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('the permissions come from the template: each type it creates, and the roles it writes', async () => {
  const { actions, providers, regional, roles } = await readTemplateNeeds();
  const text = await readFile('deploy/azuredeploy.json', 'utf8');
  const types = [...text.matchAll(/"type": "(Microsoft\.[^"]+)"/g)].map(([, type]) => type as string);
  for (const type of types) expect(actions).toContain(`${type}/write`);
  expect(actions).toEqual(
    expect.arrayContaining([
      'Microsoft.Resources/deployments/validate/action',
      'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
      'Microsoft.OperationalInsights/workspaces/listKeys/action',
    ]),
  );
  expect(providers).toEqual(expect.arrayContaining(['Microsoft.App', 'Microsoft.BotService', 'Microsoft.Insights']));
  expect(regional).not.toContain('Microsoft.BotService/botServices');
  expect(roles.map(({ name }) => name)).toContain('kluis-reader');
  // Computed separately, with Python's uuid.uuid5.
  expect(roles.find(({ name }) => name === 'kluis-reader')?.idAt(subscription)).toBe(
    'b0302b15-647d-5c84-b2f4-a745d7c9f5bb',
  );
});

describe('npm run doctor -- --before', () => {
  test('says what is refused, with its command, and exits with 1', async () => {
    await azure.change({ providers: { 'Microsoft.RecoveryServices': 'NotRegistered' } });
    const { code, out, err } = await runTool('doctor', ['--before', '--region', 'westeurope'], atSimulator());
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(
      new RegExp(
        `PROBLEM Providers +Microsoft.RecoveryServices is NotRegistered, .*\n +→ az provider register --namespace Microsoft.RecoveryServices --subscription ${subscription} --wait\n`,
      ),
    );
    expect(out).toMatch(/\n1 problem, 0 warnings, \d+ in order, 2 unknown\n$/);
  });

  test('checks each subscription that Kluis will work in: its permissions there, and Azure Backup', async () => {
    const { subscriptions } = await azure.state('subscriptions');
    await azure.change({ subscriptions: [...subscriptions, { id: second, name: 'Contoso Test' }] });
    await deployerHas(ROLE.owner);
    await deployerHasAt(second, [ROLE.reader]);
    const named = [subscription, second, unseen].flatMap((id) => ['--subscription', id]);
    const { code, out } = await runTool('doctor', ['--before', ...named, '--region', 'westeurope'], atSimulator());
    expect(code).toBe(1);
    expect(out).toContain(`subscription ${second} (Contoso Test)\n`);
    expect(out).toMatch(
      new RegExp(`you lack at /subscriptions/${second}: .*Microsoft.Authorization/roleAssignments/write`),
    );
    expect(out).not.toMatch(new RegExp(`you lack at /subscriptions/${second}: .*containerApps`));
    expect(out).toContain(`registered in ${second}: Microsoft.RecoveryServices\n`);
    expect(out).toContain(`subscription ${unseen} can't be seen`);
    expect(out).toMatch(/UNKNOWN Rights +whether you may deploy to the management group/);
    expect(out).toContain('az deployment mg what-if ');
  });

  test('doesn’t accept --region and --subscription for a deployed product', async () => {
    const { code, err } = await runTool('doctor', ['--region', 'westeurope'], atSimulator());
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('belong to --before') });
  });
});

describe('planted refusals', () => {
  test('a contributor can’t write roles, a reader nothing: which actions, and the role that has them', async () => {
    await deployerHas(ROLE.contributor);
    const [finding, ...more] = refused(await before());
    expect(more).toEqual([]);
    expect(finding?.found).toBe(
      `you lack at /subscriptions/${subscription}: Microsoft.Authorization/roleAssignments/write, Microsoft.Authorization/roleDefinitions/write`,
    );
    expect(finding?.remedy).toContain(`--role 'User Access Administrator' --scope /subscriptions/${subscription}`);
    await azure.reset();
    await deployerHas(ROLE.reader);
    const rights = refused(await before()).find(({ about }) => about === 'Rights');
    expect(rights).toMatchObject({ verdict: 'problem', found: expect.stringContaining('flexibleServers/write') });
    expect(rights?.remedy).toContain("--role 'Owner'");
  });

  test('unregistered providers: the command; no deployment registers Azure Backup', async () => {
    await azure.change({
      providers: { 'Microsoft.App': 'NotRegistered', 'Microsoft.RecoveryServices': 'NotRegistered' },
    });
    const command = (name: string) => `az provider register --namespace ${name} --subscription ${subscription} --wait`;
    expect(refused(await before())).toMatchObject([
      { verdict: 'warning', remedy: command('Microsoft.App') },
      { verdict: 'problem', remedy: command('Microsoft.RecoveryServices') },
    ]);
  });

  test('a region without PostgreSQL: which regions have everything; without a region it asks for one', async () => {
    await azure.change({
      offeredIn: { 'Microsoft.DBforPostgreSQL/flexibleServers': ['North Europe', 'Sweden Central'] },
    });
    expect(refused(await before())).toMatchObject([
      {
        about: 'Region',
        found: "westeurope doesn't offer Microsoft.DBforPostgreSQL/flexibleServers to this subscription",
        remedy: 'Deploy to another region: northeurope',
      },
    ]);
    expect(refused(await before({}, 'North Europe'))).toEqual([]);
    const untold = (await before({}, null)).find(({ about }) => about === 'Region');
    expect(untold).toMatchObject({ verdict: 'unknown', remedy: expect.stringMatching(/--region .*northeurope$/) });
  });

  test('a region that is restricted for this subscription, or doesn’t offer its server; an unreadable one', async () => {
    const { settings } = await azure.state('settings');
    const list = `az postgres flexible-server list-skus --location westeurope --subscription ${subscription} -o table`;
    await azure.change({ settings: { ...settings, restrictedIn: ['westeurope'] } });
    const found = (why: string) => ({
      verdict: 'problem',
      about: 'Region',
      found: `westeurope doesn't let this subscription create a PostgreSQL server: ${why}`,
      remedy: expect.stringMatching(new RegExp(`^Deploy to another region, .*: ${list}$`)),
    });
    expect(refused(await before())).toMatchObject([found('it is restricted')]);
    expect(refused(await before({}, 'North Europe'))).toEqual([]);
    await azure.change({ settings });
    // As @azure/arm-postgresql-flexible types it: what replaces the field; a version that isn't there; no such size.
    const featured = { supportedFeatures: [{ name: 'Restricted', status: 'Enabled' }], reason: 'Not for this offer.' };
    const small = [{ supportedServerSkus: [{ name: 'standard_b2s' }] }];
    const answers: readonly (readonly [object, string])[] = [
      [featured, 'Not for this offer.'],
      [{ restricted: 'Disabled', supportedServerVersions: [] }, "version 17 isn't offered"],
      [{ supportedServerVersions: [{ name: '17', status: 'Disabled' }] }, "version 17 isn't offered"],
      [{ supportedServerEditions: [{ supportedServerSkus: [] }] }, "Standard_B2s isn't offered"],
    ];
    for (const [answer, why] of answers) {
      await azure.fault({ match: { path: 'locations/.*/capabilities' }, status: 200, body: { value: [answer] } });
      expect(refused(await before())).toMatchObject([found(why)]);
      await azure.mend();
    }
    await azure.fault({
      match: { path: 'capabilities' },
      status: 200,
      body: { value: [{ supportedServerEditions: small }] },
    });
    expect(refused(await before())).toEqual([]);
    await azure.mend();
    await azure.fault({ match: { path: 'capabilities' }, status: 403, body: {} });
    const region = (await before()).filter(({ about }) => about === 'Region');
    expect(region).toMatchObject([{ verdict: 'ok' }, { verdict: 'unknown', remedy: list }]);
    await azure.mend();
  });

  test('an exhausted quota: which, and where to request more; an unreadable one is unknown', async () => {
    const { settings } = await azure.state('settings');
    await azure.change({ settings: { ...settings, quotas: { ManagedEnvironmentCount: 0, standardBSFamily: 0 } } });
    const found = (what: string, name: string) => ({
      verdict: 'problem',
      about: 'Quota',
      found: `westeurope has no room for ${what}: 0 of 0 are used (${name})`,
      remedy: expect.stringContaining(`--scope /subscriptions/${subscription}/providers/Microsoft.`),
    });
    expect(refused(await before())).toMatchObject([
      found('an environment of Container Apps', 'ManagedEnvironmentCount'),
      found('a PostgreSQL server', 'standardBSFamily'),
    ]);
    await azure.change({ settings });
    await azure.fault({ match: { path: 'flexibleServers/usages' }, status: 403, body: {} });
    const quota = (await before()).filter(({ about }) => about === 'Quota');
    expect(quota).toMatchObject([
      { verdict: 'ok', found: 'westeurope has room for an environment of Container Apps' },
      { verdict: 'unknown', found: "the quota for a PostgreSQL server can't be read" },
    ]);
    await azure.mend();
    const untold = (await before({}, null)).find(({ about }) => about === 'Quota');
    expect(untold).toMatchObject({ verdict: 'unknown', remedy: expect.stringContaining('--region') });
  });

  test('a taken role name; the role of an earlier deployment to this subscription doesn’t count', async () => {
    const { roles } = await azure.state('roles');
    const { roles: ours } = await readTemplateNeeds();
    const none = { actions: [], notActions: [], dataActions: [], notDataActions: [] };
    const custom = (name: string, id: string) => ({ id, name, description: '', custom: true, permissions: none });
    const own = ours.find(({ name }) => name === 'kluis-jobs')?.idAt(subscription) as string;
    await azure.change({
      roles: [...roles, custom('Kluis-Reader', '00000000-0000-4000-8000-00000000feed'), custom('kluis-jobs', own)],
    });
    const [finding, ...more] = refused(await before());
    expect(more).toEqual([]);
    expect(finding?.found).toMatch(/taken in this tenant \(by roles for .*c0de\): kluis-reader$/);
    expect(finding?.remedy).toContain('az role definition delete');
  });

  test('a tenant in which people without a role can’t register apps', async () => {
    await directory({ rules: { allowedToCreateApps: false }, owner: { roles: [] } });
    expect(refused(await before())).toMatchObject([
      { verdict: 'warning', remedy: expect.stringContaining('Application Developer') },
      { verdict: 'warning', remedy: expect.stringContaining('Privileged Role Administrator') },
    ]);
  });

  test('a guest; and unreadable rules are unknown, with the place to look', async () => {
    await directory({ owner: { guest: true, roles: [], readsPolicies: false } });
    const findings = await before();
    expect(refused(findings)[0]?.found).toContain("you're a guest in this tenant");
    const unread = findings.filter(({ about, verdict }) => about === 'Directory' && verdict === 'unknown');
    expect(unread).toMatchObject([
      {
        found: expect.stringContaining('whether you can register apps'),
        remedy: expect.stringMatching(/^az rest --url \S+authorizationPolicy --query '.*entra\.microsoft\.com/),
      },
      {
        found: 'what the tenant allows guests',
        remedy: expect.stringMatching(/^az rest --url \S+authorizationPolicy --query '.*entra\.microsoft\.com/),
      },
    ]);
    expect(findings.find(({ about }) => about === 'Teams')?.remedy).toMatch(
      /Get-CsTeamsSettingsCustomApp; .*Set-CsTeamsSettingsCustomApp -IsSideloadedAppsInteractionEnabled \$true/,
    );
  });

  test('an invisible subscription, and an invalid ID', async () => {
    expect(refused(await before({ AZURE_SUBSCRIPTION_IDS: unseen }))).toMatchObject([
      { about: 'Sign-in', found: `subscription ${unseen} can't be seen` },
    ]);
    expect(refused(await before({ AZURE_SUBSCRIPTION_IDS: 'prod' }))).toMatchObject([{ about: 'Settings' }]);
  });
});
