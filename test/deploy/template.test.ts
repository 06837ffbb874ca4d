import { beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { managementGroupTemplate } from '../../deploy/template/management-group.ts';
import { template as subscriptionTemplate } from '../../deploy/template/template.ts';
import { readSettings, settingNames } from '../../src/config/settings.ts';

const root = join(import.meta.dirname, '..', '..');
const kept = (name: string) => readFileSync(join(root, 'deploy', name), 'utf8');
const text = kept('azuredeploy.json');
const textOfGroup = kept('azuredeploy.mg.json');

type Resource = {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly dependsOn?: readonly string[];
  readonly properties: { readonly [name: string]: unknown; readonly template?: Template };
};
type Template = {
  readonly parameters: Readonly<Record<string, { readonly type: string; readonly defaultValue?: unknown }>>;
  readonly resources: readonly Resource[];
  readonly outputs?: unknown;
};

const whole = JSON.parse(text) as Template;
const ofGroup = JSON.parse(textOfGroup) as Template;
const inside = ({ resources: own }: Template): Template[] =>
  own.flatMap(({ type, properties }) =>
    type === 'Microsoft.Resources/deployments' ? (properties.template ?? []) : [],
  );
const withInside = (one: Template): Template[] => [one, ...inside(one).flatMap(withInside)];
const templates = withInside(whole);
const elsewhere = inside(ofGroup).at(-1) as Template;
const everyTemplate = [...templates, ofGroup, ...withInside(elsewhere)];
const resources = templates.flatMap((each) => each.resources);
const theOne = (type: string) => resources.find((each) => each.type === type) as Resource;

test('what is kept is what the code writes', async () => {
  expect(`${JSON.stringify(await subscriptionTemplate(), null, 2)}\n`).toBe(text);
  expect(`${JSON.stringify(await managementGroupTemplate(), null, 2)}\n`).toBe(textOfGroup);
});

test('every resource has a type, a version and a name of its own', () => {
  for (const { type, apiVersion, name } of everyTemplate.flatMap((each) => each.resources)) {
    expect(type).toMatch(/^Microsoft\.\w+(\/\w+)+$/);
    expect(apiVersion).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(name).not.toBe('');
  }
  for (const { resources: own } of everyTemplate) {
    const names = own.map(({ type, name }) => `${type} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  }
});

describe.each(everyTemplate.map((each, at) => [at, each] as const))(
  'template %i',
  (_, { parameters, resources: own, outputs }) => {
    // What a deployment within it says is its own, but for the values that it is given.
    const said = own.map(({ properties, ...rest }) => {
      const isDeployment = rest.type === 'Microsoft.Resources/deployments';
      return { ...rest, properties: { ...properties, ...(isDeployment && { template: null }) } };
    });
    const all = JSON.stringify([said, outputs]);

    test('uses the parameters that it declares, and no others', () => {
      const used = [...all.matchAll(/parameters\('(\w+)'\)/g)].map(([, name]) => name);
      expect([...new Set(used)].toSorted()).toEqual(Object.keys(parameters).toSorted());
    });

    test('every expression is closed, and everything that something waits for is there', () => {
      for (const [expression] of all.matchAll(/"\[[^"]*\]"/g)) {
        const bare = expression.replaceAll(/'(?:[^']|'')*'/g, '');
        expect(bare.split('(').length).toBe(bare.split(')').length);
      }
      const types = new Set([...own.map(({ type }) => type), 'Microsoft.Resources/deployments']);
      for (const awaited of own.flatMap(({ dependsOn = [] }) => dependsOn)) {
        const [, type] = /esourceId\((?:[^']*\((?:.*?)\), )?'(Microsoft\.[^']+)'/.exec(awaited) as RegExpExecArray;
        expect(types).toContain(type);
      }
    });
  },
);

test('no secret has a value, and none is told: neither as a setting nor as an output', () => {
  const secrets = Object.entries(whole.parameters).filter(([, { type }]) => type === 'securestring');
  expect(secrets.map(([name]) => name)).toEqual(['kluisYaml', 'slackBotToken', 'slackSigningSecret', 'alertSecret']);
  for (const [, { defaultValue = '' }] of secrets) expect(defaultValue).toBe('');
  const passedOn = templates.flatMap(({ parameters }) => Object.entries(parameters));
  for (const [name, { type }] of passedOn) if (name in Object.fromEntries(secrets)) expect(type).toBe('securestring');
  expect(text).not.toMatch(/administratorLoginPassword|msaAppPassword|MicrosoftAppPassword/);
});

test('the database takes tokens alone, and the app is reached over https alone', () => {
  const { authConfig } = theOne('Microsoft.DBforPostgreSQL/flexibleServers').properties as { authConfig: object };
  expect(authConfig).toMatchObject({ passwordAuth: 'Disabled', activeDirectoryAuth: 'Enabled' });
  const { configuration } = theOne('Microsoft.App/containerApps').properties as { configuration: object };
  expect(configuration).toMatchObject({ ingress: { external: true, allowInsecure: false } });
});

describe('the settings of the app', () => {
  let env: Record<string, string>;
  beforeAll(() => {
    const { template } = theOne('Microsoft.App/containerApps').properties as unknown as {
      template: { containers: readonly { env: string }[] };
    };
    const said = template.containers[0]?.env ?? '';
    const pairs = said.matchAll(
      /createObject\('name', '(\w+)', '(value|secretRef)', (?:'([^']*)'|(.*?))\)\)(?:, createArray|, if|\)\))/g,
    );
    env = Object.fromEntries([...pairs].map(([, name, , literal, computed = '']) => [name, literal ?? computed]));
  });

  test('are settings of Kluis, by their names', () => {
    expect(Object.keys(env).filter((name) => !settingNames.some((known) => known === name))).toEqual([]);
    expect(Object.keys(env)).toEqual(
      expect.arrayContaining(['DATABASE_URL', 'KLUIS_ALERT_SECRETS', 'SLACK_BOT_TOKEN']),
    );
  });

  test('are valid as a whole, with what Azure fills in', () => {
    let ids = 0;
    const filled = Object.entries(env).map(([name, value]) => {
      if (/clientId|tenantId|subscriptionId/.test(value))
        return [name, `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`];
      if (name === 'DATABASE_URL')
        return [name, 'postgres://kluis-operate@psql.postgres.database.azure.com:5432/kluis'];
      if (name === 'KLUIS_READ_ONLY') return [name, '0'];
      return [
        name,
        { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', KLUIS_ALERT_SECRETS: 'a'.repeat(32) }[name] ?? value,
      ];
    });
    const read = readSettings(Object.fromEntries(filled) as Record<string, string>);
    expect('problems' in read ? read.problems : []).toEqual([]);
    expect(read).toMatchObject({
      settings: { databaseSignIn: 'entra', drainSeconds: 5, teams: { appType: 'UserAssignedMSI' } },
    });
  });

  test('and the probes ask what there is', () => {
    const endpoints = readFileSync(join(root, 'docs', 'endpoints.md'), 'utf8');
    for (const [, path] of text.matchAll(/"path": "(\/\w+)"/g)) expect(endpoints).toContain(`\`GET ${path}\``);
  });
});

test('the roles are those of manifest/azure that an identity has, and the one for Azure Backup, action by action', () => {
  const folder = join(root, 'manifest', 'azure');
  const files = readdirSync(folder).filter((name) => name.endsWith('-role.json'));
  const kept = files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>);
  const defined = resources
    .filter(({ type }) => type === 'Microsoft.Authorization/roleDefinitions')
    .map(({ properties }) => {
      const [permissions] = properties['permissions'] as readonly Record<string, unknown>[];
      return { name: properties['roleName'], ...permissions };
    });
  const asWritten = kept.map((role) => ({
    name: role['Name'],
    actions: role['Actions'],
    notActions: role['NotActions'],
    dataActions: role['DataActions'] ?? [],
    notDataActions: role['NotDataActions'] ?? [],
  }));
  const byName = (one: { name: unknown }, other: { name: unknown }) =>
    String(one.name).localeCompare(String(other.name));
  expect(defined.toSorted(byName)).toEqual(asWritten.toSorted(byName));
});

const assignmentsIn = (all: readonly Template[]) =>
  all
    .flatMap((each) => each.resources)
    .filter(({ type, name }) => type.endsWith('/roleAssignments') && !name.includes('kluis-bot'));

test('each role is assigned in each place that manifest/azure says, in every subscription', () => {
  const { identities } = JSON.parse(readFileSync(join(root, 'manifest', 'azure', 'identities.json'), 'utf8')) as {
    identities: Record<string, { role: string; scopes: string[] }[]>;
  };
  const places = Object.values(identities).flatMap((given) => given.flatMap(({ scopes }) => scopes));
  expect(assignmentsIn(templates)).toHaveLength(places.length);
  expect(assignmentsIn(withInside(elsewhere))).toHaveLength(places.length);
});

test('a key vault with access policies gets the role for itself alone, and what puts keys back', () => {
  const [own] = everyTemplate.filter(({ parameters }) => 'keyVault' in parameters) as [Template];
  expect(own.resources.map(({ type }) => type)).toEqual([
    'Microsoft.Authorization/roleAssignments',
    'Microsoft.KeyVault/vaults/accessPolicies',
  ]);
  const keyVault = "[resourceId('Microsoft.KeyVault/vaults', parameters('keyVault'))]";
  expect(own.resources[0]).toMatchObject({ scope: keyVault });
  expect(own.resources[0]?.properties).toMatchObject({
    principalId: "[parameters('kluisGrant')]",
    roleDefinitionId: expect.stringContaining("'kluis-grant-by-access-policy'"),
  });
  const [policy] = own.resources[1]?.properties['accessPolicies'] as [object];
  expect(own.resources[1]?.name).toBe("[concat(parameters('keyVault'), '/add')]");
  expect(policy).toMatchObject({ objectId: "[parameters('kluisRestore')]" });
  const page = readFileSync(join(root, 'docs', 'operations.md'), 'utf8');
  const { permissions } = policy as { permissions: Record<'keys' | 'secrets', string[]> };
  expect(page).toContain(`--key-permissions ${permissions.keys.join(' ')} `);
  expect(page).toContain(`--secret-permissions ${permissions.secrets.join(' ')}\n`);
});

describe('at a management group', () => {
  const [home, access] = ofGroup.resources as [Resource, Resource];

  test('Kluis is made in one subscription by the very template of a subscription, and gets its access in each other one', () => {
    expect(home).toMatchObject({ name: 'kluis', subscriptionId: "[parameters('subscriptionId')]" });
    expect(home.properties.template).toEqual(whole);
    expect(access).toMatchObject({ subscriptionId: "[parameters('subscriptions')[copyIndex()].id]" });
    for (const { type } of withInside(elsewhere).flatMap((each) => each.resources))
      expect([
        'Microsoft.Authorization/roleAssignments',
        'Microsoft.Resources/deployments',
        'Microsoft.KeyVault/vaults/accessPolicies',
      ]).toContain(type);
  });

  test('what is within gets a value for each parameter that has no default', () => {
    for (const { properties } of [ofGroup, ...withInside(elsewhere)].flatMap((each) => each.resources)) {
      if (!properties.template) continue;
      const needed = Object.entries(properties.template.parameters).filter(
        ([, { defaultValue }]) => defaultValue === undefined,
      );
      expect(Object.keys(properties['parameters'] as object)).toEqual(
        expect.arrayContaining(needed.map(([name]) => name)),
      );
    }
  });

  test('a role is made once in the tenant, for all subscriptions by their ids: one with data actions is assigned in no group of them', () => {
    const made = everyTemplate
      .flatMap((each) => each.resources)
      .filter(({ type }) => type.endsWith('/roleDefinitions'));
    expect(new Set(made.map(({ properties }) => properties['roleName'])).size).toBe(made.length);
    for (const { properties } of made)
      expect(properties['assignableScopes']).toBe(
        "[concat(createArray(subscription().id), map(parameters('otherSubscriptions'), lambda('id', concat('/subscriptions/', lambdaVariables('id')))))]",
      );
    expect(ofGroup.resources.map(({ type }) => type)).not.toContain('Microsoft.Authorization/roleAssignments');
    for (const { properties } of assignmentsIn(withInside(elsewhere)))
      expect(properties['roleDefinitionId']).toContain("guid(parameters('rolesOf'), ");
  });
});

test('the example gives parameters that there are, and every one that has no default; what is marked, for a group', () => {
  const example = kept('parameters.jsonc');
  for (const [of, lines] of [
    [whole, /^\s*\/\/.*$/gm],
    [ofGroup, /^\s*\/\/(?! "\w+": \{ "value").*$|\/\/(?= ")/gm],
  ] as const) {
    const given = Object.keys((JSON.parse(example.replaceAll(lines, '')) as Pick<Template, 'parameters'>).parameters);
    expect(given.filter((name) => !(name in of.parameters))).toEqual([]);
    const needed = Object.entries(of.parameters).filter(([, { defaultValue }]) => defaultValue === undefined);
    expect(given).toEqual(expect.arrayContaining(needed.map(([name]) => name)));
  }
});
