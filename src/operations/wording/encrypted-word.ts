import type { CheckVm } from '../parts/check-vm.ts';

/** How a disk is encrypted. */
export function encryptedWord({ encrypted, customerKey }: NonNullable<CheckVm['memo']['disks']>[number]) {
  if (encrypted === null) return 'checked.unread';
  if (encrypted) return 'restore.encrypted';
  return customerKey ? 'checked.customer-key' : 'checked.not-encrypted';
}
