import { sameId } from '../../core/arm-id.ts';
import { partKindOf } from '../list.ts';
import type { Part } from '../parts/parts.ts';
import type { Plan } from '../parts/plan.ts';
import type { PartStates } from '../wording/progress.ts';

/** What an operation does on one VM: the parts that are done, and those that aren't, or not yet. */
type StepsOfVm = {
  readonly vm: Plan['vms'][number];
  readonly done: readonly Part[];
  readonly open: readonly Part[];
};

/** What an operation does, by VM. What it does for several at once belongs to none. Pure. */
export function stepsOfVms(plan: Plan, states: PartStates): readonly StepsOfVm[] {
  return plan.vms.flatMap((vm) => {
    const own = plan.parts.filter((part) => sameId(partKindOf(part).about(part).vm?.id ?? '', vm.id));
    const isDone = ({ id }: Part) => states[id]?.outcome?.ended === 'done';
    return own.length === 0 ? [] : [{ vm, done: own.filter(isDone), open: own.filter((part) => !isDone(part)) }];
  });
}
