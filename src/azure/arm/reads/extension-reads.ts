import type { AdeExtension, VmRestores } from '../../gateway.ts';
import { listOf, subject, wordOrNull } from '../parse/azure-values.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import { orNull, type Ask } from '../transport/observed-call.ts';

/** What is read about a VM's extensions. */
export function extensionReads(clients: ClientsOf, ask: Ask): Pick<VmRestores, 'adeExtension'> {
  return {
    adeExtension: (vmId, os) =>
      ask({ name: 'adeExtension', doing: `reading Azure Disk Encryption of ${vmId}` }, async () => {
        const { subscription, resourceGroup, name } = subject(vmId);
        const { virtualMachineExtensions } = clients(subscription).compute();
        const found = await orNull(
          virtualMachineExtensions.get(resourceGroup, name, adeExtensionType(os), { expand: 'instanceView' }),
        );
        if (!found) return null;
        const [status] = listOf(found.instanceView?.statuses);
        return {
          state: wordOrNull(found.provisioningState),
          tag: wordOrNull(found.forceUpdateTag),
          code: wordOrNull(status?.code),
          message: wordOrNull(status?.message),
        };
      }),
  };
}

/** The extension's type, which the Azure CLI also uses as its name (azure-cli, disk_encryption.py). */
export function adeExtensionType(os: AdeExtension['os']): string {
  return os === 'Windows' ? 'AzureDiskEncryption' : 'AzureDiskEncryptionForLinux';
}
