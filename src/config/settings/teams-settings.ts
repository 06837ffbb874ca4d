import type { Reading } from './environment.ts';
import { guidSetting, wordSetting } from './environment.ts';

/** The kinds of bot registration that the Bot Framework knows. */
const appTypes = ['MultiTenant', 'SingleTenant', 'UserAssignedMSI'] as const;
type AppType = (typeof appTypes)[number];

/** Teams, configured in full: with an id there is always what proves it, so the adapter never lets everybody in. */
export type TeamsSetting = {
  readonly appId: string;
  readonly appPassword: string | null;
  readonly appType: AppType;
  readonly appTenantId: string | null;
};

/** The Bot Framework's own names. */
export const teamsNames = [
  'MicrosoftAppId',
  'MicrosoftAppPassword',
  'MicrosoftAppType',
  'MicrosoftAppTenantId',
] as const;

const azureBot = 'the Azure Bot, page Configuration';

/**
 * Reads the Bot Framework's four settings; null where none is set. A half set is a problem, never a bot without proof.
 */
export function readTeams(reading: Reading): TeamsSetting | null {
  const password = reading.text('MicrosoftAppPassword');
  const appType = wordSetting(reading, 'MicrosoftAppType', appTypes) ?? 'MultiTenant';
  const tenantId = guidSetting(reading, 'MicrosoftAppTenantId', azureBot);
  if (reading.text('MicrosoftAppId') === null) {
    complainOfLoneSettings(reading);
    return null;
  }
  complainOfProof(reading, appType);
  const appId = guidSetting(reading, 'MicrosoftAppId', azureBot);
  return appId === null ? null : { appId, appPassword: password, appType, appTenantId: tenantId };
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

function complainOfProof(reading: Reading, appType: AppType): void {
  const password = reading.text('MicrosoftAppPassword');
  if (appType === 'UserAssignedMSI' && password !== null)
    reading.complain('MicrosoftAppPassword', 'a bot of type UserAssignedMSI has none', 'Unset it');
  if (appType !== 'UserAssignedMSI' && password === null)
    reading.complain(
      'MicrosoftAppPassword',
      `it is not set, and a bot of type ${appType} authenticates with it`,
      'Set a client secret of the app registration, or set MicrosoftAppType to UserAssignedMSI',
    );
  if (appType !== 'MultiTenant' && reading.text('MicrosoftAppTenantId') === null)
    reading.complain(
      'MicrosoftAppTenantId',
      `it is not set, and a bot of type ${appType} belongs to one tenant`,
      `Set it from ${azureBot}`,
    );
}
