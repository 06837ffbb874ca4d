import { z } from 'zod';
import type { Ask } from '../../people/rights.ts';
import { followMemo } from '../ground/follow-item.ts';
import { onItem } from '../ground/part.ts';
import { vaultTarget, vmTarget } from '../ground/targets.ts';

/**
 * Stopping the backups of a VM; its recovery points stay. `guardRequest` is the request that a Resource Guard needs;
 * null: it doesn't protect against stopping, or there is none.
 */
export const stopPart = z
  .object({
    ...onItem,
    does: z.literal('stop-protection'),
    policyName: z.string().nullable(),
    guardRequest: z.string().nullable(),
  })
  .readonly();

/** Resuming the backups of a VM by a policy. */
export const resumePart = z
  .object({
    ...onItem,
    does: z.literal('resume-protection'),
    policyId: z.string(),
    policyName: z.string(),
  })
  .readonly();

/** Bringing back backups that were deleted and aren't gone yet; no new ones are made until they are resumed. */
export const undeletePart = z.object({ ...onItem, does: z.literal('undelete') }).readonly();

/** A part that changes the protection of a VM. */
export type ProtectionPart = z.infer<typeof stopPart> | z.infer<typeof resumePart> | z.infer<typeof undeletePart>;

/** What its stages hand over. */
export const protectionMemo = followMemo
  .extend({
    /** The job of a write whose response was lost. */
    jobId: z.string().optional(),
  })
  .readonly();

/** The types of these operations. */
export type Protection<P extends ProtectionPart = ProtectionPart> = {
  readonly part: P;
  readonly memo: z.infer<typeof protectionMemo>;
  readonly waits: object;
};

const writeItem = 'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/write';
/** Azure also requires these on the VM when its backups are resumed. */
const onVm = ['Microsoft.Compute/virtualMachines/read', 'Microsoft.Compute/virtualMachines/write'];

/** The right to stop, resume or undelete the backups of a VM. */
export function protectionAsk({ does, vm, ref, vaultName }: ProtectionPart): Ask {
  const azure = [{ scope: ref.vaultId, actions: [writeItem] }];
  return {
    operation: does,
    target: { ...vmTarget(vm), vault: vaultName },
    also: [vaultTarget(ref.vaultId, vaultName)],
    azure: does === 'resume-protection' ? [...azure, { scope: vm.id, actions: onVm }] : azure,
  };
}
