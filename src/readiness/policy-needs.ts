/** What a VM asks of a policy, and why a policy cannot take it. */
import type { DiskChoice, PolicyFacts, VmFacts } from '../azure/gateway.ts';
import { type Agentless, agentlessOf } from './agentless.ts';
import type { NewPolicyReasons, Reason } from './findings/assessment.ts';
import { choiceOf, type ChosenDisks } from './chosen-disks.ts';
import { diskTraits, type DiskTraits } from './disk-kind.ts';
import { type EncryptionPicture, hasAde } from './encryption.ts';
import type { ProtectionPicture } from './protection.ts';
import type { VaultReading } from './reading.ts';

/**
 * The kinds of the disks, the place of the VM, and whether it has to be backed up without its agent. `choice`: the
 * disks that are backed up, null: all; `choosesOfAde`: some of a VM with Azure Disk Encryption.
 */
export type PolicyNeeds = DiskTraits & {
  readonly extendedZone: string | null;
  readonly agentless: Agentless;
  readonly choice: DiskChoice | null;
  readonly choosesOfAde: boolean;
};

type Known = {
  readonly vm: VmFacts;
  readonly encryption: EncryptionPicture;
  readonly protection?: Pick<ProtectionPicture, 'item' | 'policy'>;
  readonly vaults?: readonly VaultReading[];
  /** The disks that somebody chose; null or absent: the present choice, or all. */
  readonly chosen?: ChosenDisks | null | undefined;
};

/** Judges a VM; without its protection as one that has none. A policy that it already has is not chosen again. */
export function policyNeeds({ vm, encryption, protection, vaults = [], chosen }: Known): PolicyNeeds {
  const choice = chosen ? choiceOf(chosen) : (protection?.item?.diskChoice ?? null);
  const policies = vaults.flatMap((vault) => (vault.policies.ok ? vault.policies.value : []));
  return {
    ...diskTraits(encryption.disks, choice),
    choice,
    choosesOfAde: choice !== null && hasAde(encryption),
    extendedZone: vm.extendedZone,
    agentless: agentlessOf(vm, encryption, protection?.policy ? [] : policies),
  };
}

/**
 * Why a policy cannot take a VM like this; null where it can. Under a Standard policy Azure takes a snapshot of every
 * disk, those that are left out too (azure-docs, selective-disk-backup-restore), so what it cannot take cannot be
 * left out there.
 */
export function policyReason(
  policy: Pick<PolicyFacts, 'kind' | 'crashConsistentOnly'>,
  needs: PolicyNeeds,
): Reason | null {
  const { agentless, shared, extendedZone } = needs;
  if (agentless.asked && !policy.crashConsistentOnly) return { code: 'policy.needs-agent', params: {} };
  if (policy.crashConsistentOnly && agentless.fits === 'no') return { code: 'policy.crash-consistent', params: {} };
  if (policy.kind === 'Enhanced') return null;
  if (extendedZone !== null) return { code: 'policy.extended-zone', params: { zone: extendedZone } };
  if (shared.length > 0) return { code: 'policy.shared-disk', params: { disks: shared } };
  const disks = [...needs.enhancedOnly, ...needs.tooLargeLeftOut];
  if (disks.length > 0) return { code: 'policy.needs-enhanced', params: { disks } };
  return needs.choosesOfAde ? { code: 'policy.disks-of-ade', params: {} } : null;
}

/** Why a new policy of each kind couldn't take the VM. Policies that Kluis creates need the agent. */
export function newPolicyReasons(needs: PolicyNeeds): NewPolicyReasons {
  const reasonOf = (kind: PolicyFacts['kind']) => policyReason({ kind, crashConsistentOnly: false }, needs);
  return { Standard: reasonOf('Standard'), Enhanced: reasonOf('Enhanced') };
}
