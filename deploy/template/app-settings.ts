/** The app's settings: docs/settings.md says what each one is, the pages in docs/operations.md where it comes from. */
import type { EnvironmentVar, Secret } from '@azure/arm-appcontainers';
import {
  environmentId,
  identityId,
  identityNames,
  identityProperty,
  keyVaultName,
  secrets,
  serverName,
} from './platform.ts';
import { asExpression, expression, parameter } from './resource.ts';

/** Where the app listens. */
export const port = 3978;

/** The app's name, with which its address begins. */
export const appName = 'ca-kluis';

/**
 * What `kluis.yaml` is called in the app. A changed secret doesn't make a new revision (learn.microsoft.com, "Manage
 * secrets in Azure Container Apps"), and Kluis reads the file only at start; a changed name of its file does make one.
 */
export const configFile = "concat('kluis-', uniqueString(parameters('kluisYaml')), '.yaml')";

const tenant = expression('tenant().tenantId');
const clientId = (name: string) => expression(identityProperty(name, 'clientId'));
const ownUrl = `concat('https://${appName}.', reference(${environmentId}, '2025-07-01').defaultDomain)`;

const always = {
  PORT: String(port),
  // The ingress leads to the port above alone, so that nobody reaches metrics and health from outside.
  KLUIS_MONITORING_PORT: '9464',
  MicrosoftAppType: 'UserAssignedMSI',
  MicrosoftAppId: clientId(identityNames.bot),
  MicrosoftAppTenantId: tenant,
  KLUIS_AZURE: 'azure',
  AZURE_TENANT_ID: tenant,
  AZURE_SUBSCRIPTION_IDS: expression(
    "join(concat(createArray(subscription().subscriptionId), parameters('otherSubscriptions')), ',')",
  ),
  AZURE_CLIENT_ID: clientId(identityNames.operate),
  KLUIS_GRANT_MANAGED_IDENTITY: clientId(identityNames.grant),
  KLUIS_RESTORE_MANAGED_IDENTITY: clientId(identityNames.restore),
  DATABASE_URL: expression(
    `concat('postgres://${identityNames.operate}@', ${serverName}, '.postgres.database.azure.com:5432/kluis?sslmode=verify-full')`,
  ),
  KLUIS_DATABASE_SIGN_IN: 'entra',
  KLUIS_DATABASE_CONNECTIONS: expression("string(parameters('databaseConnections'))"),
  KLUIS_CONFIG: expression(`concat('/config/', ${configFile})`),
  KLUIS_READ_ONLY: expression("if(parameters('readOnly'), '1', '0')"),
  KLUIS_DRAIN_SECONDS: '5',
};

type Given = { readonly value: string; readonly with: readonly string[] };

/** Settings that are there only where one of these parameters is given: Kluis refuses half of what belongs together. */
const given: Readonly<Record<string, Given>> = {
  KLUIS_PUBLIC_URL: {
    value: expression(`if(empty(parameters('publicUrl')), ${ownUrl}, parameters('publicUrl'))`),
    with: ['signInClientId', 'slackClientId'],
  },
  KLUIS_SIGN_IN_CLIENT_ID: { value: parameter('signInClientId'), with: ['signInClientId'] },
  SLACK_CLIENT_ID: { value: parameter('slackClientId'), with: ['slackClientId'] },
  KLUIS_SLACK_WORKSPACES: {
    value: expression("join(parameters('slackWorkspaces'), ',')"),
    with: ['slackClientId'],
  },
};

type SecretName = keyof typeof secrets;

/** Settings that are secrets, by their names in the key vault. */
const secretSettings: Readonly<Record<SecretName, string>> = {
  'slack-bot-token': 'SLACK_BOT_TOKEN',
  'slack-signing-secret': 'SLACK_SIGNING_SECRET',
  'slack-app-token': 'SLACK_APP_TOKEN',
  'slack-client-secret': 'SLACK_CLIENT_SECRET',
  'token-key': 'KLUIS_TOKEN_KEY',
  'sign-in-client-secret': 'KLUIS_SIGN_IN_CLIENT_SECRET',
  'alert-secret': 'KLUIS_ALERT_SECRETS',
  'otlp-headers': 'OTEL_EXPORTER_OTLP_HEADERS',
};

/** Every setting that the template itself makes. */
export const env: readonly EnvironmentVar[] = [
  ...Object.entries(always).map(([name, value]) => ({ name, value })),
  ...Object.entries(given).map(([name, { value }]) => ({ name, value })),
  ...Object.entries(secretSettings).map(([secretRef, name]) => ({ name, secretRef })),
];

/** The secrets of the app: each is read from the key vault, but for `kluis.yaml`, which is a file. */
export const appSecrets: readonly Secret[] = [
  { name: 'kluis-yaml', value: parameter('kluisYaml') },
  ...Object.keys(secrets).map((name) => ({
    name,
    identity: expression(identityId(identityNames.bot)),
    keyVaultUrl: expression(`concat('https://', ${keyVaultName}, '.vault.azure.net/secrets/${name}')`),
  })),
];

/** The secrets of which the parameter is given, as an expression. */
export function onlyGivenSecrets(all: readonly Secret[]): string {
  return onlyGiven(all, ({ name }) => neededBy(name));
}

/** The settings of which a parameter is given, and those that the parameter `settings` has beside them. */
export function onlyGivenSettings(all: readonly EnvironmentVar[]): string {
  const own = onlyGiven(all, ({ name, secretRef }) => neededBy(secretRef) ?? given[name ?? '']?.with);
  return `concat(${own}, parameters('settings'))`;
}

function neededBy(secret: string | undefined): readonly string[] | undefined {
  const name = secrets[secret as SecretName] as string | undefined;
  return name === undefined ? undefined : [name];
}

function onlyGiven<One>(all: readonly One[], needs: (one: One) => readonly string[] | undefined): string {
  const parts = all.map((one) => {
    const missing = needs(one)?.map((name) => `empty(parameters('${name}'))`);
    if (!missing) return asExpression([one]);
    const none = missing.length > 1 ? `and(${missing.join(', ')})` : missing.join('');
    return `if(${none}, createArray(), ${asExpression([one])})`;
  });
  return `concat(${parts.join(', ')})`;
}
