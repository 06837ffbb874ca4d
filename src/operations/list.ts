/** The list of all operations. */
import { allowDrills } from './allow-drills/operation.ts';
import { allowVmWithoutKek } from './allow-vm-without-kek/operation.ts';
import { backUpNow } from './back-up-now/operation.ts';
import { checkVm } from './check-vm/operation.ts';
import { cleanUpStaging } from './clean-up-staging/operation.ts';
import { createVm } from './create-vm/operation.ts';
import { cancelJob } from './cancel-job/operation.ts';
import { grantKeyVaultAccess } from './grant-key-vault-access/operation.ts';
import { endDrills } from './end-drills/operation.ts';
import { endKekException } from './end-kek-exception/operation.ts';
import type { Operation, PartKind } from './operation.ts';
import type { PartBase } from './part.ts';
import { changePolicy, createPolicy } from './policy/operation.ts';
import { pointDisksToKeys } from './point-disks-to-keys/operation.ts';
import { pushAdeExtension } from './push-ade-extension/operation.ts';
import { protect } from './protect/operation.ts';
import { registerProvider } from './register-provider/operation.ts';
import { recoverKeyVault } from './recover-key-vault/operation.ts';
import { restoreDisks } from './restore-disks/operation.ts';
import { replaceDisks } from './replace-disks/operation.ts';
import { deleteDrill } from './delete-drill/operation.ts';
import { drill } from './drill/operation.ts';
import { restoreVm } from './restore-vm/operation.ts';
import { restoreKeyAndSecret } from './restore-key-and-secret/operation.ts';
import { sharedWaits, type SharedWaits } from './waits.ts';
import { resumeProtection, stopProtection, undelete } from './protection/operation.ts';

const all = [
  registerProvider,
  grantKeyVaultAccess,
  protect,
  backUpNow,
  cancelJob,
  createPolicy,
  changePolicy,
  stopProtection,
  resumeProtection,
  undelete,
  recoverKeyVault,
  restoreDisks,
  restoreVm,
  replaceDisks,
  restoreKeyAndSecret,
  pointDisksToKeys,
  createVm,
  pushAdeExtension,
  checkVm,
  cleanUpStaging,
  drill,
  deleteDrill,
  allowVmWithoutKek,
  endKekException,
  allowDrills,
  endDrills,
] as const;

/** All operations. */
export const operations: readonly Operation[] = all;

type Together<Each> = (Each extends unknown ? (each: Each) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** All waits by name: the shared ones, and each operation's own. */
export type Waits = SharedWaits & Readonly<Together<(typeof all)[number]['part']['waits']>>;

/** The waits for the real Azure. */
export const realWaits = Object.assign({}, sharedWaits, ...operations.map(({ part }) => part.waits)) as Waits;

const kinds = new Map(operations.map(({ name, part }) => [name as string, part]));

/** A part's kind; throws for a name that no operation has, which no readable plan contains. */
export function kindOf({ does }: Pick<PartBase, 'does'>): PartKind {
  const kind = kinds.get(does);
  if (!kind) throw new Error(`no operation is called ${does}`);
  return kind;
}
