import type { DrillRefusal, DrillVm } from '../../operations/parts/drill-books.ts';
import { drillPlan, hindranceOf, pointsOf } from '../../operations/drill/drill/choice.ts';
import { findDrill } from '../../operations/drill/drill/find-drill.ts';
import { shapeOf, type ScheduledDrill } from '../../operations/parts/drill-setup.ts';
import type { Estate } from '../../operations/dialogs/estate.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import type { Plan } from '../../operations/parts/plan.ts';
import { refuse, type Refusal } from '../../core/refusal.ts';
import type { DrillApproval } from '../../store/drills.ts';
import type { Deps, Gate } from '../deps.ts';
import { gateNow, mayPass } from '../rights/gate.ts';
import { readingRights } from '../reading-rights.ts';
import { rightsOf } from '../rights/turn-rights.ts';
import { isEnough } from './standing-now.ts';

type Planning = {
  readonly entry: ScheduledDrill;
  readonly approval: DrillApproval;
  readonly estate: Estate;
};

/**
 * What a drill of a VM would do now, or why there can't be one: read again, and checked by the gate for the schedule
 * and for the person who requested the standing approval, who still has to be allowed to. Null: unknown now.
 */
export async function planDrill(
  deps: Deps,
  { entry, approval, estate }: Planning,
  vm: DrillVm,
): Promise<{ readonly plan: Plan } | { readonly because: DrillRefusal } | null> {
  const found = await findDrill(estate, vm.id);
  const isOfEntry = found.setup?.schedule && shapeOf(found.setup as ScheduledDrill) === shapeOf(entry);
  if (!found.restorable || !isOfEntry) return { because: { hindrance: 'unread' } };
  const hindrance = hindranceOf(found);
  const plan = drillPlan({ found, point: pointsOf(found)[0]?.name ?? '', standing: approval.operation });
  if (hindrance !== null || plan === null) return { because: { hindrance: hindrance ?? 'no-point' } };
  const refusal = await whyNot(deps, approval, plan);
  if (refusal === 'unknown') return null;
  return refusal ? { because: { refusal } } : { plan };
}

/** Why the gate refuses the start; null: it doesn't. */
async function whyNot(deps: Deps, approval: DrillApproval, plan: Plan): Promise<Refusal | 'unknown' | null> {
  const asks = asksOf(plan);
  for (const actor of [{ system: 'schedule' } as const, approval.askedBy]) {
    const rights = await rightsOf(deps, actor, null);
    const gate = await readingRights(async (): Promise<Gate> => gateNow(deps, rights, asks));
    if (gate.gate === 'open') continue;
    const { refusal } = gate;
    if (mayPass(refusal)) return 'unknown';
    if (gate.gate === 'refused') return refusal;
    const enough = await isEnough(deps, approval, { asks, terms: gate.terms });
    if (enough === null) return 'unknown';
    if (!enough) return refuse('standing-not-enough', { approvals: gate.terms.approvals });
  }
  return null;
}
