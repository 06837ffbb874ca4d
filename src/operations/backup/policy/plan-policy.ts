import { planVersion, type Plan } from '../../parts/plan.ts';
import { bodyOf, policyRefOf, vaultOf, type PolicyKnown } from './flow.ts';

/** A finished dialog's plan: one policy, with everything that is sent. Pure. */
export function planPolicy(known: PolicyKnown): Plan {
  const { mode, shape, place } = known;
  const base = {
    id: 'policy',
    after: [],
    ...policyRefOf(known),
    vaultName: vaultOf(known)?.name ?? '',
    shape,
    body: bodyOf(known),
  };
  if (mode === 'new') return { version: planVersion, vms: [], parts: [{ ...base, does: 'create-policy' }] };
  const { facts, body } = place.held ?? { facts: null, body: null };
  if (!facts) throw new Error('a policy that is not there cannot be changed');
  const part = { ...base, does: 'change-policy' as const, was: facts, before: body };
  return { version: planVersion, vms: [], parts: [part] };
}
