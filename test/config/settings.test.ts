import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sayProblem } from '../../src/config/problem.ts';
import { readSettings, settingNames, type Settings } from '../../src/config/settings.ts';

const appId = '0f0f0f0f-0000-4000-8000-0000000000aa';
const tenant = '0f0f0f0f-0000-4000-8000-0000000000bb';
const subscription = '0f0f0f0f-0000-4000-8000-0000000000cc';
const other = '0f0f0f0f-0000-4000-8000-0000000000dd';
const teams = { MicrosoftAppId: appId, MicrosoftAppPassword: 'hush-teams', MicrosoftAppTenantId: tenant };
const slack = { SLACK_BOT_TOKEN: 'xoxb-hush', SLACK_SIGNING_SECRET: 'hush-slack' };
const severalWorkspaces = {
  KLUIS_AZURE: 'simulator',
  KLUIS_PUBLIC_URL: 'https://kluis.contoso.example',
  SLACK_SIGNING_SECRET: 'hush-slack',
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'hush-client',
  KLUIS_SLACK_WORKSPACES: 'T012AB3CD, T0FABRIKAM',
  KLUIS_TOKEN_KEY: `${Buffer.alloc(32, 1).toString('base64')},${Buffer.alloc(32, 2).toString('base64')}`,
};
const database = { DATABASE_URL: 'postgres://kluis:hush@db/kluis' };
const azure = { KLUIS_AZURE: 'azure', AZURE_SUBSCRIPTION_IDS: subscription, ...database };

function settingsOf(env: Record<string, string>): Settings {
  const read = readSettings(env);
  if ('problems' in read) throw new Error(read.problems.map(sayProblem).join('\n'));
  return read.settings;
}

function subjectsOf(env: Record<string, string>): string[] {
  const read = readSettings(env);
  return 'problems' in read ? read.problems.map(({ subject }) => subject) : [];
}

describe('settings', () => {
  test('with nothing set everything stays on this machine and in the simulator', () => {
    expect(settingsOf({})).toEqual({
      platformConfigured: false,
      host: '127.0.0.1',
      port: 3978,
      monitoringPort: null,
      teams: null,
      slack: null,
      azure: {
        mode: 'simulator',
        subscriptionIds: ['00000000-0000-0000-0000-00000000c0de'],
        tenantId: '00000000-0000-0000-0000-0000007e4a47',
        clientId: null,
      },
      grant: { by: 'simulator' },
      restore: { by: 'simulator' },
      signIn: null,
      credentials: [],
      alertWebhook: null,
      readOnly: false,
      release: { version: expect.stringMatching(/^\d+\.\d+\.\d+$/), commit: null },
      databaseConnections: 16,
      databaseUrl: null,
      databaseSignIn: 'password',
      dataDir: '.kluis',
      keepDays: 90,
      drainSeconds: 0,
      configPath: 'kluis.yaml',
      configPathGiven: false,
      simulator: { port: 4280, speed: 60 },
      tracesTo: null,
      logLevel: 'warn',
    });
  });

  test('empty and blank settings count as unset, as compose files leave them', () => {
    const blank = Object.fromEntries(settingNames.map((name) => [name, name.length % 2 ? '' : '  ']));
    expect(settingsOf(blank)).toEqual(settingsOf({}));
  });

  test('everything set', () => {
    const settings = settingsOf({
      ...teams,
      ...slack,
      ...azure,
      MicrosoftAppType: 'singletenant',
      MicrosoftAppTenantId: tenant.toUpperCase(),
      AZURE_SUBSCRIPTION_IDS: `${subscription}, ${other};${subscription.toUpperCase()}`,
      AZURE_TENANT_ID: tenant,
      AZURE_CLIENT_ID: appId,
      KLUIS_GRANT_CLIENT_ID: other,
      KLUIS_GRANT_CLIENT_SECRET: 'hush-grant',
      DATABASE_URL: 'postgresql://kluis:hush@db:5432/kluis',
      KLUIS_DATA_DIR: '/var/kluis',
      KLUIS_KEEP_DAYS: '30',
      KLUIS_CONFIG: '/etc/kluis.yaml',
      KLUIS_SIM_PORT: '4281',
      KLUIS_SIM_SPEED: '1000',
      PORT: '8080',
      HOST: '10.0.0.5',
      LOG_LEVEL: 'DEBUG',
    });
    expect(settings).toMatchObject({
      platformConfigured: true,
      host: '10.0.0.5',
      port: 8080,
      teams: { appId, appPassword: 'hush-teams', appType: 'SingleTenant', appTenantId: tenant },
      slack: { mode: 'http', botToken: 'xoxb-hush', signingSecret: 'hush-slack', appToken: null },
      azure: { mode: 'azure', subscriptionIds: [subscription, other], tenantId: tenant, clientId: appId },
      grant: { by: 'secret', tenantId: tenant, clientId: other, clientSecret: 'hush-grant' },
      keepDays: 30,
      configPath: '/etc/kluis.yaml',
      configPathGiven: true,
      simulator: { port: 4281, speed: 1000 },
      logLevel: 'debug',
    });
  });

  test.each<[string, Record<string, string>, string | null, string, string]>([
    ['neither', {}, null, 'simulator', '127.0.0.1'],
    ['neither', {}, 'simulator', 'simulator', '127.0.0.1'],
    ['neither', {}, 'azure', 'refused', ''],
    ['Teams', teams, null, 'refused', ''],
    ['Teams', teams, 'simulator', 'simulator', '0.0.0.0'],
    ['Teams', teams, 'azure', 'azure', '0.0.0.0'],
    ['Slack', slack, null, 'refused', ''],
    ['Slack', slack, 'simulator', 'simulator', '0.0.0.0'],
    ['Slack', slack, 'azure', 'azure', '0.0.0.0'],
    ['both', { ...teams, ...slack }, 'azure', 'azure', '0.0.0.0'],
  ])('platform %s (%#), KLUIS_AZURE %s → %s', (...[, platform, mode, expected, host]) => {
    const env = {
      ...platform,
      ...(mode ? { KLUIS_AZURE: mode } : {}),
      ...(mode === 'azure' ? { AZURE_SUBSCRIPTION_IDS: subscription, ...database } : {}),
    };
    if (expected === 'refused') expect(subjectsOf(env)).toEqual(['KLUIS_AZURE']);
    else expect(settingsOf(env)).toMatchObject({ azure: { mode: expected }, host });
  });

  test('several Slack workspaces need no token setting: each has its own, encrypted with the first key', () => {
    expect(settingsOf(severalWorkspaces)).toMatchObject({
      signIn: null,
      slack: {
        botToken: null,
        install: { workspaces: ['T012AB3CD', 'T0FABRIKAM'], tokenKeys: [Buffer.alloc(32, 1), Buffer.alloc(32, 2)] },
      },
    });
  });

  test('an app token means Socket Mode, without a signing secret', () => {
    const settings = settingsOf({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', KLUIS_AZURE: 'simulator' });
    expect(settings.slack).toEqual({
      mode: 'socket',
      botToken: 'xoxb-1',
      install: null,
      appToken: 'xapp-1',
      signingSecret: null,
      apiUrl: null,
    });
  });

  test('a managed identity for the bot has no password, and one for grants needs only its ID', () => {
    const settings = settingsOf({
      ...azure,
      MicrosoftAppId: appId,
      MicrosoftAppType: 'UserAssignedMSI',
      MicrosoftAppTenantId: tenant,
      KLUIS_GRANT_MANAGED_IDENTITY: other,
      KLUIS_RESTORE_MANAGED_IDENTITY: tenant,
    });
    expect(settings.teams).toMatchObject({ appType: 'UserAssignedMSI', appPassword: null });
    expect(settings.grant).toEqual({ by: 'managed-identity', clientId: other });
    expect(settings.restore).toEqual({ by: 'managed-identity', clientId: tenant });
  });

  test('a bot with a tenant is single-tenant, unless it is set to multi-tenant; then it serves the listed ones', () => {
    const own = { ...teams, KLUIS_AZURE: 'simulator' };
    expect(settingsOf(own).teams).toMatchObject({ appType: 'SingleTenant', tenantIds: [tenant] });
    const many = { ...own, MicrosoftAppType: 'MultiTenant' };
    expect(settingsOf(many).teams).toMatchObject({ appType: 'MultiTenant', tenantIds: [tenant] });
    const listed = settingsOf({
      ...many,
      MicrosoftAppTenantId: '',
      KLUIS_TEAMS_TENANTS: `${other}, ${tenant.toUpperCase()}`,
    });
    expect(listed.teams).toMatchObject({ appType: 'MultiTenant', appTenantId: null, tenantIds: [other, tenant] });
  });

  test('identities authenticate with a certificate, or with a Kubernetes token', () => {
    const own = { ...teams, ...azure, AZURE_TENANT_ID: tenant, KLUIS_GRANT_CLIENT_ID: other };
    expect(settingsOf({ ...own, KLUIS_GRANT_CLIENT_CERTIFICATE_PATH: '/grant.pem' }).grant).toEqual({
      by: 'certificate',
      tenantId: tenant,
      clientId: other,
      certificatePath: '/grant.pem',
    });
    expect(settingsOf({ ...own, AZURE_FEDERATED_TOKEN_FILE: '/var/run/token' }).grant).toEqual({
      by: 'workload',
      tenantId: tenant,
      clientId: other,
      tokenFilePath: '/var/run/token',
    });
  });

  test('traces go to the configured collector, unless OpenTelemetry or its traces are disabled', () => {
    const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
    expect(settingsOf({ ...collector, OTEL_SDK_DISABLED: 'false', OTEL_TRACES_EXPORTER: 'otlp' }).tracesTo).toBe(
      'http://collector:4318',
    );
    expect(settingsOf({ ...collector, OTEL_SDK_DISABLED: 'True' }).tracesTo).toBeNull();
    expect(settingsOf({ ...collector, OTEL_TRACES_EXPORTER: 'none' }).tracesTo).toBeNull();
  });

  test('no identity for grants or restores if none is set; with the simulator they are the simulator’s own', () => {
    expect(settingsOf({ ...teams, ...azure })).toMatchObject({ grant: null, restore: null });
    const own = { by: 'simulator' };
    expect(settingsOf({ ...teams, KLUIS_AZURE: 'simulator' })).toMatchObject({ grant: own, restore: own });
  });

  test('a bot of one tenant without a password proves itself by workload identity, and no other bot does', () => {
    const bot = { MicrosoftAppId: appId, MicrosoftAppTenantId: tenant, AZURE_FEDERATED_TOKEN_FILE: '/run/token' };
    expect(settingsOf({ ...bot, ...azure }).teams).toMatchObject({ appPassword: null, tokenFilePath: '/run/token' });
    expect(settingsOf({ ...bot, ...teams, ...azure }).teams).toMatchObject({ tokenFilePath: null });
    expect(subjectsOf({ ...bot, ...azure, MicrosoftAppType: 'MultiTenant' })).toEqual(['MicrosoftAppPassword']);
    const managed = settingsOf({ ...bot, ...azure, MicrosoftAppType: 'UserAssignedMSI' });
    expect(managed.teams).toMatchObject({ tokenFilePath: null });
  });

  test.each<[string, Record<string, string>, string[]]>([
    ['a password without an id', { MicrosoftAppPassword: 'x', KLUIS_AZURE: 'simulator' }, ['MicrosoftAppId']],
    [
      'an id without a password',
      { MicrosoftAppId: appId, MicrosoftAppTenantId: tenant, KLUIS_AZURE: 'simulator' },
      ['MicrosoftAppPassword'],
    ],
    ['an id that is none', { ...teams, MicrosoftAppId: 'kluis', KLUIS_AZURE: 'simulator' }, ['MicrosoftAppId']],
    [
      'a managed identity with a password and without a tenant',
      { ...teams, MicrosoftAppTenantId: '', MicrosoftAppType: 'UserAssignedMSI', KLUIS_AZURE: 'simulator' },
      ['MicrosoftAppPassword', 'MicrosoftAppTenantId'],
    ],
    [
      'an app type that is none',
      { ...teams, MicrosoftAppType: 'Solo', KLUIS_AZURE: 'simulator' },
      ['MicrosoftAppType'],
    ],
    [
      'several workspaces without the rest',
      { SLACK_CLIENT_ID: '1.2', SLACK_SIGNING_SECRET: 'x', KLUIS_AZURE: 'simulator' },
      ['SLACK_CLIENT_SECRET', 'KLUIS_SLACK_WORKSPACES', 'KLUIS_TOKEN_KEY', 'KLUIS_PUBLIC_URL'],
    ],
    [
      'several workspaces and the token of one',
      { ...severalWorkspaces, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' },
      ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
    ],
    [
      'workspaces by name, and a key that is too short',
      { ...severalWorkspaces, KLUIS_SLACK_WORKSPACES: 'contoso', KLUIS_TOKEN_KEY: 'aHVzaA==' },
      ['KLUIS_SLACK_WORKSPACES', 'KLUIS_TOKEN_KEY'],
    ],
    ['a bot token alone', { SLACK_BOT_TOKEN: 'xoxb-1', KLUIS_AZURE: 'simulator' }, ['SLACK_SIGNING_SECRET']],
    ['a signing secret alone', { SLACK_SIGNING_SECRET: 'x', KLUIS_AZURE: 'simulator' }, ['SLACK_BOT_TOKEN']],
    ['a token of a person', { ...slack, SLACK_BOT_TOKEN: 'xoxp-1', KLUIS_AZURE: 'simulator' }, ['SLACK_BOT_TOKEN']],
    [
      'another place for Slack',
      { ...slack, SLACK_API_URL: 'https://127.0.0.1.evil.test/api/', KLUIS_AZURE: 'simulator' },
      ['SLACK_API_URL'],
    ],
    ['a word for KLUIS_AZURE that is none', { KLUIS_AZURE: 'prod' }, ['KLUIS_AZURE']],
    ['Azure without a subscription', { ...teams, ...database, KLUIS_AZURE: 'azure' }, ['AZURE_SUBSCRIPTION_IDS']],
    ['a subscription by name', { ...teams, ...azure, AZURE_SUBSCRIPTION_IDS: 'prod' }, ['AZURE_SUBSCRIPTION_IDS']],
    ['a client secret alone', { ...teams, ...azure, AZURE_CLIENT_SECRET: 'x' }, ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID']],
    ['half a grant identity', { ...teams, ...azure, KLUIS_GRANT_CLIENT_ID: other }, ['KLUIS_GRANT_CLIENT_SECRET']],
    [
      'a grant identity without a tenant',
      { ...teams, ...azure, KLUIS_GRANT_CLIENT_ID: other, KLUIS_GRANT_CLIENT_SECRET: 'x' },
      ['AZURE_TENANT_ID'],
    ],
    [
      'two grant identities',
      {
        ...teams,
        ...azure,
        AZURE_TENANT_ID: tenant,
        KLUIS_GRANT_CLIENT_ID: other,
        KLUIS_GRANT_CLIENT_SECRET: 'x',
        KLUIS_GRANT_MANAGED_IDENTITY: appId,
      },
      ['KLUIS_GRANT_MANAGED_IDENTITY'],
    ],
    [
      'one identity for both',
      { ...teams, ...azure, AZURE_CLIENT_ID: other, KLUIS_GRANT_MANAGED_IDENTITY: other.toUpperCase() },
      ['KLUIS_GRANT_MANAGED_IDENTITY'],
    ],
    ['half a restore identity', { ...teams, ...azure, KLUIS_RESTORE_CLIENT_SECRET: 'x' }, ['KLUIS_RESTORE_CLIENT_ID']],
    [
      'one identity for backups and restores',
      { ...teams, ...azure, AZURE_CLIENT_ID: other, KLUIS_RESTORE_MANAGED_IDENTITY: other },
      ['KLUIS_RESTORE_MANAGED_IDENTITY'],
    ],
    [
      'one identity for grants and restores',
      {
        ...teams,
        ...azure,
        AZURE_TENANT_ID: tenant,
        KLUIS_GRANT_MANAGED_IDENTITY: other,
        KLUIS_RESTORE_CLIENT_ID: other.toUpperCase(),
        KLUIS_RESTORE_CLIENT_SECRET: 'x',
      },
      ['KLUIS_RESTORE_CLIENT_ID'],
    ],
    [
      'a bot of many tenants that serves anybody',
      { ...teams, MicrosoftAppTenantId: '', KLUIS_AZURE: 'simulator' },
      ['KLUIS_TEAMS_TENANTS'],
    ],
    [
      'a tenant by name',
      { ...teams, MicrosoftAppType: 'MultiTenant', KLUIS_TEAMS_TENANTS: 'contoso', KLUIS_AZURE: 'simulator' },
      ['KLUIS_TEAMS_TENANTS'],
    ],
    [
      'more tenants for a bot of one',
      { ...teams, KLUIS_TEAMS_TENANTS: other, KLUIS_AZURE: 'simulator' },
      ['KLUIS_TEAMS_TENANTS'],
    ],
    ['the cloud of a government', { ...teams, ...azure, KLUIS_CLOUD: 'AzureUSGovernment' }, ['KLUIS_CLOUD']],
    ['a word for yes', { KLUIS_READ_ONLY: 'yes' }, ['KLUIS_READ_ONLY']],
    ['real Azure in the folder of one process', { ...teams, ...azure, DATABASE_URL: '' }, ['DATABASE_URL']],
    ['both databases', { ...teams, ...azure, KLUIS_EMBEDDED_DATABASE: '1' }, ['KLUIS_EMBEDDED_DATABASE']],
    [
      'a token for the simulator’s database',
      { ...database, KLUIS_DATABASE_SIGN_IN: 'entra' },
      ['KLUIS_DATABASE_SIGN_IN', 'KLUIS_DATABASE_SIGN_IN'],
    ],
    [
      'a token for nobody',
      { ...teams, ...azure, DATABASE_URL: 'postgres://db/kluis', KLUIS_DATABASE_SIGN_IN: 'entra' },
      ['KLUIS_DATABASE_SIGN_IN'],
    ],
    [
      'two ways to sign in',
      {
        ...teams,
        ...azure,
        AZURE_TENANT_ID: tenant,
        AZURE_CLIENT_ID: appId,
        AZURE_CLIENT_SECRET: 'x',
        AZURE_CLIENT_CERTIFICATE_PATH: '/kluis.pem',
      },
      ['AZURE_CLIENT_CERTIFICATE_PATH'],
    ],
    [
      'two ways for grants',
      {
        ...teams,
        ...azure,
        AZURE_TENANT_ID: tenant,
        KLUIS_GRANT_CLIENT_ID: other,
        KLUIS_GRANT_CLIENT_SECRET: 'x',
        KLUIS_GRANT_CLIENT_CERTIFICATE_PATH: '/grant.pem',
      },
      ['KLUIS_GRANT_CLIENT_CERTIFICATE_PATH'],
    ],
    [
      'a proxy that is none',
      { HTTPS_PROXY: 'proxy:3128', http_proxy: 'socks5://proxy' },
      ['HTTPS_PROXY', 'http_proxy'],
    ],
    ['a proxy for all', { ALL_PROXY: 'http://proxy:3128' }, ['ALL_PROXY']],
    ['a collector that is none', { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' }, ['OTEL_EXPORTER_OTLP_ENDPOINT']],
    ['too long a drain', { KLUIS_DRAIN_SECONDS: '600' }, ['KLUIS_DRAIN_SECONDS']],
    ['a commit that is none', { KLUIS_COMMIT: 'main' }, ['KLUIS_COMMIT']],
    ['monitoring on the main port', { KLUIS_MONITORING_PORT: '3978' }, ['KLUIS_MONITORING_PORT']],
    ['a port that is none', { PORT: '70000', KLUIS_SIM_PORT: '4k' }, ['PORT', 'KLUIS_SIM_PORT']],
    ['a speed of 0', { KLUIS_SIM_SPEED: '0' }, ['KLUIS_SIM_SPEED']],
    ['a level that is none', { LOG_LEVEL: 'loud' }, ['LOG_LEVEL']],
    ['another database', { DATABASE_URL: 'mysql://root:hush@db/x' }, ['DATABASE_URL']],
    ['an open endpoint without a platform', { HOST: '0.0.0.0' }, ['HOST']],
    [
      'a misspelt setting',
      { KLUIS_AZUR: 'azure', KLUIS_CRASH_AT: 'x', MICROSOFTAPPID: appId },
      ['KLUIS_AZUR', 'MICROSOFTAPPID'],
    ],
    [
      'many things at once',
      { PORT: 'x', LOG_LEVEL: 'x', KLUIS_AZURE: 'azure', DATABASE_URL: 'x' },
      ['KLUIS_AZURE', 'AZURE_SUBSCRIPTION_IDS', 'PORT', 'DATABASE_URL', 'LOG_LEVEL'],
    ],
  ])('%s is refused', (_name, env, subjects) => expect(subjectsOf(env).sort()).toEqual([...subjects].sort()));

  test.each(['127.0.0.1', 'localhost', '::1', '127.8.9.1'])('HOST=%s is this machine', (host) =>
    expect(settingsOf({ HOST: host }).host).toBe(host),
  );

  test('each problem is one line that names the setting, says what is wrong and how to fix it', () => {
    const read = readSettings({ KLUIS_AZURE: 'azure' });
    const lines = 'problems' in read ? read.problems.map(sayProblem) : [];
    expect(lines[0]).toBe(
      'KLUIS_AZURE: it is azure, but no chat platform is configured: anyone who reaches this machine could act on real VMs unauthenticated. ' +
        'Configure Teams (MicrosoftAppId, …) or Slack (SLACK_BOT_TOKEN, …), or unset KLUIS_AZURE to use the simulator.',
    );
  });

  test('no value, whatever it is, throws or is repeated in a problem', () => {
    const value = fc.string({ minLength: 6, maxLength: 40 }).map((text) => `§${text}§`);
    const env = fc.dictionary(fc.constantFrom(...settingNames), value);
    fc.assert(
      fc.property(env, (given) => {
        const read = readSettings(given);
        if (!('problems' in read)) return;
        const said = read.problems.map(sayProblem).join('\n');
        for (const text of Object.values(given)) expect(said).not.toContain(text.trim());
      }),
    );
  });
});
