import { guidSetting, guidsSetting, type Reading, wordSetting } from './environment.ts';

const azureModes = ['azure', 'simulator'] as const;
/** Which Azure: the real one or the simulator. */
export type AzureMode = (typeof azureModes)[number];

/**
 * Where Azure is, and which subscriptions to look at. `clientId` chooses an identity for `DefaultAzureCredential`, if
 * set.
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

/** The settings of Azure and of the operating identity; Azure's own SDK reads the last two. */
export const azureNames = [
  'KLUIS_AZURE',
  'KLUIS_CLOUD',
  'AZURE_SUBSCRIPTION_IDS',
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_FEDERATED_TOKEN_FILE',
] as const;

/** Reads which Azure is meant and where to look; once a chat platform is configured the mode is never guessed. */
export function readAzure(reading: Reading, platformConfigured: boolean): AzureSetting {
  const mode = readMode(reading, platformConfigured);
  const given = readSubscriptions(reading);
  const tenantId = guidSetting(reading, 'AZURE_TENANT_ID', 'Microsoft Entra ID, page Overview');
  const clientId = guidSetting(reading, 'AZURE_CLIENT_ID', 'the app registration or the managed identity');
  complainOfOtherClouds(reading);
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
  return guidsSetting(reading, 'AZURE_SUBSCRIPTION_IDS', {
    each: 'a subscription id',
    remedy: 'List ids, separated by commas: az account list --query "[].id" -o tsv',
  });
}

// The usual names of the other clouds; their URLs, and what Azure Backup does there, are different.
function complainOfOtherClouds(reading: Reading): void {
  const cloud = reading.text('KLUIS_CLOUD');
  if (cloud === null || /^(public|AzureCloud|AzurePublicCloud)$/i.test(cloud)) return;
  reading.complain(
    'KLUIS_CLOUD',
    'Kluis works in the public cloud of Azure only, not in those of a government or of China',
    'Set it to public, or unset it',
  );
}

// The SDK silently skips a half-configured way to sign in, and then signs in as somebody else.
function complainOfGaps(reading: Reading): void {
  if (reading.text('AZURE_SUBSCRIPTION_IDS') === null)
    reading.complain(
      'AZURE_SUBSCRIPTION_IDS',
      'it is not set, so there is nowhere to look',
      'List the subscriptions with the machines, separated by commas',
    );
  const proofs = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'];
  const [proof, second] = proofs.filter((name) => reading.text(name) !== null);
  if (proof === undefined) return;
  if (second) reading.complain(second, `${proof} is set too`, 'Keep one way to sign in');
  for (const name of ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID'])
    if (reading.text(name) === null)
      reading.complain(name, `it is not set, but ${proof} is`, `Set it, or unset ${proof}`);
}
