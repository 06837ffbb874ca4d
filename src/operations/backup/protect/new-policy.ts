/**
 * "New policy…" in the backup dialog: among the policies, or instead of them if none fits; what it opens, and for whom.
 * Pure.
 */
import { sameId } from '../../../core/arm-id.ts';
import type { Ask } from '../../../people/rights.ts';
import type { VaultChoice } from '../../../readiness/findings/assessment.ts';
import { verdictOf } from '../../../readiness/findings/verdict.ts';
import type { Beside, Inputs, Offer } from '../../dialogs/dialog-kind.ts';
import { policyAsk } from '../../parts/policy.ts';
import { isUnprotected, policyCodes } from './disks.ts';
import { eligibleVaults, type BackupKnown, type Reading } from './known.ts';

/** The answer "none of the existing policies". */
export const newPolicy = 'new-policy';

type Known = Pick<BackupKnown, 'reading'> & Partial<Pick<BackupKnown, 'vault'>>;

/** The right to create a policy in this vault; null if no policy that the form can create would fit the VM. */
export function newPolicyAsk({ reading, vault }: Pick<BackupKnown, 'reading' | 'vault'>): Ask | null {
  const vaults = [...eligibleVaults({ reading }), ...vaultsLackingPolicy({ reading })];
  const chosen = vaults.find(({ id }) => sameId(id, vault));
  return chosen && canBeCreated(reading) ? askIn(chosen) : null;
}

/**
 * The Recovery Services vaults in which a fitting policy is all that is missing before something can be started for the
 * VM; if one was chosen, only that. A grant that is missing as well comes afterwards.
 */
export function vaultsLackingPolicy({ reading, vault }: Known): readonly VaultChoice[] {
  const { findings, grants, protection, destinations } = reading.assessment;
  const others = findings.filter(({ code }) => !policyCodes.includes(code));
  const isLacking = others.length < findings.length && verdictOf(others, grants) !== 'blocked';
  if (!isLacking || !isUnprotected(protection) || !canBeCreated(reading)) return [];
  return destinations.vaults.filter(
    ({ id, reason }) => reason?.code === 'destination.no-policy' && (vault === undefined || sameId(id, vault)),
  );
}

/** Creating a policy, as an offer of the card: one for each of those vaults. */
export function newPolicyOffers(known: Known): readonly Offer[] {
  return vaultsLackingPolicy(known).map((vault) => ({ go: newPolicyOffer(vault), asks: [askIn(vault)] }));
}

/** The name of that offer. */
export function newPolicyOffer({ id }: Pick<VaultChoice, 'id'>): string {
  return `${newPolicy} ${id}`;
}

/** The form for a new policy in the chosen vault, for this VM. Its rights are checked before it: no plan exists yet. */
export function newPolicyFor(inputs: Inputs, known: Partial<BackupKnown>, dialog: string): Beside | null {
  const { reading } = known;
  if (inputs['policy'] !== newPolicy || !reading) return null;
  const vault = typeof inputs['vault'] === 'string' ? inputs['vault'] : known.vault;
  const ask = vault === undefined ? null : newPolicyAsk({ reading, vault });
  if (!ask) return null;
  const why = reading.assessment.destinations.newPolicy?.Standard ?? null;
  const returns = { dialog, vm: reading.assessment.vm.name, enhanced: why !== null, ...(why && { why }) };
  return { flow: 'policy', inputs: { args: ['new', vault], returns }, asks: [ask] };
}

function canBeCreated({ assessment: { destinations } }: Reading): boolean {
  return Object.values(destinations.newPolicy ?? {}).includes(null);
}

function askIn({ id, name }: VaultChoice): Ask {
  return policyAsk('create-policy', { vaultId: id, vaultName: name });
}
