/** The list of all operations. */
import { allowDrills } from './drill/allow-drills/operation.ts';
import { allowVmWithoutKek } from './exception/allow-vm-without-kek/operation.ts';
import { backUpNow } from './backup/back-up-now/operation.ts';
import { checkVm } from './restore/check-vm/operation.ts';
import { cleanUpStaging } from './restore/clean-up-staging/operation.ts';
import { createVm } from './restore/create-vm/operation.ts';
import { cancelJob } from './backup/cancel-job/operation.ts';
import { grantKeyVaultAccess } from './backup/grant-key-vault-access/operation.ts';
import { endDrills } from './drill/end-drills/operation.ts';
import { endKekException } from './exception/end-kek-exception/operation.ts';
import type { Operation, PartKind } from './dialogs/operation.ts';
import type { PartBase } from './ground/part.ts';
import { changePolicy, createPolicy } from './backup/policy/operation.ts';
import { pointDisksToKeys } from './restore/point-disks-to-keys/operation.ts';
import { pushAdeExtension } from './restore/push-ade-extension/operation.ts';
import { protect } from './backup/protect/operation.ts';
import { registerProvider } from './backup/register-provider/operation.ts';
import { recoverKeyVault } from './backup/recover-key-vault/operation.ts';
import { restoreDisks } from './restore/restore-disks/operation.ts';
import { replaceDisks } from './restore/replace-disks/operation.ts';
import { deleteDrill } from './drill/delete-drill/operation.ts';
import { drill } from './drill/drill/operation.ts';
import { restoreVm } from './restore/restore-vm/operation.ts';
import { restoreKeyAndSecret } from './restore/restore-key-and-secret/operation.ts';
import { sharedWaits, type SharedWaits } from './ground/waits.ts';
import { resumeProtection, stopProtection, undelete } from './backup/protection/operation.ts';

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

/** How a part runs; throws as `kindOf` does. */
export function runnerOf(part: Pick<PartBase, 'does'>): PartKind['runner'] {
  return kindOf(part).runner;
}
