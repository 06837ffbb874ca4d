import { lackOf, type AzureHoldings, type AzureNeed } from './azure-role.ts';
import type { OperationName } from './operations.ts';
import { type Ask, decide, decideByRules, type Decision, demandsAzureRole } from './rights.ts';
import type { Member } from './roles.ts';
import { type Approval, type RolesAndRules, stricterApproval } from './rules.ts';

/** A number of approvers within a given time, and the time after that within which the operation must start. */
type Approvals = Exclude<Approval, string>;

/**
 * What the gate answers to a plan: it can start; it can't, and because of which decision; or only after that many
 * others have approved.
 */
export type GateDecision =
  | { readonly gate: 'open' }
  | { readonly gate: 'refused'; readonly ask: Ask; readonly decision: Extract<Decision, { may: 'no' }> }
  | { readonly gate: 'approvals'; readonly ask: Ask; readonly approvals: Approvals };

/** What the requester has in Azure for a need; or why that is unknown. */
export type InAzure = (need: AzureNeed) => AzureHoldings | 'azure-unread' | 'not-in-entra';

/**
 * Who asks for what, and from where. Nobody: the answer is what applies to everybody. `startable` is what can be
 * started from that channel; null: everything, as in a personal chat. `inAzure` null: skipped, since it only applies to
 * a person.
 */
type GateQuestion = {
  readonly person: Member | null;
  readonly asks: readonly Ask[];
  readonly startable: readonly OperationName[] | null;
  readonly inAzure: InAzure | null;
};

/**
 * The one gate: checks every right of a plan. The first no refuses all of it; otherwise the strictest approval applies
 * to all of it. A channel narrows what role and rules allow, and is checked after them, so that nobody is sent to
 * another channel only to be refused there. The person's Azure roles narrow it further, and are checked last: they have
 * to be read.
 */
export function gateOf({ person, asks, startable, inAzure }: GateQuestion, config: RolesAndRules): GateDecision {
  let sum: GateDecision = { gate: 'open' };
  let closed: Ask | null = null;
  for (const ask of asks) {
    const decision = person === null ? decideByRules(ask, config.rules) : decide({ ...ask, person }, config);
    if (decision.may === 'no') return { gate: 'refused', ask, decision };
    if (!isStartable(ask.operation, startable)) closed ??= ask;
    sum = stricter(sum, ask, decision.approval);
  }
  if (closed) return { gate: 'refused', ask: closed, decision: { may: 'no', because: 'channel' } };
  return (inAzure && refusedByAzure(asks, config, inAzure)) ?? sum;
}

/** The first right that a rule ties to the person's Azure roles and that these don't give. */
function refusedByAzure(asks: readonly Ask[], { rules }: RolesAndRules, inAzure: InAzure): GateDecision | null {
  for (const ask of asks.filter((one) => demandsAzureRole(one, rules))) {
    for (const need of ask.azure) {
      const holdings = inAzure(need);
      if (typeof holdings === 'string') return { gate: 'refused', ask, decision: { may: 'no', because: holdings } };
      const lack = lackOf([need], holdings);
      if (lack) return { gate: 'refused', ask, decision: { may: 'no', because: 'azure-role', lack } };
    }
  }
  return null;
}

/** Whether an operation can be started from a channel. */
export function isStartable(operation: OperationName, startable: readonly OperationName[] | null): boolean {
  return startable === null || startable.includes(operation);
}

function stricter(sum: GateDecision, ask: Ask, approval: Approval): GateDecision {
  if (typeof approval === 'string') return sum;
  if (sum.gate !== 'approvals') return { gate: 'approvals', ask, approvals: approval };
  const approvals = stricterApproval(sum.approvals, approval) as Approvals;
  return { ...sum, ...(approvals.approvals > sum.approvals.approvals && { ask }), approvals };
}
