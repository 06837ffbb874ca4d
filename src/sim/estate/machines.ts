import type { AdeKeys, AttachedDiskSpec, DiskSpec, ExtensionSpec, VmSpec } from '../state/state-compute.ts';
import type { KeyVaultSpec, SecretContent, VaultObject } from '../state/state-keyvault.ts';
import type { SimState } from '../state/state.ts';
import { diskId, keyVaultId, vmId } from '../ids.ts';
import { objectUrl } from '../keyvault/secret-content.ts';
import { guidOf, hexOf } from '../invented.ts';

/** Describes a VM of the estate. `bek` and `kek` name key vaults; without `bek` there is no ADE. */
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

/** Encrypts a disk with a new BEK and puts that into these key vaults, as the extension does; `os` is the VM's. */
export function encryptDisk(state: SimState, disk: DiskSpec, at: EncryptionPlan): AdeKeys {
  disk.bek = `${disk.resourceGroup} ${disk.name}`;
  const keys = keysIn(state, disk.bek, {
    ...at,
    created: disk.created,
    machine: disk.managedBy?.split('/').pop() ?? '',
  });
  disk.ade = { ...keys, settingsVersion: '1.1' };
  return keys;
}

type EncryptionPlan = { bek: string; kek?: string; os: 'Windows' | 'Linux' };

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
  if (plan.bek) encryptDisk(state, spec, { bek: plan.bek, os: plan.os, ...(plan.kek ? { kek: plan.kek } : {}) });
  state.disks.push(spec);
  return { role: isOs ? 'os' : 'data', lun: isOs ? 0 : disk.at - 1, name, diskId: diskId(spec) };
}

function keysIn(state: SimState, words: string, plan: EncryptionPlan & { created: string; machine: string }): AdeKeys {
  const bek = vaultNamed(state, plan.bek);
  const secret = { name: guidOf(`bek ${words}`).toUpperCase(), version: hexOf(`bek ${words}`) };
  const file = plan.os === 'Linux' ? 'LinuxPassPhraseFileName' : `${secret.name}.BEK`;
  const tags = { DiskEncryptionKeyFileName: file, MachineName: plan.machine };
  const keys: AdeKeys = { secretUrl: objectUrl(bek, 'secrets', secret), secretVaultId: keyVaultId(bek) };
  const created = { enabled: true, created: plan.created };
  if (!plan.kek) {
    putVersion(bek.secrets, secret.name, {
      ...created,
      version: secret.version,
      holds: { bek: words, contentType: 'BEK', tags },
    });
    return keys;
  }
  const kek = vaultNamed(state, plan.kek);
  const key = { name: KEK, version: hexOf(`kek ${kek.name}`) };
  const keyUrl = objectUrl(kek, 'keys', key);
  putVersion(kek.keys, KEK, { ...created, version: key.version });
  putVersion(bek.secrets, secret.name, { ...created, version: secret.version, holds: wrappedBek(words, keyUrl, tags) });
  return { ...keys, keyUrl, keyVaultId: keyVaultId(kek) };
}

/** The tags that azure-docs tell people to set by hand (backup-azure-restore-key-secret). */
function wrappedBek(words: string, keyUrl: string, tags: Record<string, string>): SecretContent {
  const how = { DiskEncryptionKeyEncryptionAlgorithm: 'RSA-OAEP', DiskEncryptionKeyEncryptionKeyURL: keyUrl };
  return { bek: words, wrappedBy: keyUrl, contentType: 'Wrapped BEK', tags: { ...tags, ...how } };
}

function putVersion(objects: VaultObject[], name: string, version: VaultObject['versions'][number]): void {
  const found = objects.find((object) => object.name === name);
  if (!found) objects.push({ name, versions: [version] });
  else if (!found.versions.some((known) => known.version === version.version)) found.versions.push(version);
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
  const kekUrl = kek ? objectUrl(kek, 'keys', { name: KEK, version: hexOf(`kek ${kek.name}`) }) : null;
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
