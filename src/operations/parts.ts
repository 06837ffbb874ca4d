/** The parts that a plan can have. */
import { allowDrillsPart } from './allow-drills/plan.ts';
import { allowPart } from './allow-vm-without-kek/plan.ts';
import { backUpPart } from './back-up-now/plan.ts';
import { checkVmPart } from './check-vm/plan.ts';
import { cleanUpPart } from './clean-up-staging/plan.ts';
import { createVmPart } from './create-vm/plan.ts';
import { cancelPart } from './cancel-job/plan.ts';
import { deleteDrillPart } from './delete-drill/plan.ts';
import { drillPart } from './drill/plan.ts';
import { endDrillsPart } from './end-drills/plan.ts';
import { endPart } from './end-kek-exception/plan.ts';
import { grantPart } from './grant-key-vault-access/plan.ts';
import { changePolicyPart, createPolicyPart } from './policy/plan.ts';
import { pointPart } from './point-disks-to-keys/plan.ts';
import { pushPart } from './push-ade-extension/plan.ts';
import { protectPart } from './protect/plan.ts';
import { registerPart } from './register-provider/plan.ts';
import { recoverPart } from './recover-key-vault/plan.ts';
import { restoreDisksPart } from './restore-disks/plan.ts';
import { replaceDisksPart } from './replace-disks/plan.ts';
import { restoreVmPart } from './restore-vm/plan.ts';
import { putBackPart } from './restore-key-and-secret/plan.ts';
import { resumePart, stopPart, undeletePart } from './protection/plan.ts';
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
