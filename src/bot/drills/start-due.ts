/**
 * Starts the drills that are due by the schedule of their entry, each on the entry's standing approval. Azure is read
 * outside any transaction; then one transaction locks the entry, computes again whose turn it is, and writes the
 * operation with its card. So two replicas start a drill once, and a crash leaves either all of it or nothing.
 */
import { AzureFault } from '../../azure/faults.ts';
import { keyOfId } from '../../core/arm-id.ts';
import { loggable } from '../../core/log.ts';
import { dayIn } from '../../message/wall-time.ts';
import { type DrillRefusal, type DrillVm, standingOf } from '../../operations/parts/drill-books.ts';
import { isPassing } from '../../operations/wording/drill-refusal.ts';
import { mayStartAny, turnsNow, type Here, type Turn } from '../../operations/drill/drill/rotation.ts';
import { shapeOf, type ScheduledDrill } from '../../operations/parts/drill-setup.ts';
import type { Estate } from '../../operations/dialogs/estate.ts';
import type { Plan } from '../../operations/parts/plan.ts';
import { channelsNamed, isBlocked, type Conversation } from '../../store/conversations.ts';
import type { Queries } from '../../store/database.ts';
import {
  drillApprovals,
  drillTurns,
  lockDrillEntry,
  noteDrillTried,
  runningDrills,
  voidDrillApprovals,
  type DrillApproval,
} from '../../store/drills.ts';
import { enqueueMessage } from '../../store/messages.ts';
import { outsideThreads } from '../channel-places.ts';
import { inTransaction, type Deps } from '../deps.ts';
import { estateOf } from '../estate/estate.ts';
import { startOperation } from '../operation/start-operation.ts';
import { scheduledDrills } from '../estate/drill-books.ts';
import { planDrill } from './plan-drill.ts';
import { isHolding } from './standing-now.ts';
import { tellRefused, tellStanding } from './tell-drills.ts';

/** An entry whose drills can start now, where their cards go, and the standing approval they run on. */
type Due = {
  readonly entry: ScheduledDrill;
  readonly place: Conversation;
  readonly approval: DrillApproval;
};

/** Starts what is due now. */
export async function startDueDrills(deps: Deps): Promise<void> {
  const due: Due[] = [];
  const entries = scheduledDrills(deps).map((entry) => ({ entry: entry.schedule.name, shape: shapeOf(entry) }));
  await voidDrillApprovals(deps.database.db, entries);
  for (const entry of scheduledDrills(deps)) due.push(...(await dueOf(deps, entry)));
  if (due.length === 0) return;
  const estate = await estateOf(deps, null);
  const { read } = await estate.drills.vms();
  for (const one of due) await startOf(deps, { ...one, estate, vms: read });
}

/** What can be decided without Azure: whether any drill of an entry can start now. Why it can't is reported once. */
async function dueOf(deps: Deps, entry: ScheduledDrill): Promise<readonly Due[]> {
  const { name, channel } = entry.schedule;
  return inTransaction(deps, async (unit) => {
    const [seen] = await channelsNamed(unit.q, [channel]);
    if (!seen) return [];
    const place = await outsideThreads({ deps, unit }, seen);
    if (await isBlocked(unit.q, place.id)) return [];
    const told = await lockDrillEntry(unit.q, name);
    const approval = (await drillApprovals(unit.q)).find((one) => one.entry === name) ?? null;
    await tellStanding({ deps, unit }, { entry, place, told, standing: standingOf(entry, approval) });
    if (!approval || !isHolding(entry, approval)) return [];
    const running = await runningDrills(unit.q);
    return mayStartAny(entry.schedule, running.length, hereOf(deps, place)) ? [{ entry, place, approval }] : [];
  });
}

function hereOf(deps: Deps, { timeZone }: Conversation): Here {
  return { now: deps.clock.now(), timeZone };
}

type Starting = Due & { readonly estate: Estate; readonly vms: readonly DrillVm[] };
type Trying = Starting & { readonly tried: ReadonlySet<string> };

/** Goes through the VMs whose turn it is. If one's drill can't be started, the next one gets the slot. */
async function startOf(deps: Deps, starting: Starting): Promise<void> {
  const tried = new Set<string>();
  for (;;) {
    const [next] = await turnsOf(deps, deps.database.db, { ...starting, tried });
    const vm = starting.vms.find(({ id }) => id === next);
    if (!vm) return;
    if (!(await startOne(deps, { ...starting, tried: new Set(tried) }, vm))) return;
    tried.add(vm.id);
  }
}

/** Whose turn it is, according to the database now, without those already tried in this run. */
async function turnsOf(deps: Deps, q: Queries, { entry, place, vms, tried }: Trying): Promise<readonly string[]> {
  const turns = await drillTurns(q);
  const own = vms
    .filter((vm) => vm.entry === entry.schedule.name && !tried.has(vm.id))
    .map(({ id, name }): Turn => {
      const { endedAt = null, triedOn = null } = turns.get(keyOfId(id)) ?? {};
      return { id, name, last: endedAt, triedOn };
    });
  return turnsNow(entry.schedule, { turns: own, running: await runningDrills(q), here: hereOf(deps, place) });
}

/** Starts the drill of one VM; false if it is unknown now whether it can, so it is tried again soon. */
async function startOne(deps: Deps, starting: Trying, vm: DrillVm): Promise<boolean> {
  const planned = await plannedOf(deps, starting, vm);
  if (planned === null) return false;
  await ('plan' in planned
    ? begin(deps, starting, { vm, plan: planned.plan })
    : refused(deps, starting, { vm, ...planned }));
  return true;
}

/** A VM that Azure doesn't report completely doesn't block the others. */
async function plannedOf(deps: Deps, starting: Starting, vm: DrillVm): ReturnType<typeof planDrill> {
  try {
    return await planDrill(deps, starting, vm);
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    deps.log.warn({ ...loggable(error), vm: vm.id }, 'a drill that is due could not be planned');
    return { because: { hindrance: 'fault' } };
  }
}

async function begin(deps: Deps, starting: Trying, { vm, plan }: { vm: DrillVm; plan: Plan }): Promise<void> {
  const { entry, place, approval } = starting;
  const { id: conversationId, locale, timeZone } = place;
  await inTransaction(deps, async (unit) => {
    await lockDrillEntry(unit.q, entry.schedule.name);
    const now = (await drillApprovals(unit.q)).find(({ operation }) => operation === approval.operation);
    const isTurn = (await turnsOf(deps, unit.q, starting)).includes(vm.id);
    if (!now || !isHolding(entry, now) || !isTurn) return; // another process was faster, or somebody ended it
    const messageId = deps.newId();
    const start = { actor: { system: 'schedule' as const }, conversationId, messageId, locale, timeZone, dialog: null };
    const { drawn } = await startOperation({ deps, unit }, plan, start);
    await enqueueMessage(unit.q, { id: messageId, conversationId, desired: drawn });
    // However it ends, it is this VM's only one today.
    await noteDrillTried(unit.q, vm.id, { on: dayIn(deps.clock.now(), timeZone), because: null });
  });
}

type Refused = { readonly vm: DrillVm; readonly because: DrillRefusal };

async function refused(deps: Deps, { entry, place, vms }: Starting, { vm, because }: Refused): Promise<void> {
  const on = isPassing(because) ? null : dayIn(deps.clock.now(), place.timeZone);
  await inTransaction(deps, async (unit) => {
    await lockDrillEntry(unit.q, entry.schedule.name);
    await tellRefused({ deps, unit }, { entry, place, vm, because, vms });
    await noteDrillTried(unit.q, vm.id, { on, because });
  });
}
