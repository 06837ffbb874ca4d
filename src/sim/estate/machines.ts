import type { AdeKeys, AttachedDiskSpec, DiskSpec, ExtensionSpec, VmSpec } from '../state/state-compute.ts';
import type { KeyVaultSpec, VaultObject } from '../state/state-keyvault.ts';
import type { SimState } from '../state/state.ts';
import { diskId, keyVaultId, vmId } from '../ids.ts';
import { guidOf, hexOf } from './invented.ts';

/** How a VM of the estate is described. `bek` and `kek` name key vaults; without `bek` there is no ADE. */
export type MachinePlan = {
  name: string;
  resourceGroup: string;
  os: 'Windows' | 'Linux';
  subscription: string;
  location?: string;
  bek?: string;
  kek?: string;
  /** Sizes of the disks in GiB, the OS disk first. */
  disks?: number[];
  sku?: string;
  change?: Partial<VmSpec>;
  disk?: Partial<DiskSpec>;
  created: string;
};

/** Adds a VM with its disks to the state, and its disks' secrets to their key vaults. */
export function addMachine(state: SimState, plan: MachinePlan): VmSpec {
  const place = { subscription: plan.subscription, resourceGroup: plan.resourceGroup, name: plan.name };
  const sizes = plan.disks ?? [127, 64];
  const attached = sizes.map((size, at) => addDisk(state, plan, { size, at, owner: vmId(place) }));
  const vm: VmSpec = {
    ...place,
    location: plan.location ?? 'westeurope',
    tags: {},
    os: plan.os,
    size: sizes.length > 4 ? 'Standard_D32s_v5' : 'Standard_D4s_v5',
    vmId: guidOf(`vm ${plan.resourceGroup} ${plan.name}`),
    power: 'running',
    provisioning: 'Succeeded',
    agent: 'ready',
    extensionsAllowed: true,
    disks: attached,
    adeState: plan.bek ? 'encrypted' : 'none',
    extensions: plan.bek ? [adeExtension(state, plan)] : [],
    created: plan.created,
    ...plan.change,
  };
  state.vms.push(vm);
  return vm;
}

/** The KEK of a key vault: one key for all VMs that name it. */
const KEK = 'kek-disks';

/** Gives a disk new keys in these key vaults, and puts the secret there. */
export function encryptDisk(state: SimState, disk: DiskSpec, vaults: { bek: string; kek?: string }): AdeKeys {
  const keys = keysIn(state, `${disk.resourceGroup} ${disk.name}`, { ...vaults, created: disk.created });
  disk.ade = { ...keys, settingsVersion: '1.1' };
  return keys;
}

function addDisk(
  state: SimState,
  plan: MachinePlan,
  disk: { size: number; at: number; owner: string },
): AttachedDiskSpec {
  const isOs = disk.at === 0;
  const name = isOs ? `${plan.name}_OsDisk_1_${hexOf(plan.resourceGroup + plan.name)}` : `${plan.name}-data-${disk.at}`;
  const spec: DiskSpec = {
    subscription: plan.subscription,
    resourceGroup: plan.resourceGroup,
    name,
    location: plan.location ?? 'westeurope',
    sizeGiB: disk.size,
    sku: plan.sku ?? 'Premium_LRS',
    ...(isOs ? { os: plan.os } : {}),
    encryptionType: 'EncryptionAtRestWithPlatformKey',
    managedBy: disk.owner,
    created: plan.created,
    ...plan.disk,
  };
  if (plan.bek) encryptDisk(state, spec, { bek: plan.bek, ...(plan.kek ? { kek: plan.kek } : {}) });
  state.disks.push(spec);
  return { role: isOs ? 'os' : 'data', lun: isOs ? 0 : disk.at - 1, name, diskId: diskId(spec) };
}

function keysIn(state: SimState, words: string, vaults: { bek: string; kek?: string; created: string }): AdeKeys {
  const bek = vaultNamed(state, vaults.bek);
  const secret = { name: guidOf(`bek ${words}`).toUpperCase(), version: hexOf(`bek ${words}`) };
  putVersion(bek.secrets, secret, vaults.created);
  const keys: AdeKeys = {
    secretUrl: `https://${bek.name}.vault.azure.net/secrets/${secret.name}/${secret.version}`,
    secretVaultId: keyVaultId(bek),
  };
  if (!vaults.kek) return keys;
  const kek = vaultNamed(state, vaults.kek);
  const version = hexOf(`kek ${kek.name}`);
  putVersion(kek.keys, { name: KEK, version }, vaults.created);
  return { ...keys, keyUrl: `https://${kek.name}.vault.azure.net/keys/${KEK}/${version}`, keyVaultId: keyVaultId(kek) };
}

function putVersion(objects: VaultObject[], wanted: { name: string; version: string }, created: string): void {
  const found = objects.find((object) => object.name === wanted.name);
  const version = { version: wanted.version, enabled: true, created };
  if (!found) objects.push({ name: wanted.name, versions: [version] });
  else if (!found.versions.some((known) => known.version === wanted.version)) found.versions.push(version);
}

function vaultNamed(state: SimState, name: string): KeyVaultSpec {
  const found = state.keyVaults.find((vault) => vault.name === name);
  if (!found) throw new Error(`the estate has no key vault ${name}`);
  return found;
}

function adeExtension(state: SimState, plan: MachinePlan): ExtensionSpec {
  const bek = vaultNamed(state, plan.bek ?? '');
  const kek = plan.kek ? vaultNamed(state, plan.kek) : undefined;
  const linux = plan.os === 'Linux';
  const kekUrl = kek ? `https://${kek.name}.vault.azure.net/keys/${KEK}/${hexOf(`kek ${kek.name}`)}` : null;
  return {
    name: linux ? 'AzureDiskEncryptionForLinux' : 'AzureDiskEncryption',
    publisher: 'Microsoft.Azure.Security',
    type: linux ? 'AzureDiskEncryptionForLinux' : 'AzureDiskEncryption',
    version: linux ? '1.1' : '2.2',
    runtimeVersion: linux ? '1.4.0.10' : '2.5.0.6',
    state: 'Succeeded',
    settings: {
      KeyVaultURL: `https://${bek.name}.vault.azure.net`,
      VolumeType: 'ALL',
      EncryptionOperation: 'EnableEncryption',
      KeyEncryptionKeyURL: kekUrl,
      KeyEncryptionAlgorithm: 'RSA-OAEP',
      SequenceVersion: guidOf(`sequence ${plan.name}`),
      KeyVaultResourceId: keyVaultId(bek),
      KekVaultResourceId: kek ? keyVaultId(kek) : '',
    },
  };
}
