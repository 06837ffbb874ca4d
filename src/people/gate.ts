import type { Ask, Decision } from './rights.ts';
import { decide, decideByRules } from './rights.ts';
import type { Member } from './roles.ts';
import type { Approval, RolesAndRules } from './rules.ts';
import { stricterApproval } from './rules.ts';

/** So many approvers within a time, after which the operation must have started within another. */
type Approvals = Exclude<Approval, string>;

/** What the gate answers to a plan: it may start; not, and by which decision; or only once so many others have approved. */
export type GateDecision =
  | { readonly gate: 'open' }
  | { readonly gate: 'refused'; readonly ask: Ask; readonly decision: Extract<Decision, { may: 'no' }> }
  | { readonly gate: 'approvals'; readonly ask: Ask; readonly approvals: Approvals };

/**
 * The one gate: asks for every right of a plan. The first no refuses it all; else the strictest approval holds for it all.
 * Without a person it says what the rules alone make of it, whoever asks.
 */
export function gateOf(person: Member | null, asks: readonly Ask[], config: RolesAndRules): GateDecision {
  let sum: GateDecision = { gate: 'open' };
  for (const ask of asks) {
    const decision = person === null ? decideByRules(ask, config.rules) : decide({ ...ask, person }, config);
    if (decision.may === 'no') return { gate: 'refused', ask, decision };
    sum = stricter(sum, ask, decision.approval);
  }
  return sum;
}

function stricter(sum: GateDecision, ask: Ask, approval: Approval): GateDecision {
  if (typeof approval === 'string') return sum;
  const isStricter = sum.gate !== 'approvals' || stricterApproval(sum.approvals, approval) === approval;
  return isStricter ? { gate: 'approvals', ask, approvals: approval } : sum;
}
