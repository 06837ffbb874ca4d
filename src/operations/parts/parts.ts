/** The parts that a plan can have. */
import { allowDrillsPart } from './allow-drills.ts';
import { allowPart } from './allow-vm-without-kek.ts';
import { backUpPart } from './back-up-now.ts';
import { checkVmPart } from './check-vm.ts';
import { cleanUpPart } from './clean-up-staging.ts';
import { createVmPart } from './create-vm.ts';
import { cancelPart } from './cancel-job.ts';
import { deleteDrillPart } from './delete-drill.ts';
import { drillPart } from './drill.ts';
import { endDrillsPart } from './end-drills.ts';
import { endPart } from './end-kek-exception.ts';
import { grantPart } from './grant-key-vault-access.ts';
import { changePolicyPart, createPolicyPart } from './policy.ts';
import { pointPart } from './point-disks-to-keys.ts';
import { pushPart } from './push-ade-extension.ts';
import { protectPart } from './protect.ts';
import { registerPart } from './register-provider.ts';
import { recoverPart } from './recover-key-vault.ts';
import { restoreDisksPart } from './restore-disks.ts';
import { replaceDisksPart } from './replace-disks.ts';
import { restoreVmPart } from './restore-vm.ts';
import { putBackPart } from './restore-key-and-secret.ts';
import { resumePart, stopPart, undeletePart } from './protection.ts';
import { z } from 'zod';

/** How any part is read from the database. */
export const partSchema = z.discriminatedUnion('does', [
  registerPart,
  grantPart,
  protectPart,
  backUpPart,
  cancelPart,
  createPolicyPart,
  changePolicyPart,
  stopPart,
  resumePart,
  undeletePart,
  recoverPart,
  restoreDisksPart,
  restoreVmPart,
  replaceDisksPart,
  putBackPart,
  pointPart,
  createVmPart,
  pushPart,
  checkVmPart,
  cleanUpPart,
  drillPart,
  deleteDrillPart,
  allowPart,
  endPart,
  allowDrillsPart,
  endDrillsPart,
]);
export type Part = z.infer<typeof partSchema>;
