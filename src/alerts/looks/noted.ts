/**
 * What a look at a Recovery Services vault records for the next one: the high-water mark of everything that is reported
 * as a change. It is stored in the transaction in which the look's alerts are written.
 */
import type { ProtectedItem } from '../../azure/gateway.ts';
import { keyOfId } from '../../core/arm-id.ts';
import type { kindOfItem } from '../../readiness/protection.ts';
import type { Cause, SightedKind, Subject } from '../alert.ts';
import type { Sighting } from '../fold.ts';

/** Whether something is switched on; null: it was never read. */
export type Switch = 'on' | 'off' | null;

/**
 * A protected item as it was found. `since`: from when its schedule counts, which restarts with another state or
 * schedule; `gone`: since when its VM is known not to exist; null: it exists, or it is unknown.
 */
export type NotedItem = {
  readonly subject: Subject;
  readonly state: ReturnType<typeof kindOfItem>;
  readonly schedule: string | null;
  readonly since: string;
  readonly gone: string | null;
};

/** The protections of a vault against deleting backups. */
export type Setting = 'softDelete' | 'immutability' | 'guard';

/**
 * What was found for one vault. Items are keyed by their IDs in lower case. `onAt`, `itemsAt`: when a setting was last
 * read as on, and the items were last read; absent: never, or an earlier version noted it.
 */
export type Noted = {
  readonly settings: Readonly<Record<Setting, Switch>>;
  readonly onAt?: Readonly<Partial<Record<Setting, string>>>;
  readonly items: Readonly<Record<string, NotedItem>>;
  readonly itemsAt?: string;
};

/** This has had this problem since then. */
export function wrong(kind: SightedKind, subject: Subject, at: Date | string): Sighting {
  const cause: Cause = { kind, key: `${kind} ${keyOfId(subject.vaultId)}` };
  return sighting(kind, subject, at, { cause });
}

/** It is in order, as seen then. */
export function inOrder(kind: SightedKind, subject: Subject, at: Date | string): Sighting {
  return sighting(kind, subject, at, { cause: null });
}

/** Nothing of that kind applies to it any more. */
export function lapsed(kind: SightedKind, subject: Subject, at: Date | string): Sighting {
  return sighting(kind, subject, at, { cause: null, lapsed: true });
}

/** Every problem with its backups is over: no more are expected. */
export function backupsOver(subject: Subject, now: Date): Sighting[] {
  const { subject: own, ...rest } = lapsed('schedule-missed', subject, now);
  return [{ ...rest, subject }, { ...rest, subject: own }, lapsed('job-endless', subject, now)];
}

// oxlint-disable-next-line max-params
function sighting(
  kind: SightedKind,
  subject: Subject,
  at: Date | string,
  found: Pick<Sighting, 'cause' | 'lapsed'>,
): Sighting {
  const time = typeof at === 'string' ? at : at.toISOString();
  const own = { ...subject, key: `${kind} ${subject.key}` };
  return { subject: own, at: time, jobId: null, activityId: null, lastGood: null, ...found };
}

/** The items of a list by their ids in lower case. */
export function itemsById(items: readonly ProtectedItem[]): ReadonlyMap<string, ProtectedItem> {
  return new Map(items.map((item) => [keyOfId(item.id), item]));
}
