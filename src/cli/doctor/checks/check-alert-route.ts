import type { AlertWebhookSetting } from '../../../config/settings/alert-settings.ts';
import { keyOfId, parseArmId } from '../../../core/arm-id.ts';
import type { AlertRoutes } from '../alert-routes.ts';
import { ok, someOf, warning, type Finding } from '../finding.ts';
import type { FoundEstate } from './check-estate.ts';

const about = 'Alerts';
const endpoint = '/alerts/azure-monitor';

/**
 * Checks whether Azure's own alerts about failed backups reach the webhook: each Recovery Services vault has to send
 * them, an action group has to call Kluis, and an alert processing rule has to add that group to the alerts. Nothing is
 * lost if they don't, since Kluis polls: it only takes longer.
 */
export async function checkAlertRoute(
  webhook: AlertWebhookSetting | null,
  estate: readonly FoundEstate[],
  read: (subscription: string) => Promise<AlertRoutes>,
): Promise<readonly Finding[]> {
  if (webhook === null) return [ok(about, 'no webhook is set: failed backups are found by polling')];
  const routes = await Promise.all(
    estate.map(async ({ subscription, vaults }) => ({ subscription, vaults, routes: await read(subscription) })),
  );
  const vaults = estate.flatMap((one) => one.vaults);
  const groups = routes.flatMap((one) => one.routes.groups);
  const rules = routes.flatMap((one) => one.routes.rules);
  const calling = groups.filter(({ enabled, webhooks }) => enabled && webhooks.some((uri) => uri.includes(endpoint)));
  const isAdded = (id: string) => calling.some((group) => keyOfId(group.id) === keyOfId(id));
  const adding = rules.filter(({ enabled, adds }) => enabled && adds.some(isAdded));
  const uncovered = vaults.filter(({ id }) => !adding.some(({ scopes }) => scopes.some((scope) => isBelow(id, scope))));
  const silent = vaults.filter(({ jobFailureAlerts }) => jobFailureAlerts?.toLowerCase() !== 'enabled');
  const findings = [
    ...silent.map(({ id, name }) => silentVault(id, name)),
    ...(calling.length === 0 ? [noGroup()] : []),
    ...(calling.length > 0 && uncovered.length > 0 ? [noRule(uncovered.map(({ name }) => name))] : []),
  ];
  return findings.length > 0 ? findings : [ok(about, `${vaults.length} vaults send failed backups to the webhook`)];
}

function isBelow(id: string, scope: string): boolean {
  return keyOfId(id) === keyOfId(scope) || keyOfId(id).startsWith(`${keyOfId(scope)}/`);
}

function silentVault(id: string, name: string): Finding {
  const group = parseArmId(id)?.resourceGroup ?? '<group>';
  const found = `${name} doesn't send alerts of failed jobs to Azure Monitor`;
  return warning(about, found, `az backup vault update -g ${group} -n ${name} --job-failure-alerts Enable`);
}

function noGroup(): Finding {
  const command =
    'az monitor action-group create -g <group> -n ag-kluis --short-name kluis --action webhook kluis ' +
    `"https://<host>${endpoint}?secret=<secret>" usecommonalertschema`;
  return warning(about, `no action group calls ${endpoint}`, command);
}

function noRule(names: readonly string[]): Finding {
  const command =
    'az monitor alert-processing-rule create -g <group> -n apr-kluis --rule-type AddActionGroups ' +
    '--action-groups <action group id> --scopes /subscriptions/<subscription id> ' +
    '--filter-resource-type Equals microsoft.recoveryservices/vaults';
  return warning(about, `no alert processing rule adds the action group for ${someOf(names)}`, command);
}
