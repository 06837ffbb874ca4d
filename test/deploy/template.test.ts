import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { managementGroupTemplate } from '../../deploy/template/management-group.ts';
import { template as subscriptionTemplate } from '../../deploy/template/template.ts';
import { readSettings, settingNames } from '../../src/config/settings.ts';
import { armValue, type Known } from './arm-value.ts';

const root = join(import.meta.dirname, '..', '..');
const kept = (name: string) => readFileSync(join(root, 'deploy', name), 'utf8');
const text = kept('azuredeploy.json');
const textOfGroup = kept('azuredeploy.mg.json');

type Resource = {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly dependsOn?: readonly string[];
  readonly [property: string]: unknown;
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

/** What Azure would know about a deployment to rg-kluis with these parameters and the template's own defaults. */
function knownWith(given: Readonly<Record<string, unknown>>): Known {
  const defaults = Object.entries(whole.parameters).map(([name, { defaultValue }]) => [name, defaultValue]);
  const ids: string[] = [];
  const idFor = (what: string) => {
    if (!ids.includes(what)) ids.push(what);
    return `00000000-0000-4000-8000-${String(ids.indexOf(what)).padStart(12, '0')}`;
  };
  return {
    parameters: {
      ...Object.fromEntries(defaults),
      kluisYaml: 'roles: {}',
      image: 'ghcr.io/contoso/kluis:v0.1.0',
      ...given,
    },
    functions: {
      resourceId: (...parts: string[]) => parts.join('/'),
      reference: (id: string) => ({
        clientId: idFor(id),
        principalId: idFor(`principal of ${id}`),
        defaultDomain: 'calm.westeurope.azurecontainerapps.io',
      }),
      tenant: () => ({ tenantId: idFor('tenant') }),
      subscription: () => ({ subscriptionId: idFor('subscription') }),
      resourceGroup: () => ({ id: 'the-group', name: 'rg-kluis' }),
      uniqueString: (of: string) => createHash('sha256').update(of).digest('hex').slice(0, 13),
    },
  };
}

test('the committed template is what the code writes', async () => {
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
    // What an inner deployment contains is its own, except for the values that it is given.
    const said = own.map(({ properties, ...rest }) => {
      const isDeployment = rest.type === 'Microsoft.Resources/deployments';
      return { ...rest, properties: { ...properties, ...(isDeployment && { template: null }) } };
    });
    const all = JSON.stringify([said, outputs]);

    test('uses the parameters that it declares, and no others', () => {
      const used = [...all.matchAll(/parameters\('(\w+)'\)/g)].map(([, name]) => name);
      expect([...new Set(used)].toSorted()).toEqual(Object.keys(parameters).toSorted());
    });

    test('every expression is closed, and every dependency exists', () => {
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

test('no secret has a default, and none is exposed: neither as a setting nor as an output', () => {
  const secrets = Object.entries(whole.parameters).filter(([, { type }]) => type === 'securestring');
  expect(secrets.map(([name]) => name)).toEqual([
    'kluisYaml',
    ...['slackBotToken', 'slackSigningSecret', 'slackAppToken', 'slackClientSecret', 'tokenKey'],
    ...['signInClientSecret', 'alertSecret', 'otlpHeaders'],
  ]);
  for (const [, { defaultValue = '' }] of secrets) expect(defaultValue).toBe('');
  const passedOn = templates.flatMap(({ parameters }) => Object.entries(parameters));
  for (const [name, { type }] of passedOn) if (name in Object.fromEntries(secrets)) expect(type).toBe('securestring');
  expect(text).not.toMatch(/administratorLoginPassword|msaAppPassword|MicrosoftAppPassword/);
});

test('the database accepts only tokens, and the app only https', () => {
  const { authConfig } = theOne('Microsoft.DBforPostgreSQL/flexibleServers').properties as { authConfig: object };
  expect(authConfig).toMatchObject({ passwordAuth: 'Disabled', activeDirectoryAuth: 'Enabled' });
  const { configuration } = theOne('Microsoft.App/containerApps').properties as { configuration: object };
  expect(configuration).toMatchObject({ ingress: { external: true, allowInsecure: false } });
});

test('the database has the size, standby, zone and backups that are asked for', () => {
  const server = theOne('Microsoft.DBforPostgreSQL/flexibleServers');
  const { backup, highAvailability, availabilityZone } = server.properties;
  const asked = [server['sku'], backup, highAvailability, { availabilityZone }] as Record<string, string>[];
  const made = (given: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      asked.flatMap((each) =>
        Object.entries(each).map(([name, value]) => [name, armValue(String(value), knownWith(given))]),
      ),
    );
  expect(made({})).toEqual({
    ...{ name: 'Standard_B2s', tier: 'Burstable', mode: 'Disabled', availabilityZone: null },
    ...{ backupRetentionDays: 14, geoRedundantBackup: 'Disabled' },
  });
  const given = {
    ...{ databaseSku: 'Standard_D2ds_v5', databaseTier: 'GeneralPurpose', databaseZone: '2' },
    ...{ databaseHighAvailability: 'ZoneRedundant', databaseBackupDays: 35, databaseGeoBackup: 'Enabled' },
  };
  expect(made(given)).toEqual({
    ...{ name: 'Standard_D2ds_v5', tier: 'GeneralPurpose', mode: 'ZoneRedundant', availabilityZone: '2' },
    ...{ backupRetentionDays: 35, geoRedundantBackup: 'Enabled' },
  });
});

test('nobody but the operating identity signs in to the database, unless an administrator is given', () => {
  const isAdministrator = ({ type }: Resource) => type.endsWith('/flexibleServers/administrators');
  const [always, given] = resources.filter(isAdministrator).toSorted((one) => ('condition' in one ? 1 : -1)) as [
    Resource,
    Resource,
  ];
  expect(always.properties).toMatchObject({ principalName: 'kluis-operate', principalType: 'ServicePrincipal' });
  const made = (known: Known) => ({
    isMade: armValue(String(given['condition']), known),
    name: String(armValue(given.name, known)).split('/'),
    type: armValue(String(given.properties['principalType']), known),
    signsInAs: armValue(String(given.properties['principalName']), known),
  });
  const nobody = made(knownWith({}));
  expect(nobody).toMatchObject({ isMade: false, name: [expect.any(String), 'none'] });
  const group = { objectId: 'the-id', name: 'kluis-database', type: 'Group' };
  expect(made(knownWith({ databaseAdministrator: group }))).toEqual({
    isMade: true,
    name: [nobody.name[0], 'the-id'],
    type: 'Group',
    signsInAs: 'kluis-database',
  });
});

describe('the settings of the app', () => {
  const own = theOne('Microsoft.App/containerApps').properties as unknown as {
    readonly configuration: { readonly secrets: string; readonly registries: string };
    readonly template: {
      readonly containers: readonly {
        readonly env: string;
        readonly volumeMounts: readonly { readonly volumeName: string; readonly mountPath: string }[];
      }[];
      readonly volumes: readonly {
        readonly name: string;
        readonly secrets: readonly { readonly secretRef: string; readonly path: string }[];
      }[];
    };
  };
  const settings = own.template.containers[0]?.env ?? '';

  /** The app's environment when the template gets these parameters: each secret as the key vault has it. */
  function filled(given: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
    const known = knownWith(given);
    const inVault = resources
      .filter(({ type }) => type === 'Microsoft.KeyVault/vaults/secrets')
      .filter((one) => armValue(String(one['condition']), known))
      .map(({ name, properties }) => {
        const [, secret = ''] = String(armValue(name, known)).split('/');
        return [secret, armValue(String(properties['value']), known)] as const;
      });
    const kept = Object.fromEntries(inVault);
    const listed = armValue(own.configuration.secrets, known) as { readonly name: string }[];
    expect(listed.map(({ name }) => name).toSorted()).toEqual(['kluis-yaml', ...Object.keys(kept)].toSorted());
    const env = armValue(settings, known) as { name: string; value?: string; secretRef?: string }[];
    expect(new Set(env.map(({ name }) => name)).size).toBe(env.length);
    return Object.fromEntries(
      env.map(({ name, value, secretRef }) => [name, String(secretRef === undefined ? value : kept[secretRef])]),
    );
  }

  test('are settings of Kluis, by their names', () => {
    const names = [...settings.matchAll(/createObject\('name', '(\w+)'/g)].map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining(['DATABASE_URL', 'KLUIS_ALERT_SECRETS', 'SLACK_BOT_TOKEN']));
    const others = names.filter((name) => !settingNames.some((known) => known === name));
    expect(others).toEqual(['OTEL_EXPORTER_OTLP_HEADERS']);
  });

  const [id, key] = ['00000000-0000-4000-8000-00000000cafe', Buffer.alloc(32, 1).toString('base64')];
  const signIn = { signInClientId: id, signInClientSecret: 'hush' };
  const slack = { slackBotToken: 'xoxb-1', slackSigningSecret: 'hush' };
  const workspaces = { slackClientId: '1.2', slackClientSecret: 'hush', slackWorkspaces: ['T012AB3CD', 'T0FABRIKAM'] };
  const ownUrl = 'https://ca-kluis.calm.westeurope.azurecontainerapps.io';
  const collector = 'https://collector.contoso.example';
  test.each<[string, Readonly<Record<string, unknown>>, object]>([
    ['Teams alone', {}, { slack: null, signIn: null, alertWebhook: null, tracesTo: null }],
    ['a workspace of Slack', slack, { slack: { mode: 'http', botToken: 'xoxb-1' }, signIn: null }],
    [
      'a workspace by Socket Mode',
      { slackBotToken: 'xoxb-1', slackAppToken: 'xapp-1' },
      { slack: { mode: 'socket', appToken: 'xapp-1' } },
    ],
    [
      'the sign-in of Slack',
      { ...slack, ...signIn },
      { signIn: { publicUrl: ownUrl, clientId: id, clientSecret: 'hush' } },
    ],
    [
      'several workspaces, at an address of one’s own',
      {
        ...workspaces,
        slackSigningSecret: 'hush',
        tokenKey: key,
        publicUrl: 'https://kluis.contoso.example',
        ...signIn,
      },
      {
        slack: { install: { workspaces: workspaces.slackWorkspaces, publicUrl: 'https://kluis.contoso.example' } },
        signIn: { publicUrl: 'https://kluis.contoso.example' },
      },
    ],
    [
      'alerts, traces and a proxy',
      {
        alertSecret: 'a'.repeat(32),
        otlpHeaders: 'api-key=1',
        settings: [
          { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: collector },
          { name: 'HTTPS_PROXY', value: 'http://proxy.contoso.example:3128' },
        ],
      },
      { alertWebhook: { secrets: ['a'.repeat(32)] }, tracesTo: collector },
    ],
  ])('are valid as a whole, with what Azure fills in: %s', (_, given, expected) => {
    const read = readSettings(filled(given));
    expect('problems' in read ? read.problems : []).toEqual([]);
    expect(read).toMatchObject({ settings: { databaseSignIn: 'entra', drainSeconds: 5, ...expected } });
    expect(read).toMatchObject({ settings: { teams: { appType: 'UserAssignedMSI' } } });
  });

  test('and the internet reaches neither metrics nor health: they have a port that is exposed nowhere', () => {
    const read = readSettings(filled({}));
    const { port, monitoringPort } = 'settings' in read ? read.settings : { port: 0, monitoringPort: null };
    expect(monitoringPort).toEqual(expect.any(Number));
    const { configuration } = theOne('Microsoft.App/containerApps').properties as { configuration: object };
    expect(configuration).toHaveProperty('ingress', {
      external: true,
      targetPort: port,
      transport: 'http',
      allowInsecure: false,
    });
    expect(JSON.stringify(own.template)).toContain(`"port":${port}`);
    expect(JSON.stringify(own.template)).not.toContain(`"port":${monitoringPort}`);
  });

  test('and another kluis.yaml makes another revision, in which KLUIS_CONFIG is its file; the same one makes none', () => {
    const revision = (kluisYaml: string) => {
      const known = knownWith({ kluisYaml });
      const [mount] = own.template.containers[0]?.volumeMounts ?? [];
      const volume = own.template.volumes.find(({ name }) => name === mount?.volumeName);
      expect(volume?.secrets).toMatchObject([{ secretRef: 'kluis-yaml' }]);
      const file = `${mount?.mountPath}/${armValue(volume?.secrets[0]?.path ?? '', known)}`;
      expect(filled({ kluisYaml })).toMatchObject({ KLUIS_CONFIG: file });
      return file;
    };
    const before = revision('roles: { operator: [everyone] }');
    expect(revision('roles: { viewer: [everyone] }')).not.toBe(before);
    expect(revision('roles: { operator: [everyone] }')).toBe(before);
  });

  test('and the image is pulled without sign-in, or from a private registry by the bot’s identity', () => {
    const pulledFrom = (given: Readonly<Record<string, unknown>>) =>
      armValue(own.configuration.registries, knownWith(given));
    expect(pulledFrom({})).toEqual([]);
    const image = 'contoso.azurecr.io/kluis:v0.1.0';
    const registryId =
      '/subscriptions/s3/resourceGroups/rg-images/providers/Microsoft.ContainerRegistry/registries/contoso';
    expect(pulledFrom({ registryId, image })).toEqual([
      {
        server: 'contoso.azurecr.io',
        identity: 'Microsoft.ManagedIdentity/userAssignedIdentities/kluis-bot',
      },
    ]);
    const { name, properties, ...access } = resources.find((one) => one.name === 'kluis-registry') as Resource;
    const known = knownWith({ registryId, image });
    const at = (property: string) => armValue(String(access[property]), known);
    expect([at('condition'), at('subscriptionId'), at('resourceGroup')]).toEqual([true, 's3', 'rg-images']);
    expect(armValue(String(access['condition']), knownWith({}))).toBe(false);
    expect(armValue(String(access['resourceGroup']), knownWith({}))).toBe('rg-kluis');
    const given = properties['parameters'] as Record<string, { value: string }>;
    expect(armValue(given['registry']?.value ?? '', known)).toBe('contoso');
    // AcrPull, and Container Registry Repository Reader for a registry with ABAC, both Azure's own.
    expect(properties.template?.resources.map((one) => one.properties['roleDefinitionId'])).toEqual([
      expect.stringContaining("'7f951dda-4ed3-4680-a7ca-43fe172d538d'"),
      expect.stringContaining("'b93aa761-3e63-49ed-ac28-beffa264f7ac'"),
    ]);
    const { dependsOn = [] } = theOne('Microsoft.App/containerApps');
    expect(dependsOn).toContain(`[resourceId('Microsoft.Resources/deployments', '${name}')]`);
  });

  test('and the probes use existing endpoints', () => {
    const endpoints = readFileSync(join(root, 'docs', 'deploy.md'), 'utf8');
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

test('each role is assigned in each place according to manifest/azure, in every subscription', () => {
  const { identities } = JSON.parse(readFileSync(join(root, 'manifest', 'azure', 'identities.json'), 'utf8')) as {
    identities: Record<string, { role: string; scopes: string[] }[]>;
  };
  const places = Object.values(identities).flatMap((given) => given.flatMap(({ scopes }) => scopes));
  expect(assignmentsIn(templates)).toHaveLength(places.length);
  expect(assignmentsIn(withInside(elsewhere))).toHaveLength(places.length);
});

test('a key vault with access policies gets the role for itself only, and the one that restores keys', () => {
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
  const [policy] = own.resources[1]!.properties['accessPolicies'] as [object];
  expect(own.resources[1]?.name).toBe("[concat(parameters('keyVault'), '/add')]");
  expect(policy).toMatchObject({ objectId: "[parameters('kluisRestore')]" });
  const page = readFileSync(join(root, 'docs', 'identities-and-roles.md'), 'utf8');
  const { permissions } = policy as { permissions: Record<'keys' | 'secrets', string[]> };
  expect(page).toContain(`--key-permissions ${permissions.keys.join(' ')} `);
  expect(page).toContain(`--secret-permissions ${permissions.secrets.join(' ')}\n`);
});

describe('at a management group', () => {
  const [home, access] = ofGroup.resources as [Resource, Resource];

  test('Kluis is created in one subscription by the subscription template itself, and gets its access in each other one', () => {
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

  test('the inner template gets a value for each parameter without a default', () => {
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

  test('a role is created once in the tenant, for all subscriptions by ID: one with data actions can’t be assigned at a management group', () => {
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

test('the example has only existing parameters, and every one without a default; the marked ones are for a management group', () => {
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
