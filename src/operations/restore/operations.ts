import { checkVm } from './check-vm/operation.ts';
import { cleanUpStaging } from './clean-up-staging/operation.ts';
import { createVm } from './create-vm/operation.ts';
import { pointDisksToKeys } from './point-disks-to-keys/operation.ts';
import { pushAdeExtension } from './push-ade-extension/operation.ts';
import { replaceDisks } from './replace-disks/operation.ts';
import { restoreDisks } from './restore-disks/operation.ts';
import { restoreKeyAndSecret } from './restore-key-and-secret/operation.ts';
import { restoreVm } from './restore-vm/operation.ts';

/** Restores: of disks, of a VM in place of the old one or beside it, and of the keys of its disks. */
export const restoreOperations = [
  restoreDisks,
  restoreVm,
  replaceDisks,
  restoreKeyAndSecret,
  pointDisksToKeys,
  createVm,
  pushAdeExtension,
  checkVm,
  cleanUpStaging,
] as const;
