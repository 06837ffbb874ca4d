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

type Changing = {
  readonly from: Alert;
  cause: Cause;
  readonly vms: Map<string, AlertVm>;
  readonly came: AlertVm[];
  readonly went: AlertVm[];
  isNew: boolean;
  isChanged: boolean;
};
type Folding = { readonly all: Map<string, Changing>; readonly newId: () => string };

/** Takes in backups that ended, oldest first. */
export function fold(open: readonly Alert[], seen: readonly SeenBackup[], newId: () => string): readonly AlertChange[] {
  const folding: Folding = { all: new Map(open.map((alert) => [alert.cause.key, changing(alert, false)])), newId };
  for (const ofVm of Map.groupBy(seen, ({ vm }) => vm.key).values()) foldVm(folding, ofVm);
  return [...folding.all.values()]
    .filter(({ isChanged }) => isChanged)
    .map(({ from, cause, vms, came, went, isNew }) => {
      const alert = closedIfOver({ ...from, cause, vms: [...vms.values()] });
      return { alert, isNew, came, went };
    });
}

function changing(from: Alert, isNew: boolean): Changing {
  const vms = new Map(from.vms.map((vm) => [vm.key, vm]));
  return { from, cause: from.cause, vms, came: [], went: [], isNew, isChanged: isNew };
}

function foldVm(folding: Folding, seen: readonly SeenBackup[]): void {
  const good = seen.findLast(({ cause }) => cause === null);
  const failed = good ? seen.slice(seen.indexOf(good) + 1) : seen;
  const [newest, oldest] = [failed.at(-1), failed[0]];
  const key = (seen[0] as SeenBackup).vm.key;
  if (good) end(folding, key, { why: 'good', at: good.at });
  if (!newest?.cause || !oldest) return;
  const into = folding.all.get(newest.cause.key) ?? begin(folding, newest.cause, oldest.at);
  const before = into.vms.get(key);
  const known = before && isStopped(before) ? before : null;
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
  into.cause = newest.cause;
  into.vms.set(key, vm);
  into.isChanged = true;
  if (!known) into.came.push(vm);
}

function begin({ all, newId }: Folding, cause: Cause, openedAt: string): Changing {
  const alert: Alert = { id: newId(), cause, vms: [], openedAt, closedAt: null, takenOn: null, snoozedUntil: null };
  const made = changing(alert, true);
  all.set(cause.key, made);
  return made;
}

/** Ends a VM in the alert that it is in, if any. */
function end({ all }: Folding, key: string, how: NonNullable<AlertVm['end']>): void {
  for (const change of all.values()) {
    const vm = change.vms.get(key);
    if (!vm || !isStopped(vm)) continue;
    const ended = { ...vm, end: how };
    change.vms.set(key, ended);
    change.isChanged = true;
    if (how.why === 'good') change.went.push(ended);
  }
}

function closedIfOver(alert: Alert): Alert {
  if (alert.vms.some(isStopped)) return alert;
  const ends = alert.vms.map(({ end }) => end?.at ?? '').sort();
  return { ...alert, closedAt: ends.at(-1) ?? alert.openedAt };
}
