/** The report of a drill: what was restored, when, how long it took, what was checked, and what is left. Pure. */
import { isPerson, type Actor } from '../../../core/person.ts';
import type { PartStates } from '../../wording/progress.ts';
import { checkVmMemo } from '../../parts/check-vm.ts';
import type { Plan } from '../../parts/plan.ts';
import { deleteDrillMemo } from '../../parts/delete-drill.ts';

/** An ended drill. */
type Ended = {
  readonly id: string;
  readonly plan: Plan;
  readonly parts: PartStates;
  readonly requester: Actor;
};

/** One part of it; `outcome` as in the plan: `done`, `failed`, `skipped` and so on. */
type Step = {
  readonly does: string;
  readonly outcome: string;
  readonly began: string | null;
  readonly ended: string | null;
  readonly because: string | null;
};

/** What is signed. Times are ISO, in UTC. `left`: IDs of what it couldn't delete or left alone. */
type DrillReport = {
  readonly kluisDrill: 1;
  readonly operation: string;
  readonly vm: string;
  readonly recoveryPoint: string;
  /** Where Azure took it from: `snapshot`, `vault`, or its own name of the tier; null: not known. */
  readonly recoveryPointTier: string | null;
  readonly restoredInto: string;
  readonly subnet: string;
  readonly began: string;
  readonly ended: string;
  readonly minutes: number;
  readonly result: 'succeeded' | 'failed';
  readonly startedBy: string;
  readonly checks: {
    readonly running: boolean | null;
    readonly agent: string | null;
    readonly disks: readonly {
      readonly name: string;
      readonly encrypted: boolean | null;
      readonly customerKey?: true;
    }[];
    /** Encrypted data disks of a Linux VM, which nothing opens in a drill. */
    readonly notTested: readonly string[];
  };
  readonly deleted: readonly string[];
  readonly left: readonly string[];
  readonly steps: readonly Step[];
};

/** An operation's report; null: it wasn't a drill. */
export function drillReport({ id, plan, parts, requester }: Ended): DrillReport | null {
  const first = plan.parts.find(({ does }) => does === 'drill');
  const restore = plan.parts.find(({ does }) => does === 'restore-disks');
  if (first?.does !== 'drill' || restore?.does !== 'restore-disks') return null;
  const steps = plan.parts.map((part) => stepOf(part.does, parts[part.id]));
  const began = steps.map((step) => step.began ?? '').filter(Boolean)[0] ?? '';
  const ended =
    steps
      .map((step) => step.ended ?? '')
      .toSorted()
      .at(-1) ?? '';
  const memoOf = (does: string) => parts[plan.parts.find((part) => part.does === does)?.id ?? '']?.memo;
  const checked = checkVmMemo.safeParse(memoOf('check-vm')).data ?? {};
  const { running = null, agent = null, disks = [], closed: notTested = [] } = checked;
  const deleting = deleteDrillMemo.safeParse(memoOf('delete-drill')).data ?? {};
  return {
    ...{ kluisDrill: 1, operation: id, vm: first.vm.id, recoveryPoint: restore.point.time },
    recoveryPointTier: restore.point.tier ?? null,
    ...{ restoredInto: first.targetGroup.id, subnet: first.subnet.id, began, ended },
    minutes: Math.round((Date.parse(ended) - Date.parse(began)) / 6000) / 10,
    result: steps.every(({ outcome }) => outcome === 'done') ? 'succeeded' : 'failed',
    startedBy: isPerson(requester) ? requester.name : requester.system,
    checks: { running, agent, disks, notTested },
    deleted: deleting.deleted ?? [],
    left: [...(deleting.spared ?? []), ...(deleting.left ?? [])],
    steps,
  };
}

function stepOf(does: string, state: PartStates[string] | undefined): Step {
  const { outcome = null, began = null, endedAt: ended = null } = state ?? {};
  const failure = outcome && 'failure' in outcome ? outcome.failure : null;
  const because = failure && (failure.internal ?? [...failure.codes, ...failure.says].join(' '));
  return { does, outcome: outcome?.ended ?? 'unknown', began, ended, because: because || null };
}
