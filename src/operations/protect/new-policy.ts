/** "New policy…" among the policies of the backup dialog: what it opens, and whether it is offered. Pure. */
import { sameId } from '../../core/arm-id.ts';
import type { Ask } from '../../people/rights.ts';
import type { Beside, Inputs } from '../conversation.ts';
import { policyAsk } from '../policy/asks.ts';
import { eligibleVaults, type BackupKnown, type Reading } from './flow.ts';

/** The answer "none of the existing policies". */
export const newPolicy = 'new-policy';

/** The right to create a policy in this vault; null if no policy that the form can create would fit the VM. */
export function newPolicyAsk({ reading, vault }: Pick<BackupKnown, 'reading' | 'vault'>): Ask | null {
  const chosen = eligibleVaults({ reading }).find(({ id }) => sameId(id, vault));
  // Agentless backups need a policy for crash-consistent snapshots only, which the form doesn't create.
  if (!chosen || reasonsAgainst(reading).includes('policy.needs-agent')) return null;
  return policyAsk('create-policy', { vaultId: chosen.id, vaultName: chosen.name });
}

/** The form for a new policy in the chosen vault, for this VM. Its rights are checked before it: no plan exists yet. */
export function newPolicyFor(inputs: Inputs, known: Partial<BackupKnown>, dialog: string): Beside | null {
  const { reading } = known;
  const vault = typeof inputs['vault'] === 'string' ? inputs['vault'] : known.vault;
  if (inputs['policy'] !== newPolicy || !reading || !vault) return null;
  const ask = newPolicyAsk({ reading, vault });
  if (!ask) return null;
  const returns = { dialog, vm: reading.assessment.vm.name, enhanced: onlyEnhanced(reading) };
  return { flow: 'policy', inputs: { args: ['new', vault], returns }, asks: [ask] };
}

const standardRefused = ['policy.needs-enhanced', 'policy.shared-disk', 'policy.extended-zone'];

function onlyEnhanced(reading: Reading): boolean {
  return reasonsAgainst(reading).some((code) => standardRefused.includes(code));
}

function reasonsAgainst({ assessment }: Reading): readonly string[] {
  return Object.values(assessment.destinations.policies)
    .flat()
    .flatMap(({ reason }) => (reason ? [reason.code] : []));
}
