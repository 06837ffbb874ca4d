import { hasEnough } from '../../approval/decide.ts';
import type { ApprovalTerms } from '../../core/approval-terms.ts';
import { standingOf } from '../../operations/parts/drill-books.ts';
import type { ScheduledDrill } from '../../operations/parts/drill-setup.ts';
import { isTakingAway } from '../../operations/parts/taking-away.ts';
import type { Part } from '../../operations/parts/parts.ts';
import type { Plan } from '../../operations/parts/plan.ts';
import type { Ask } from '../../people/rights.ts';
import { drillApprovalOf, type DrillApproval } from '../../store/drills.ts';
import type { Deps } from '../deps.ts';
import { votersNow } from '../approval/voters.ts';
import { scheduledDrills } from '../estate/drill-books.ts';

/**
 * Whether a drill that the schedule started can continue: its standing approval is valid for the entry as it is now.
 * What it created is tagged and deleted in any case.
 */
export async function isStillAllowed(deps: Deps, plan: Plan, part: Part): Promise<boolean> {
  const [first] = plan.parts;
  const standing = first?.does === 'drill' ? first.standing : undefined;
  const approval = standing === undefined ? null : await drillApprovalOf(deps.database.db, standing);
  if (approval === null) return false;
  if (isTakingAway(plan, part)) return true;
  const entry = scheduledDrills(deps).find(({ schedule }) => schedule.name === approval.entry);
  return entry !== undefined && isHolding(entry, approval);
}

/** Whether a standing approval still lets an entry's drills start. */
export function isHolding(entry: ScheduledDrill, approval: DrillApproval): boolean {
  return standingOf(entry, approval) === 'holds';
}

/** What a drill needs: its permissions, and the approvals that the rules require now. */
type Taking = { readonly asks: readonly Ask[]; readonly terms: ApprovalTerms };

/**
 * Whether a standing approval is enough for a drill: those who gave it can approve this very drill now, and the rules
 * require no more or other people. Null: the source of identities doesn't answer.
 */
export async function isEnough(
  deps: Deps,
  { request }: Pick<DrillApproval, 'request'>,
  { asks, terms }: Taking,
): Promise<boolean | null> {
  if (!request) return false;
  const named = { named: terms.named ?? [], isLate: true };
  const voters = await votersNow(deps, request.votes, { asks, named });
  return voters && hasEnough(request, { voters, terms }, { here: deps.clock.now() });
}
