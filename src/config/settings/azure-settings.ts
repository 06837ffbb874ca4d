import type { Reading } from './environment.ts';
import { guidSetting, isGuid, wordSetting } from './environment.ts';

const azureModes = ['azure', 'simulator'] as const;
/** Which Azure: the real one or the simulator. */
export type AzureMode = (typeof azureModes)[number];

/**
 * Where Azure is and what to look at. `clientId` chooses an identity for `DefaultAzureCredential`, where one is set.
 */
export type AzureSetting = {
  readonly mode: AzureMode;
  readonly subscriptionIds: readonly string[];
  readonly tenantId: string | null;
  readonly clientId: string | null;
};

/** The simulated estate's subscription and tenant. */
const simulated = {
  subscriptionId: '00000000-0000-0000-0000-00000000c0de',
  tenantId: '00000000-0000-0000-0000-0000007e4a47',
} as const;

/** Reads which Azure is meant and where to look; the mode is never guessed once a chat platform is configured. */
export function readAzure(reading: Reading, platformConfigured: boolean): AzureSetting {
  const mode = readMode(reading, platformConfigured);
  const given = readSubscriptions(reading);
  const tenantId = guidSetting(reading, 'AZURE_TENANT_ID', 'Microsoft Entra ID, page Overview');
  const clientId = guidSetting(reading, 'AZURE_CLIENT_ID', 'the app registration or the managed identity');
  if (mode === 'azure') complainOfGaps(reading);
  const isSimulator = mode === 'simulator';
  return {
    mode,
    subscriptionIds: given.length === 0 && isSimulator ? [simulated.subscriptionId] : given,
    tenantId: tenantId ?? (isSimulator ? simulated.tenantId : null),
    clientId,
  };
}

function readMode(reading: Reading, platformConfigured: boolean): AzureMode {
  const mode = wordSetting(reading, 'KLUIS_AZURE', azureModes);
  if (reading.text('KLUIS_AZURE') === null && platformConfigured)
    reading.complain(
      'KLUIS_AZURE',
      'it is not set, and a chat platform is configured: people would not know whether what they see is real',
      'Set it to azure, or to simulator to try Kluis out in that chat',
    );
  if (mode === 'azure' && !platformConfigured)
    reading.complain(
      'KLUIS_AZURE',
      'it is azure, but no chat platform is configured: anyone who reaches this machine could act on real VMs unauthenticated',
      'Configure Teams (MicrosoftAppId, …) or Slack (SLACK_BOT_TOKEN, …), or unset KLUIS_AZURE to use the simulator',
    );
  return mode ?? 'simulator';
}

function readSubscriptions(reading: Reading): readonly string[] {
  const ids = (reading.text('AZURE_SUBSCRIPTION_IDS') ?? '').split(/[\s,;]+/).filter((id) => id !== '');
  if (!ids.every(isGuid))
    reading.complain(
      'AZURE_SUBSCRIPTION_IDS',
      `entry ${ids.findIndex((id) => !isGuid(id)) + 1} is not a subscription id`,
      'List ids, separated by commas: az account list --query "[].id" -o tsv',
    );
  return [...new Set(ids.filter(isGuid).map((id) => id.toLowerCase()))];
}

// The SDK skips a half-set way to sign in without a word, and then signs in as somebody else.
function complainOfGaps(reading: Reading): void {
  if (reading.text('AZURE_SUBSCRIPTION_IDS') === null)
    reading.complain(
      'AZURE_SUBSCRIPTION_IDS',
      'it is not set, so there is nowhere to look',
      'List the subscriptions with the machines, separated by commas',
    );
  if (reading.text('AZURE_CLIENT_SECRET') === null) return;
  for (const name of ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID'])
    if (reading.text(name) === null)
      reading.complain(name, 'it is not set, but AZURE_CLIENT_SECRET is', 'Set it, or unset AZURE_CLIENT_SECRET');
}
