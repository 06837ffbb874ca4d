/**
 * How sightings become alerts. Pure: open alerts and sightings go in, changed alerts come out. What is wrong is in one
 * alert per source: that of its newest sighting.
 */
import { isEarlierKey } from './cause.ts';
import {
  isOpen,
  type Affected,
  type Alert,
  type Cause,
  type Doer,
  type FoundNow,
  type Sought,
  type Subject,
} from './alert.ts';

/**
 * An observation of something: a backup that ended, a schedule, a protected item, a setting of a Recovery Services
 * vault. `cause` null: it is in order. What couldn't be read gives no sighting at all.
 *
 * To add another source: a kind in `sightedKinds` (`alert.ts`) with its words; a subject whose `key` begins with that
 * kind, so that it can't collide with a sighting of another source; and, inside its transaction, `takeSightings` of
 * `bot/alerts/take-in.ts` with its observations, oldest first, the good ones too: they close what the bad ones opened.
 */
export type Sighting = {
  readonly subject: Subject;
  readonly at: string;
  readonly cause: Cause | null;
  /** It is gone or no longer relevant, so whatever was open for it is over; that isn't "in order" either. */
  readonly lapsed?: true;
  readonly jobId: string | null;
  readonly activityId: string | null;
  readonly lastGood: string | null;
  readonly doer?: Doer;
  readonly sought?: Sought;
  readonly told?: Affected['told'];
  readonly unread?: Affected['unread'];
};

/** An alert that changed: what is newly affected, and what is in order again. */
export type AlertChange = {
  readonly alert: Alert;
  readonly isNew: boolean;
  readonly came: readonly Affected[];
  readonly went: readonly Affected[];
};

type Changing = {
  readonly from: Alert;
  cause: Cause;
  readonly affected: Map<string, Affected>;
  readonly came: Affected[];
  readonly went: Affected[];
  isNew: boolean;
  isChanged: boolean;
};
type Folding = { readonly all: Map<string, Changing>; readonly newId: () => string };

/** Takes in sightings, oldest first. */
export function fold(open: readonly Alert[], seen: readonly Sighting[], newId: () => string): readonly AlertChange[] {
  const folding: Folding = { all: new Map(open.map((alert) => [alert.cause.key, changing(alert, false)])), newId };
  for (const ofOne of Map.groupBy(seen, ({ subject }) => subject.key).values()) foldOne(folding, ofOne);
  return [...folding.all.values()]
    .filter(({ isChanged }) => isChanged)
    .map(({ from, cause, affected, came, went, isNew }) => {
      const alert = closedIfOver({ ...from, cause, affected: [...affected.values()] });
      return { alert, isNew, came, went };
    });
}

function changing(from: Alert, isNew: boolean): Changing {
  const affected = new Map(from.affected.map((one) => [one.key, one]));
  return { from, cause: from.cause, affected, came: [], went: [], isNew, isChanged: isNew };
}

function foldOne(folding: Folding, seen: readonly Sighting[]): void {
  const good = seen.findLast(({ cause }) => cause === null);
  const bad = good ? seen.slice(seen.indexOf(good) + 1) : seen;
  const [newest, oldest] = [bad.at(-1), bad[0]];
  const { key } = (seen[0] as Sighting).subject;
  if (good) end(folding, key, { why: good.lapsed ? 'other-cause' : 'good', at: good.at });
  if (!newest?.cause || !oldest) return;
  const into =
    folding.all.get(newest.cause.key) ?? renamed(folding, newest.cause, key) ?? begin(folding, newest.cause, oldest.at);
  const before = into.affected.get(key);
  const known = before && isOpen(before) ? before : null;
  if (!known) end(folding, key, { why: 'other-cause', at: newest.at });
  const doer = newest.doer ?? known?.doer;
  const sought = known?.sought ?? newest.sought;
  const one: Affected = {
    ...newest.subject,
    jobId: newest.jobId,
    activityId: newest.activityId,
    failures: (known?.failures ?? 0) + bad.length,
    since: known?.since ?? oldest.at,
    last: newest.at,
    lastGood: newest.lastGood ?? known?.lastGood ?? null,
    ...ownFailure(newest.cause),
    ...(doer && { doer }),
    ...(sought && { sought }),
    ...(newest.told && { told: newest.told }),
    ...(newest.unread && { unread: newest.unread }),
    end: null,
  };
  into.cause = newest.cause;
  into.affected.set(key, one);
  into.isChanged = true;
  if (!known) into.came.push(one);
}

function ownFailure(cause: Cause): Pick<Affected, 'own'> {
  if (cause.kind !== 'backup-failed') return {};
  const { finding, isClear, keks, codes, says } = cause;
  return {
    own: { finding: finding && found(finding), ...(isClear && { isClear }), ...(keks && { keks }), codes, says },
  };
}

function found({ code, params, grants, recovers }: FoundNow): FoundNow {
  return { code, params, ...(grants && { grants }), ...(recovers && { recovers }) };
}

function begin({ all, newId }: Folding, cause: Cause, openedAt: string): Changing {
  const alert: Alert = {
    id: newId(),
    cause,
    affected: [],
    openedAt,
    closedAt: null,
    takenOn: null,
    snoozedUntil: null,
  };
  const made = changing(alert, true);
  all.set(cause.key, made);
  return made;
}

/** The alert that the previous release opened for this, under a key that said less. */
function renamed({ all }: Folding, { key }: Cause, affected: string): Changing | undefined {
  for (const [earlier, change] of all) {
    const one = change.affected.get(affected);
    if (!one || !isOpen(one) || !isEarlierKey(earlier, key)) continue;
    all.delete(earlier);
    all.set(key, change);
    return change;
  }
  return undefined;
}

/** Ends it in the alert that contains it, if any. */
function end({ all }: Folding, key: string, how: NonNullable<Affected['end']>): void {
  for (const change of all.values()) {
    const one = change.affected.get(key);
    if (!one || !isOpen(one)) continue;
    const ended = { ...one, end: how };
    change.affected.set(key, ended);
    change.isChanged = true;
    if (how.why === 'good') change.went.push(ended);
  }
}

function closedIfOver(alert: Alert): Alert {
  if (alert.affected.some(isOpen)) return alert;
  const ends = alert.affected.map(({ end }) => end?.at ?? '').sort();
  return { ...alert, closedAt: ends.at(-1) ?? alert.openedAt };
}

/**
 * The sightings that are news to the open alerts: a state that is seen again and again is reported once, and being in
 * order is news only if an alert is open for it. Who did it may become known later, and why it can't be read may
 * change.
 */
export function newsOf(open: readonly Alert[], seen: readonly Sighting[]): readonly Sighting[] {
  const known = new Map<string, Pick<Affected, 'last' | 'doer' | 'unread'> & { readonly cause: string }>();
  for (const { cause, affected } of open)
    for (const one of affected.filter(isOpen)) known.set(one.key, { ...one, cause: cause.key });
  return seen.filter(({ subject, cause, at, doer, unread }) => {
    const before = known.get(subject.key);
    if (before?.doer === 'unnamed' && typeof doer === 'object') return true;
    if (unread && before?.unread && keyOfWhy(unread) !== keyOfWhy(before.unread)) return true;
    return cause === null ? before !== undefined : before?.cause !== cause.key || before.last < at;
  });
}

/** Azure's own words may differ each time, by an ID or a time. */
function keyOfWhy({ why, action, answer }: NonNullable<Affected['unread']>): string {
  return JSON.stringify([why, action, answer]);
}
