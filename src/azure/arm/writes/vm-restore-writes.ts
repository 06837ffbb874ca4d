import type { EncryptionSettingsElement } from '@azure/arm-compute';
import type { AdeExtension, DiskKeys, VmRestores } from '../../gateway.ts';
import { WireFailure } from '../map-fault.ts';
import { subject } from '../parse/azure-values.ts';
import { adeExtensionType } from '../reads/extension-reads.ts';
import { bodyOf, clientFor } from '../reads/deployment-reads.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import type { Ask } from '../transport/observed-call.ts';
import { sentWrite } from './sent-write.ts';

type VmRestoreWrites = Pick<VmRestores, 'pointDiskToKeys' | 'deploy' | 'pushAdeExtension'>;

/** Writes that recreate a VM. Each is sent, and not followed here: the result is read from what it changes. */
export function vmRestoreWrites(clients: ClientsOf, ask: Ask): VmRestoreWrites {
  return {
    pointDiskToKeys: (diskId, keys, attempt) =>
      ask({ name: 'pointDiskToKeys', doing: `writing into disk ${diskId} where its keys lie` }, async () => {
        const { subscription, resourceGroup, name } = subject(diskId);
        const encryptionSettings = keys.map(settingsOf);
        const settings = { enabled: true, encryptionSettingsVersion: '1.1', encryptionSettings };
        const { disks } = clients(subscription).compute();
        const sent = sentWrite(attempt);
        await disks.update(resourceGroup, name, { encryptionSettingsCollection: settings }, sent.options).submitted();
        return sent.receipt();
      }),

    deploy: (deployment, attempt) =>
      ask({ name: 'deploy', doing: `deploying ${deployment.name}` }, async () => {
        const { path, client } = clientFor(clients, deployment);
        const sent = sentWrite(attempt);
        await client.deployments.createOrUpdate(...path, bodyOf(deployment), sent.options).submitted();
        return sent.receipt();
      }),

    pushAdeExtension: (extension, attempt) =>
      ask({ name: 'pushAdeExtension', doing: `pushing Azure Disk Encryption to ${extension.vmId}` }, async () => {
        const { subscription, resourceGroup, name } = subject(extension.vmId);
        const { virtualMachineExtensions } = clients(subscription).compute();
        const body = extensionOf(extension);
        const path = [resourceGroup, name, body.typePropertiesType] as const;
        const sent = sentWrite(attempt);
        await virtualMachineExtensions.createOrUpdate(...path, body, sent.options).submitted();
        return sent.receipt();
      }),
  };
}

function settingsOf({ secretUrl, secretVaultId, keyUrl, keyVaultId }: DiskKeys): EncryptionSettingsElement {
  if (!secretUrl || !secretVaultId || (keyUrl === null) !== (keyVaultId === null))
    throw new WireFailure({ kind: 'refused', code: 'NoDiskKeys' });
  return {
    diskEncryptionKey: { secretUrl, sourceVault: { id: secretVaultId } },
    ...(keyUrl !== null && keyVaultId !== null
      ? { keyEncryptionKey: { keyUrl, sourceVault: { id: keyVaultId } } }
      : {}),
  };
}

/** As `az vm encryption enable --volume-type ALL` writes it (azure-cli's test_vm_disk_encryption_e2e.yaml). */
function extensionOf({ region, os, keyVaultUri, keyVaultId, kek, tag }: AdeExtension) {
  const windows = os === 'Windows';
  return {
    location: region,
    forceUpdateTag: tag,
    publisher: 'Microsoft.Azure.Security',
    typePropertiesType: adeExtensionType(os),
    typeHandlerVersion: windows ? '2.2' : '1.1',
    autoUpgradeMinorVersion: true,
    settings: {
      KeyVaultURL: keyVaultUri,
      VolumeType: 'ALL',
      EncryptionOperation: 'EnableEncryption',
      KeyEncryptionKeyURL: kek?.url ?? null,
      KeyEncryptionAlgorithm: 'RSA-OAEP',
      KeyVaultResourceId: keyVaultId,
      KekVaultResourceId: kek?.vaultId ?? '',
    },
  };
}
