/**
 * How alerts follow from what the watcher sees. Pure: the open alerts and the backups that ended go in, the alerts
 * that changed come out. A VM that fails is in one alert, that of its newest failure.
 */
import { isStopped, type Alert, type AlertVm, type Cause, type SeenVm } from './alert.ts';

/** A backup that ended. `cause` null: it is good. */
export type SeenBackup = {
  readonly vm: SeenVm;
  readonly at: string;
  readonly jobId: string;
  readonly activityId: string | null;
  readonly cause: Cause | null;
  readonly lastGood: string | null;
};

/** An alert that changed: who came new into it, and who left it with a good backup. */
export type AlertChange = {
  readonly alert: Alert;
  readonly isNew: boolean;
  readonly came: readonly AlertVm[];
  readonly went: readonly AlertVm[];
};

type Changing = { alert: Alert; isNew: boolean; came: AlertVm[]; went: AlertVm[] };
type Folding = { readonly all: Map<string, Changing>; readonly newId: () => string };

/** Takes in backups that ended, oldest first. */
export function fold(open: readonly Alert[], seen: readonly SeenBackup[], newId: () => string): readonly AlertChange[] {
  const all = new Map(open.map((alert) => [alert.cause.key, { alert, isNew: false, came: [], went: [] }]));
  const folding: Folding = { all, newId };
  for (const ofVm of Map.groupBy(seen, ({ vm }) => vm.key).values()) foldVm(folding, ofVm);
  const changed = [...all.values()].filter(({ alert, isNew }) => isNew || !open.includes(alert));
  return changed.map((change) => ({ ...change, alert: closedIfOver(change.alert) }));
}

function foldVm(folding: Folding, seen: readonly SeenBackup[]): void {
  const good = seen.findLast(({ cause }) => cause === null);
  const failed = good ? seen.slice(seen.indexOf(good) + 1) : seen;
  const [newest, oldest] = [failed.at(-1), failed[0]];
  const key = (seen[0] as SeenBackup).vm.key;
  if (good) end(folding, key, { why: 'good', at: good.at });
  if (!newest?.cause || !oldest) return;
  const cause = newest.cause;
  const into = folding.all.get(cause.key) ?? begin(folding, cause, oldest.at);
  const known = into.alert.vms.find((vm) => vm.key === key && isStopped(vm));
  if (!known) end(folding, key, { why: 'other-cause', at: newest.at });
  const vm: AlertVm = {
    ...newest.vm,
    jobId: newest.jobId,
    activityId: newest.activityId,
    failures: (known?.failures ?? 0) + failed.length,
    since: known?.since ?? oldest.at,
    last: newest.at,
    lastGood: newest.lastGood ?? known?.lastGood ?? null,
    end: null,
  };
  const others = into.alert.vms.filter((one) => one.key !== key);
  into.alert = { ...into.alert, cause, vms: [...others, vm] };
  if (!known) into.came.push(vm);
}

function begin({ all, newId }: Folding, cause: Cause, openedAt: string): Changing {
  const alert: Alert = { id: newId(), cause, vms: [], openedAt, closedAt: null, takenOn: null, snoozedUntil: null };
  const made: Changing = { alert, isNew: true, came: [], went: [] };
  all.set(cause.key, made);
  return made;
}

/** Ends a VM in the alert that it is in, if any. */
function end({ all }: Folding, key: string, how: NonNullable<AlertVm['end']>): void {
  for (const change of all.values()) {
    const vm = change.alert.vms.find((one) => one.key === key && isStopped(one));
    if (!vm) continue;
    const ended = { ...vm, end: how };
    change.alert = { ...change.alert, vms: change.alert.vms.map((one) => (one === vm ? ended : one)) };
    if (how.why === 'good') change.went.push(ended);
  }
}

function closedIfOver(alert: Alert): Alert {
  if (alert.vms.some(isStopped)) return alert;
  const ends = alert.vms.map(({ end }) => end?.at ?? '').sort();
  return { ...alert, closedAt: ends.at(-1) ?? alert.openedAt };
}
