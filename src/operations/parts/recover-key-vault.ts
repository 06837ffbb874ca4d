import { z } from 'zod';
import { groupIdOf } from '../../core/arm-id.ts';
import type { Ask } from '../../people/rights.ts';
import { minute, second } from '../ground/durations.ts';
import { partBase, plannedVm } from '../ground/part.ts';
import { targetOf, vmTarget } from '../ground/targets.ts';

/**
 * Recovering a deleted key vault with everything in it. `vm` is the one whose keys are there, `vaultName` the Recovery
 * Services vault of its backups, if known. `region`: where it was. `then` is what follows in the plan.
 */
export const recoverPart = z
  .object({
    ...partBase,
    does: z.literal('recover-key-vault'),
    keyVault: z.object({ id: z.string(), name: z.string() }).readonly(),
    region: z.string(),
    vm: plannedVm,
    vaultName: z.string().nullable(),
    then: z.enum(['restore', 'nothing']),
    /** The names of the other VMs whose disks have keys there, as far as is known; absent in a restore. */
    others: z.array(z.string()).readonly().optional(),
  })
  .readonly();
export type RecoverPart = z.infer<typeof recoverPart>;

/** What its stages hand over. */
export const recoverMemo = z
  .object({
    /** Until when it may take to appear, in ISO. */
    until: z.string().optional(),
    /** How it gives access, once it is back. */
    model: z.enum(['policies', 'roles']).optional(),
    /** It was there without a recovery by Kluis: what is in it is not known. */
    adopted: z.literal(true).optional(),
  })
  .readonly();

/** The types of `recover-key-vault`. */
export type Recover = {
  readonly part: RecoverPart;
  readonly memo: z.infer<typeof recoverMemo>;
  readonly waits: typeof recoverWaits;
};

/** A deleted key vault, and whose keys are in it. */
type Recoverable = Pick<RecoverPart, 'keyVault' | 'region' | 'vm' | 'vaultName' | 'others'>;

/** The part that recovers it. */
export function planRecovery(from: Recoverable, then: RecoverPart['then']): RecoverPart {
  const { keyVault, region, vm, vaultName, others } = from;
  const id = `recover-${keyVault.name.toLowerCase()}`;
  return { id, after: [], does: 'recover-key-vault', keyVault, region, vm, vaultName, then, ...(others && { others }) };
}

/** How long the recovery of a key vault waits for Azure, in milliseconds. */
export const recoverWaits = {
  /** Between two looks at the key vault, and how long it may take to appear. */
  recoverLook: 5 * second,
  recoverShows: 10 * minute,
};

/** The right to recover a key vault, for the VM whose keys are in it. In Azure it is needed on the resource group. */
export function recoverAsks({ does, keyVault, vm, vaultName }: RecoverPart): readonly Ask[] {
  return [
    {
      operation: does,
      target: { ...vmTarget(vm), vault: vaultName, keyVault: keyVault.name },
      also: [{ ...targetOf(keyVault.id), keyVault: keyVault.name }],
      azure: [{ scope: groupIdOf(keyVault.id) ?? keyVault.id, actions: ['Microsoft.KeyVault/vaults/write'] }],
    },
  ];
}
