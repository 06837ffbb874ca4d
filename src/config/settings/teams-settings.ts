import { guidSetting, guidsSetting, type Reading, wordSetting } from './environment.ts';

/** The kinds of bot registration that the Bot Framework has. */
const appTypes = ['MultiTenant', 'SingleTenant', 'UserAssignedMSI'] as const;
type AppType = (typeof appTypes)[number];

/** Teams, configured completely: an ID always comes with a credential, so the adapter never lets everybody in. */
export type TeamsSetting = {
  readonly appId: string;
  readonly appPassword: string | null;
  /** The file with the token that proves the bot instead of a password: workload identity; null: it isn't used. */
  readonly tokenFilePath: string | null;
  readonly appType: AppType;
  readonly appTenantId: string | null;
  /** The tenants whose messages it accepts; a multi-tenant bot serves only these. */
  readonly tenantIds: readonly string[];
};

/** The Bot Framework's own names. */
export const teamsNames = [
  'MicrosoftAppId',
  'MicrosoftAppPassword',
  'MicrosoftAppType',
  'MicrosoftAppTenantId',
  'KLUIS_TEAMS_TENANTS',
] as const;

const azureBot = 'the Azure Bot, page Configuration';

/**
 * Reads the Bot Framework's four settings and the tenants that the bot serves; null if none is set. An incomplete set
 * is a problem, never a bot without a credential. New bots are single-tenant, so a bot with a tenant is assumed to be
 * one.
 */
export function readTeams(reading: Reading): TeamsSetting | null {
  const password = reading.text('MicrosoftAppPassword');
  const tenantId = guidSetting(reading, 'MicrosoftAppTenantId', azureBot);
  const isOfTenant = reading.text('MicrosoftAppTenantId') !== null;
  const appType = wordSetting(reading, 'MicrosoftAppType', appTypes) ?? (isOfTenant ? 'SingleTenant' : 'MultiTenant');
  const tenantIds = readTenants(reading, { appType, tenantId });
  if (reading.text('MicrosoftAppId') === null) {
    complainOfLoneSettings(reading);
    return null;
  }
  complainOfProof(reading, appType);
  const appId = guidSetting(reading, 'MicrosoftAppId', azureBot);
  const tokenFilePath = tokenFileOf(reading, appType);
  return appId === null
    ? null
    : { appId, appPassword: password, tokenFilePath, appType, appTenantId: tenantId, tenantIds };
}

/** Anybody can install a multi-tenant bot in their own tenant, so the settings have to say which tenants it serves. */
function readTenants(
  reading: Reading,
  { appType, tenantId }: { readonly appType: AppType; readonly tenantId: string | null },
): readonly string[] {
  const own = tenantId === null ? [] : [tenantId];
  const given = guidsSetting(reading, 'KLUIS_TEAMS_TENANTS', {
    each: 'a tenant id',
    remedy: 'List the ids of tenants, separated by commas: az account show --query tenantId -o tsv',
  });
  const isGiven = reading.text('KLUIS_TEAMS_TENANTS') !== null;
  if (appType !== 'MultiTenant' && isGiven)
    reading.complain('KLUIS_TEAMS_TENANTS', `a bot of type ${appType} serves its own tenant alone`, 'Unset it');
  const isNamed = isGiven || reading.text('MicrosoftAppTenantId') !== null;
  if (appType === 'MultiTenant' && !isNamed && reading.text('MicrosoftAppId') !== null)
    reading.complain(
      'KLUIS_TEAMS_TENANTS',
      'it is not set, and anybody could install a bot of type MultiTenant in a tenant of their own',
      'List the tenants that it serves, or set MicrosoftAppTenantId if it is a bot of one tenant',
    );
  return given.length > 0 ? given : own;
}

function complainOfLoneSettings(reading: Reading): void {
  const lone = teamsNames.filter((name) => reading.text(name) !== null);
  if (lone.length === 0) return;
  reading.complain(
    'MicrosoftAppId',
    `it is not set, but ${lone.join(', ')} ${lone.length > 1 ? 'are' : 'is'}`,
    `Set it from ${azureBot}, or unset the other${lone.length > 1 ? 's' : ''} to run without Teams`,
  );
}

/** A single-tenant bot without a password proves itself as the other identities do, if there is a token for it. */
function tokenFileOf(reading: Reading, appType: AppType): string | null {
  const isWithout = appType === 'SingleTenant' && reading.text('MicrosoftAppPassword') === null;
  return isWithout ? reading.text('AZURE_FEDERATED_TOKEN_FILE') : null;
}

function complainOfProof(reading: Reading, appType: AppType): void {
  const password = reading.text('MicrosoftAppPassword');
  if (appType === 'UserAssignedMSI' && password !== null)
    reading.complain('MicrosoftAppPassword', 'a bot of type UserAssignedMSI has none', 'Unset it');
  if (appType !== 'UserAssignedMSI' && password === null && tokenFileOf(reading, appType) === null)
    reading.complain(
      'MicrosoftAppPassword',
      `it is not set, and a bot of type ${appType} authenticates with it`,
      'Set a client secret of the app registration, or set MicrosoftAppType to UserAssignedMSI; with workload identity a bot of type SingleTenant needs none',
    );
  if (appType !== 'MultiTenant' && reading.text('MicrosoftAppTenantId') === null)
    reading.complain(
      'MicrosoftAppTenantId',
      `it is not set, and a bot of type ${appType} belongs to one tenant`,
      `Set it from ${azureBot}`,
    );
}
