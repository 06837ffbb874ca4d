/** What can be done with a VM's backups in their current state, and the plan for it. Pure. */
import { guardRequestOf } from '../../dialogs/guard.ts';
import { planVersion, type Plan } from '../../parts/plan.ts';
import type { Part } from '../../parts/parts.ts';
import type { FoundItem, Change } from './found.ts';
import type { ProtectionPart } from '../../parts/protection.ts';

/** What these dialogs know. `policy` is asked when backups are resumed. */
export type ProtectionKnown = {
  readonly args: readonly string[];
  readonly found: FoundItem;
  readonly policy: string;
  readonly go: Change;
  readonly [step: string]: unknown;
};

/** The plan of one such part. */
export function planOf(part: ProtectionPart & Part): Plan {
  return { version: planVersion, vms: [{ id: part.vm.id, name: part.vm.name }], parts: [part] };
}

/** What would be done, as chosen so far; null: it isn't possible, or a policy is missing. */
export function partOf({ found, policy }: Partial<ProtectionKnown>, change: Change): (ProtectionPart & Part) | null {
  const backups = found && isPossible(found, change) ? found.backups : null;
  if (!backups) return null;
  const { vm, ref, vaultName, policyName } = backups;
  const base = { id: 'protection', after: [], vm, ref, vaultName };
  switch (change) {
    case 'stop-protection':
      return { ...base, does: change, policyName, guardRequest: guardRequestOf(backups) };
    case 'undelete':
      return { ...base, does: change };
    case 'resume-protection': {
      const chosen = backups.resume?.policies.find(({ id }) => id === policy);
      return chosen ? { ...base, does: change, policyId: chosen.id, policyName: chosen.name } : null;
    }
  }
}

/** Whether the state of the backups allows this. */
export function isPossible({ backups }: FoundItem, change: Change): boolean {
  if (!backups) return false;
  if (change === 'stop-protection') return backups.standing === 'on';
  if (change === 'undelete') return backups.standing === 'deleted';
  const { resume, standing } = backups;
  return standing === 'stopped' && resume !== null && resume.blocked === null && resume.policies.length > 0;
}
