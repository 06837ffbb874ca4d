import { type Env, readingOf } from '../../config/settings/environment.ts';
import type { KluisConfig } from '../../config/kluis-config.ts';
import type { Settings } from '../../config/settings.ts';
import { databaseLocation } from '../../compose/azure-access.ts';
import { askedOnce } from './asked-lack.ts';
import { azureLine } from './azure-line.ts';
import { checkAlertRoute } from './checks/check-alert-route.ts';
import { checkGuests } from './checks/check-approvers.ts';
import { checkConfig } from './checks/check-config.ts';
import { checkCredentials } from './checks/check-credentials.ts';
import { checkDatabase } from './checks/check-database.ts';
import { checkBackupApplication, checkGroups } from './checks/check-directory.ts';
import { checkClock, checkDefaultVault, checkEstate } from './checks/check-estate.ts';
import { checkGrantRights } from './checks/check-grant-rights.ts';
import { checkIdentities } from './checks/check-identities.ts';
import { checkManifests } from './checks/check-manifests.ts';
import { checkOperateRights } from './checks/check-operate-rights.ts';
import { checkRestorePlaces } from './checks/check-restore-places.ts';
import { checkDrillRights, checkRestoreRights } from './checks/check-restore-rights.ts';
import { checkRunning } from './checks/check-running.ts';
import { checkNode, checkSettings } from './checks/check-settings.ts';
import { checkSlack } from './checks/check-slack.ts';
import { checkSimulator } from './checks/check-simulator.ts';
import { checkTeams } from './checks/check-teams.ts';
import { guarded, type Finding } from './finding.ts';
import { readIdentityRoles } from './role-files.ts';

const secretNames = [
  'MicrosoftAppPassword',
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'SLACK_CLIENT_SECRET',
  'KLUIS_TOKEN_KEY',
  'KLUIS_ALERT_SECRETS',
  'AZURE_CLIENT_SECRET',
  'KLUIS_GRANT_CLIENT_SECRET',
  'KLUIS_RESTORE_CLIENT_SECRET',
  'KLUIS_SIGN_IN_CLIENT_SECRET',
  'DATABASE_URL',
];

/** What must not be printed from the environment, whatever an error says. */
export function secretsOf(env: Env): readonly string[] {
  const reading = readingOf(env);
  return secretNames.flatMap((name) => reading.text(name) ?? []);
}

/**
 * Everything the doctor checks, in the order in which it is fixed. It changes nothing, and the product may be running.
 */
export async function examine(env: Env): Promise<readonly Finding[]> {
  const { settings, findings } = checkSettings(env);
  const first = [checkNode(), ...findings];
  const manifests = () => guarded('Manifests', () => checkManifests());
  // Without valid settings it is unknown which database, Azure and bot are meant.
  if (settings === null) return [...first, ...(await manifests())];
  const config = await checkConfig(settings);
  const [teams, slack, running, database, azure] = await Promise.all([
    guarded('Teams', () => checkTeams(settings.teams)),
    guarded('Slack', () => checkSlack(settings.slack)),
    guarded('Product', () => checkRunning(settings)),
    guarded('Database', () =>
      checkDatabase(
        { ...databaseLocation(settings, settings.azure.clientId), connections: settings.databaseConnections },
        config.config,
      ),
    ),
    guarded('Azure', () => examineAzure(settings, config.config)),
  ]);
  return [...first, ...config.findings, ...database, ...running, ...teams, ...slack, ...azure, ...(await manifests())];
}

async function examineAzure(settings: Settings, config: KluisConfig): Promise<readonly Finding[]> {
  if (settings.azure.mode === 'azure') return examineEstate(settings, config, null);
  const { url, findings } = await checkSimulator(settings.simulator.port);
  return url === null ? findings : [...findings, ...(await examineEstate(settings, config, url))];
}

async function examineEstate(
  settings: Settings,
  config: KluisConfig,
  simulatorUrl: string | null,
): Promise<readonly Finding[]> {
  const line = azureLine(settings, simulatorUrl);
  const { identities, findings } = await checkIdentities(line, simulatorUrl === null ? settings.azure.tenantId : null);
  if (identities.operate === null) return findings;
  const { reads } = line.gateway;
  const { estate, findings: found } = await checkEstate(reads, settings.azure.subscriptionIds);
  const roles = await readIdentityRoles();
  const principal = identities.grant?.oid ?? null;
  const gateway = identities.grant ? line.gateway : { reads, grants: null };
  const restores = identities.restore && line.gateway.restores ? askedOnce(line.gateway.restores) : null;
  const groups = await Promise.all([
    guarded('Rights', () => checkOperateRights(line, roles.operate, estate)),
    guarded('Rights', () => checkGrantRights({ gateway, roles: roles.grant, estate, config, principal })),
    guarded('Rights', () =>
      checkRestoreRights({ restores, reads, roles: roles.restore, estate, principal: identities.restore?.oid ?? null }),
    ),
    guarded('Rights', () => checkRestorePlaces(restores, reads, { roles: roles.restore, estate })),
    guarded('Rights', () => checkDrillRights(restores, roles.drills, config.drills)),
    guarded('Alerts', () => checkAlertRoute(settings.alertWebhook, estate, line.alertRoutes)),
    guarded('Directory', () => checkBackupApplication(reads, config)),
    guarded('Directory', () => checkGroups(line.groups, config)),
    guarded('Approvers', () => checkGuests(line.groups, config)),
    guarded('Secrets', async () => checkCredentials(await line.credentialEnds(), new Date())),
  ]);
  // The simulated clock may have been set ahead by hand, so it doesn't count.
  const clock = simulatorUrl === null ? checkClock(line.gateway.clockSkew()) : [];
  return [...findings, ...found, ...clock, ...checkDefaultVault(estate, config), ...groups.flat()];
}
