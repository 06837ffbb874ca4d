/** What a VM asks of a policy, and why a policy cannot take it. */
import type { PolicyFacts, VmFacts } from '../azure/gateway.ts';
import { agentlessOf } from './agentless.ts';
import type { Agentless } from './agentless.ts';
import type { Reason } from './assessment.ts';
import { diskTraits } from './disk-kind.ts';
import type { DiskTraits } from './disk-kind.ts';
import type { EncryptionPicture } from './encryption.ts';
import type { ProtectionPicture } from './protection.ts';
import type { VaultReading } from './reading.ts';

/** The kinds of the disks, the place of the VM, and whether it has to be backed up without its agent. */
export type PolicyNeeds = DiskTraits & { readonly extendedZone: string | null; readonly agentless: Agentless };

type Known = {
  readonly vm: VmFacts;
  readonly encryption: EncryptionPicture;
  readonly protection?: Pick<ProtectionPicture, 'item' | 'policy'>;
  readonly vaults?: readonly VaultReading[];
};

/** Judges a VM; without its protection as one that has none. A policy that is in force is not chosen again. */
export function policyNeeds({ vm, encryption, protection, vaults = [] }: Known): PolicyNeeds {
  const policies = vaults.flatMap((vault) => (vault.policies.ok ? vault.policies.value : []));
  return {
    ...diskTraits(encryption.disks, protection?.item?.diskChoice ?? null),
    extendedZone: vm.extendedZone,
    agentless: agentlessOf(vm, encryption, protection?.policy ? [] : policies),
  };
}

/** Why a policy cannot take a VM like this; null where it can. */
export function policyReason(policy: PolicyFacts, needs: PolicyNeeds): Reason | null {
  const { agentless, shared, enhancedOnly, extendedZone } = needs;
  if (agentless.asked && !policy.crashConsistentOnly) return { code: 'policy.needs-agent', params: {} };
  if (policy.crashConsistentOnly && agentless.fits === 'no') return { code: 'policy.crash-consistent', params: {} };
  if (policy.kind === 'Enhanced') return null;
  if (extendedZone !== null) return { code: 'policy.extended-zone', params: { zone: extendedZone } };
  if (shared.length > 0) return { code: 'policy.shared-disk', params: { disks: shared } };
  return enhancedOnly.length === 0 ? null : { code: 'policy.needs-enhanced', params: { disks: enhancedOnly } };
}
