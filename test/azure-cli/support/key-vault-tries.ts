import type { AzureCli } from './azure-cli.ts';
import type { Holes } from './filled.ts';
import { back, change, deleted, disabled, first, keyIn, keyVault, known, owned } from './preparing.ts';
import type { Try } from './try.ts';

/** The backup of a key and the text of a secret, as a restore leaves them in the staging account. */
async function keyFiles(cli: AzureCli): Promise<Holes> {
  await change(back, owned)(cli);
  await cli.remove('key.backup');
  await first(cli, 'az keyvault key backup --vault-name kv-prod-weu --name kek-disks --file key.backup');
  await cli.write('secret.txt', 'AQIDBA==');
  const lost = ['kv-prod-weu', 'kv-hr-weu'].map((name) => keyVault(name, () => ({ keys: [] })));
  await change(...lost)(cli);
  const tags = ['DiskEncryptionKeyEncryptionAlgorithm=RSA-OAEP', 'DiskEncryptionKeyFileName=LinuxPassPhraseFileName'];
  return {
    'KeyBackupData, decoded from base64': 'key.backup',
    ...{ SecretData: 'secret.txt', secret: 'bek-restored', tags: tags.join(' ') },
  };
}

/** What is typed about key vaults, and about keys and secrets in them. */
export const keyVaultCommands: readonly Try[] = [
  { when: /^az keyvault recover .*kv-hr-weu/, changes: /^keyVaults\.kv-hr-weu\.name/ },
  {
    when: /^az keyvault recover .*(<kv>|\{keyVault\})/,
    before: async () => ({ kv: 'kv-hr-weu', keyVault: 'kv-hr-weu' }),
    changes: /^keyVaults\.kv-hr-weu\.name/,
  },
  { when: /^az keyvault list-deleted/, shows: /kv-hr-weu/ },
  { when: /^az keyvault show/, shows: /"name": "kv-web-weu"/ },
  {
    when: /^az keyvault create/,
    before: change(() => ({ deletedKeyVaults: [] })),
    changes: /^keyVaults\.kv-hr-weu\.enabledForDiskEncryption = true/,
  },
  {
    when: /^az keyvault network-rule add/,
    before: async (cli) => {
      await change(back)(cli);
      return { 'address of Kluis': '192.0.2.10' };
    },
    changes: /firewall\.addresses\.0 = "192\.0\.2\.10/,
  },
  {
    when: /^az keyvault set-policy/,
    // It writes permissions in the order of a Python set, which by chance is the one in which they are there already.
    before: change(back, known, ({ keyVaults }) => ({
      keyVaults: keyVaults.map((one) => ({ ...one, accessPolicies: [] })),
    })),
    changes: /accessPolicies\..*"restore"/,
  },
  {
    when: /^az keyvault update .*--bypass/,
    before: change(
      keyVault('kv-prod-weu', () => ({ firewall: { defaultAction: 'Deny', bypass: 'None' } })),
      keyVault('kv-shut-weu', () => ({ firewall: { defaultAction: 'Deny', bypass: 'None' } })),
    ),
    changes: /firewall\.bypass: "None" -> "AzureServices"/,
  },
  {
    when: /^az keyvault update .*--enabled-for-disk-encryption/,
    before: change(keyVault('kv-prod-weu', () => ({ enabledForDiskEncryption: false }))),
    changes: /enabledForDiskEncryption: false -> true/,
  },
  {
    when: /^az keyvault update .*--enable-purge-protection/,
    before: change(keyVault('kv-prod-weu', () => ({ purgeProtection: false }))),
    changes: /purgeProtection: false -> true/,
  },
  {
    when: /^az keyvault key restore/,
    before: keyFiles,
    changes: /^keyVaults\.kv-(?:prod|hr)-weu\.secrets\.bek-restored\..*contentType = "Wrapped BEK"/,
  },
  { when: /^az keyvault key show/, before: change(owned), shows: /^$/ },
  ...(['key', 'secret'] as const).flatMap((kind): Try[] => [
    {
      when: new RegExp(`^az keyvault ${kind} recover`),
      before: async (cli) => {
        await change(owned, deleted(`${kind}s`))(cli);
        return keyIn(cli, kind === 'key' ? 'deletedKeys' : 'deletedSecrets');
      },
      changes: new RegExp(`^keyVaults\\.kv-prod-weu\\.${kind}s\\.\\S+\\.recoveredAt =`),
    },
    {
      when: new RegExp(`^az keyvault ${kind} set-attributes`),
      before: async (cli) => {
        await change(owned, disabled(`${kind}s`))(cli);
        return keyIn(cli, `${kind}s`);
      },
      changes: /enabled: false -> true/,
    },
  ]),
];
