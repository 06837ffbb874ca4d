import type { AdeKeys, DeleteOption } from '../state/state-compute.ts';
import type { TemplateResource } from '../state/state-deployments.ts';
import { ArmRefusal } from '../http/reply.ts';
import { field, part, textField } from '../json.ts';

/** What a template requests for a VM: its disks, its network interfaces and its size. */
export type WantedVm = {
  size: string;
  disks: { role: 'os' | 'data'; lun: number; diskId: string; caching?: string; deleteOption?: DeleteOption }[];
  interfaceIds: string[];
  /** Those of them that are deleted with the VM. */
  takenInterfaceIds: string[];
  /** The key vaults that the template itself names for the OS disk's keys. */
  keyVaultIds: string[];
  /** Its settings of Azure Disk Encryption with an Entra application. */
  dualPass?: AdeKeys;
  securityType?: 'TrustedLaunch';
};

/**
 * Reads the VM of a template that is created from existing disks. Other ways to create a VM are refused, either as
 * Compute refuses them or because they aren't simulated.
 */
export function wantedVm({ properties }: TemplateResource): WantedVm {
  const storage = field(properties, 'storageProfile');
  const os = field(storage, 'osDisk');
  refuseUnfit(properties, os);
  const size = textField(field(properties, 'hardwareProfile'), 'vmSize');
  if (!size) throw invalidParameter("Required parameter 'hardwareProfile.vmSize' is missing (null).");
  const encryption = field(os, 'encryptionSettings');
  const keyVaultIds = ['diskEncryptionKey', 'keyEncryptionKey'].flatMap(
    (key) => textField(part(encryption, key, 'sourceVault'), 'id') ?? [],
  );
  const interfaces = listIn(field(properties, 'networkProfile'), 'networkInterfaces');
  const trusted = textField(field(properties, 'securityProfile'), 'securityType') === 'TrustedLaunch';
  return {
    size,
    disks: [
      { role: 'os', lun: 0, diskId: diskIdOf(os), ...cachingOf(os), ...deleteOptionOf(os) },
      ...listIn(storage, 'dataDisks').map((disk) => ({
        role: 'data' as const,
        lun: Number(field(disk, 'lun')),
        diskId: diskIdOf(disk),
        ...cachingOf(disk),
        ...deleteOptionOf(disk),
      })),
    ],
    interfaceIds: interfaces.map(interfaceIdOf),
    takenInterfaceIds: interfaces
      .filter((one) => deleteOptionOf(part(one, 'properties')).deleteOption)
      .map(interfaceIdOf),
    keyVaultIds,
    ...dualPassIn(encryption),
    ...(trusted ? { securityType: 'TrustedLaunch' } : {}),
  };
}

function dualPassIn(encryption: unknown): { dualPass?: AdeKeys } {
  const [secretUrl, keyUrl] = [
    textField(field(encryption, 'diskEncryptionKey'), 'secretUrl'),
    textField(field(encryption, 'keyEncryptionKey'), 'keyUrl'),
  ];
  const [secretVaultId, kekVaultId] = ['diskEncryptionKey', 'keyEncryptionKey'].map((key) =>
    textField(part(encryption, key, 'sourceVault'), 'id'),
  );
  if (!secretUrl || !secretVaultId) return {};
  return {
    dualPass: { secretUrl, secretVaultId, ...(keyUrl && kekVaultId ? { keyUrl, keyVaultId: kekVaultId } : {}) },
  };
}

function refuseUnfit(properties: unknown, os: unknown): void {
  if (textField(os, 'createOption')?.toLowerCase() !== 'attach') {
    throw invalidParameter('The simulator makes a VM from an existing OS disk only (createOption Attach).');
  }
  // Azure/azure-powershell issue 29158.
  if (part(properties, 'storageProfile', 'imageReference')) {
    throw invalidParameter(
      'Cannot attach an existing OS disk if the VM is created from a platform, user or a shared gallery image.',
    );
  }
  if (field(properties, 'osProfile')) throw invalidParameter("Parameter 'osProfile' is not allowed.");
}

function cachingOf(disk: unknown): { caching?: string } {
  const caching = textField(disk, 'caching');
  return caching ? { caching } : {};
}

function deleteOptionOf(holder: unknown): { deleteOption?: DeleteOption } {
  return textField(holder, 'deleteOption')?.toLowerCase() === 'delete' ? { deleteOption: 'Delete' } : {};
}

function interfaceIdOf(reference: unknown): string {
  return textField(reference, 'id') ?? '';
}

function diskIdOf(disk: unknown): string {
  const id = textField(field(disk, 'managedDisk'), 'id');
  if (id) return id;
  throw invalidParameter("Required parameter 'managedDisk.id' is missing (null).");
}

function listIn(value: unknown, name: string): unknown[] {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
}

function invalidParameter(text: string): ArmRefusal {
  return new ArmRefusal(400, 'InvalidParameter', text);
}
