/** Brings the simulated company into the state in which a command makes sense. */
import type { SimState } from '../../../src/sim/state/state.ts';
import { IDENTITIES } from '../../../src/sim/http/call.ts';
import type { AzureCli } from './azure-cli.ts';
import { changeEstate, type Change } from './estate.ts';
import { subscription, type Holes } from './filled.ts';

/** Makes changes of the estate. */
export const change = (...changes: Change[]) => {
  return async (cli: AzureCli) => {
    for (const one of changes) await changeEstate(cli, one);
  };
};

type KeyVault = SimState['keyVaults'][number];

/** A key vault is different. */
export const keyVault = (name: string, fields: (vault: KeyVault) => Partial<KeyVault>): Change => {
  return ({ keyVaults }) => ({
    keyVaults: keyVaults.map((vault) => (vault.name === name ? { ...vault, ...fields(vault) } : vault)),
  });
};

type Vm = SimState['vms'][number];

/** A VM is different. */
export const vmIs = (name: string, fields: Partial<Vm>): Change => {
  return ({ vms }) => ({ vms: vms.map((vm) => (vm.name === name ? { ...vm, ...fields } : vm)) });
};

type Item = SimState['items'][number];

/** The backups of vm-app-01 are different. */
export const item = (fields: (item: Item) => Partial<Item>): Change => {
  return ({ items }) => ({
    items: items.map((one) => (one.vmId.endsWith('/vm-app-01') ? { ...one, ...fields(one) } : one)),
  });
};

/** The owner may use the keys and secrets of every key vault with access policies. */
export const owned: Change = ({ keyVaults, tenantId }) => ({
  keyVaults: keyVaults.map((vault) => ({
    ...vault,
    accessPolicies: [
      ...vault.accessPolicies,
      { tenantId, objectId: IDENTITIES.owner, permissions: { keys: ['all'], secrets: ['all'] } },
    ],
  })),
});

/** kv-hr-weu, which is deleted in the estate, is there. */
export const back: Change = ({ keyVaults, deletedKeyVaults }) => ({
  keyVaults: [...keyVaults, ...deletedKeyVaults.map(({ vault }) => vault)],
  deletedKeyVaults: [],
});

/** Its disks aren't encrypted: Azure replaces disks, and creates VMs, of no others. */
export const plain: Change[] = [
  ({ disks }) => ({ disks: disks.map(({ ade: _, ...disk }) => disk) }),
  item(({ points }) => ({ points: points.map(({ keys: _, ...point }) => ({ ...point, encrypted: false })) })),
];

/** The first key or secret of kv-prod-weu is deleted. */
export const deleted = (kind: 'keys' | 'secrets'): Change =>
  keyVault('kv-prod-weu', (vault) => ({
    [kind]: vault[kind].slice(1),
    [kind === 'keys' ? 'deletedKeys' : 'deletedSecrets']: [{ ...vault[kind][0], deletedAt: vault.created }],
  }));

/** Its keys or secrets are disabled. */
export const disabled = (kind: 'keys' | 'secrets'): Change =>
  keyVault('kv-prod-weu', (vault) => ({
    [kind]: vault[kind].map((one) => ({ ...one, versions: one.versions.map((each) => ({ ...each, enabled: false })) })),
  }));

/** The first key or secret of kv-prod-weu, as the commands name it. */
export const keyIn = async (
  cli: AzureCli,
  kind: 'keys' | 'secrets' | 'deletedKeys' | 'deletedSecrets',
): Promise<Holes> => {
  const { keyVaults } = await cli.state();
  const one = keyVaults.find(({ name }) => name === 'kv-prod-weu')?.[kind]?.[0];
  const name = one?.name ?? '';
  return { key: name, secret: name, 'key or secret': name, version: one?.versions.at(-1)?.version ?? '' };
};

/** The service principals of Kluis, by which `--assignee` and `--spn` find them. */
export const known: Change = ({ directory }) => {
  const own = ['0001', '0003'].map((last) => `00000000-0000-0000-0000-0000000b${last}`);
  const servicePrincipals = own.map((id) => ({ id, appId: id, name: 'kluis' }));
  return { directory: { ...directory, servicePrincipals: [...directory.servicePrincipals, ...servicePrincipals] } };
};

/** Azure Backup may use every key vault, as the commands before these on the card see to. */
export const reachable = change(({ keyVaults, tenantId }) => ({
  keyVaults: keyVaults.map(({ rbac: _, firewall: _firewall, ...vault }) => ({
    ...vault,
    accessPolicies: [
      { tenantId, objectId: '00000000-0000-0000-0000-0000000bac09', permissions: { keys: ['all'], secrets: ['all'] } },
    ],
  })),
}));

/** A command that has to come first: what it prints. */
export async function first(cli: AzureCli, line: string): Promise<string> {
  const { code, out, err } = await cli.run(line);
  if (code !== 0) throw new Error(`${line}: ${err}`);
  return out.trim();
}

const staging = `/subscriptions/${subscription}/resourceGroups/rg-staging/providers/Microsoft.Storage/storageAccounts/stkluisweu`;
const itemOfApp = `-c 'IaasVMContainer;iaasvmcontainerv2;rg-app;vm-app-01' -i 'VM;iaasvmcontainerv2;rg-app;vm-app-01'`;

/** What a restore of vm-app-01 leaves in the staging account, for the commands that continue from there. */
export async function restoredFiles(cli: AzureCli): Promise<Holes> {
  await change(...plain)(cli);
  const point = (await cli.state()).items.find(({ vmId }) => vmId.endsWith('/vm-app-01'))?.points[0]?.id ?? '';
  const where = `-g rg-backup -v rsv-prod-weu ${itemOfApp} -r ${point} -t rg-restore`;
  await first(cli, `az backup restore restore-disks ${where} --storage-account ${staging}`);
  await cli.control('POST', 'clock', { advanceSeconds: 7200 });
  const template = (await cli.state()).blobs.find(({ name }) => /azuredeploy.*\.json$/.test(name));
  if (!template || !('text' in template)) throw new Error('the restore left no template');
  await cli.write('template.json', template.text);
  return { template: 'template.json' };
}
