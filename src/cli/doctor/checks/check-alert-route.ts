import type { AlertWebhookSetting } from '../../../config/settings/alert-settings.ts';
import { keyOfId, parseArmId } from '../../../core/arm-id.ts';
import { shellWord } from '../../../core/shell-word.ts';
import type { ActionGroup, AlertRoutes, Webhook } from '../alert-routes.ts';
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
  const calling = groups.filter(({ enabled, webhooks }) => enabled && webhooks.some(isOurs));
  const isAdded = (id: string) => calling.some((group) => keyOfId(group.id) === keyOfId(id));
  const adding = rules.filter(({ enabled, adds }) => enabled && adds.some(isAdded));
  const uncovered = vaults.filter(({ id }) => !adding.some(({ scopes }) => scopes.some((scope) => isBelow(id, scope))));
  const silent = vaults.filter(({ jobFailureAlerts }) => jobFailureAlerts?.toLowerCase() !== 'enabled');
  const findings = [
    ...silent.map(({ id, name }) => silentVault(id, name)),
    ...(calling.length === 0 ? [noGroup()] : []),
    ...calling.flatMap((group) => wrongWebhooks(group, webhook)),
    ...(calling.length > 0 && uncovered.length > 0 ? [noRule(uncovered.map(({ name }) => name))] : []),
  ];
  return findings.length > 0 ? findings : [ok(about, `${vaults.length} vaults send failed backups to the webhook`)];
}

function isOurs({ uri }: Webhook): boolean {
  return uri.includes(endpoint);
}

/** Calls that Kluis would refuse: each with what is wrong, and the command that makes it right. No secret is shown. */
function wrongWebhooks({ id, webhooks }: ActionGroup, setting: AlertWebhookSetting): Finding[] {
  const { name: group = id, resourceGroup = '<group>' } = parseArmId(id) ?? {};
  return webhooks.filter(isOurs).flatMap((webhook) => {
    const wrong = wrongIn(webhook, setting);
    if (wrong === null) return [];
    const update = `az monitor action-group update -g ${shellWord(resourceGroup)} -n ${shellWord(group)}`;
    const named = shellWord(webhook.name);
    const [address = ''] = webhook.uri.split('?');
    const proof = setting.token
      ? `${shellWord(address)} useaadauth <object id of its app registration> ${shellWord(setting.token.audience)}`
      : `${shellWord(`${address}?secret=<the secret of KLUIS_ALERT_SECRETS>`)}`;
    const command = `${update} --remove-action ${named} && ${update} --add-action webhook ${named} ${proof} usecommonalertschema`;
    return [warning(about, `webhook ${webhook.name} of ${group} would be refused: ${wrong}`, command)];
  });
}

/** What Kluis doesn't accept of it; null: nothing. Which app registration an object ID is can't be told from here. */
function wrongIn({ uri, isCommonSchema, entra }: Webhook, { secrets, token }: AlertWebhookSetting): string | null {
  if (!isCommonSchema) return "it doesn't use the common alert schema";
  const secret = URL.parse(uri)?.searchParams.get('secret') ?? null;
  if (secret !== null && secrets.includes(secret)) return null;
  if (entra === null) {
    if (secrets.length === 0) return 'it sends no token, and KLUIS_ALERT_SECRETS is not set';
    return secret === null ? 'its URI has no secret' : 'the secret in its URI is none of KLUIS_ALERT_SECRETS';
  }
  if (token === null) return 'it sends a token, and KLUIS_ALERT_AUDIENCE is not set';
  if (entra.objectId === '') return 'it names no object ID of an app registration';
  if (entra.identifierUri !== token.audience)
    return `its identifier URI is ${entra.identifierUri || 'empty'}, and KLUIS_ALERT_AUDIENCE is ${token.audience}`;
  if (entra.tenantId !== '' && entra.tenantId.toLowerCase() !== token.tenantId.toLowerCase())
    return `its tenant is ${entra.tenantId}, and AZURE_TENANT_ID is ${token.tenantId}`;
  return null;
}

function isBelow(id: string, scope: string): boolean {
  return keyOfId(id) === keyOfId(scope) || keyOfId(id).startsWith(`${keyOfId(scope)}/`);
}

function silentVault(id: string, name: string): Finding {
  const group = parseArmId(id)?.resourceGroup ?? '<group>';
  const found = `${name} doesn't send alerts of failed jobs to Azure Monitor`;
  return warning(
    about,
    found,
    `az backup vault update -g ${shellWord(group)} -n ${shellWord(name)} --job-failure-alerts Enable`,
  );
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
