import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { affectedIn, isOpen, type Alert, type Cause } from '../../src/alerts/alert.ts';
import { fold, newsOf, type AlertChange, type Sighting } from '../../src/alerts/fold.ts';

const causes = ['key vault gone', 'agent', 'unknown 42'].map((key): Cause => ({
  kind: 'backup-failed',
  key,
  finding: null,
  operation: 'Backup',
  codes: [key],
  says: [],
}));
const minute = (at: number) => new Date(Date.UTC(2026, 10, 26) + at * 60_000).toISOString();

function seenOf(vm: number, cause: number | null, at: number): Sighting {
  const name = `vm-${vm}`;
  const place = {
    vaultId: '/v',
    vault: 'rsv',
    subscription: 's',
    resourceGroup: 'rg',
    tags: { env: vm % 2 ? 'a' : 'b' },
  };
  return {
    subject: { key: name, name, calledAs: `rg/${name}`, ...place },
    at: minute(at),
    jobId: `${name}-${at}`,
    activityId: null,
    cause: cause === null ? null : (causes[cause] as Cause),
    lastGood: null,
  };
}

/** The ends of some VMs' backups, in order of time. */
const story = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.option(fc.integer({ min: 0, max: 2 }))), { maxLength: 40 })
  .map((steps) => steps.map(([vm, cause], at) => seenOf(vm, cause, at)));

let made = 0;
const newId = () => `alert-${(made += 1)}`;

/** The open alerts after a change, by ID. */
function after(all: readonly Alert[], changes: readonly AlertChange[]): Alert[] {
  const byId = new Map([...all, ...changes.map(({ alert }) => alert)].map((alert) => [alert.id, alert]));
  return [...byId.values()];
}
const open = (all: readonly Alert[]) => all.filter(({ closedAt }) => closedAt === null);

/** Which VM fails with which cause, how often and since when. */
function standing(all: readonly Alert[]) {
  return open(all)
    .flatMap(({ cause, affected }) =>
      affected
        .filter(isOpen)
        .map(({ key, failures, since, last }) => ({ cause: cause.key, key, failures, since, last })),
    )
    .sort((a, b) => a.key.localeCompare(b.key));
}

describe('alerts', () => {
  test('a VM whose newest backup failed is in the only alert of that cause; one whose newest is good is in none', () => {
    fc.assert(
      fc.property(story, (seen) => {
        const all = after([], fold([], seen, newId));
        const newest = new Map(seen.map((one) => [one.subject.key, one]));
        const expected = [...newest.values()].flatMap(({ subject, cause }) =>
          cause ? [[subject.key, cause.key]] : [],
        );
        expect(standing(all).map(({ key, cause }) => [key, cause])).toEqual(expected.sort());
        for (const { affected, closedAt } of all) expect(closedAt === null).toBe(affected.some(isOpen));
      }),
    );
  });

  test('seen one by one they give the same result as seen together', () => {
    fc.assert(
      fc.property(story, fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 8, maxLength: 8 }), (seen, sizes) => {
        let [rest, all, at] = [seen as readonly Sighting[], [] as Alert[], 0];
        while (rest.length > 0) {
          const size = sizes[(at += 1) % sizes.length] as number;
          all = after(all, fold(open(all), rest.slice(0, size), newId));
          rest = rest.slice(size);
        }
        const once = standing(after([], fold([], seen, newId)));
        // The number of failures with one cause isn't carried over to another.
        const told = ({ cause, key, last }: (typeof once)[number]) => ({ cause, key, last });
        expect(standing(all).map(told)).toEqual(once.map(told));
      }),
    );
  });

  test('a state that is read again and again is reported once, and what was always fine never', () => {
    fc.assert(
      fc.property(story, (seen) => {
        let all: Alert[] = [];
        for (const one of seen) {
          const was = standing(all).find(({ key }) => key === one.subject.key);
          const isKnown = was === undefined ? one.cause === null : was.cause === one.cause?.key;
          expect(newsOf(open(all), [{ ...one, at: was?.last ?? one.at }]).length).toBe(isKnown ? 0 : 1);
          all = after(all, fold(open(all), newsOf(open(all), [one]), newId));
          expect(newsOf(open(all), [one])).toEqual([]);
        }
      }),
    );
  });

  test('a channel that subscribed to the worst gets nothing less', () => {
    const made = (kind: Cause['kind']) => {
      const cause = { ...(causes[0] as Cause), kind } as Cause;
      return (fold([], [{ ...seenOf(1, 0, 1), cause }], newId)[0] as AlertChange).alert;
    };
    const heard = (severity: 'critical' | 'error' | 'warning') =>
      (['soft-deleted', 'backup-failed', 'vm-gone'] as const).filter(
        (kind) => affectedIn(made(kind), [{ severity }]).length > 0,
      );
    expect(heard('critical')).toEqual(['soft-deleted']);
    expect(heard('error')).toEqual(['soft-deleted', 'backup-failed']);
    expect(heard('warning')).toEqual(['soft-deleted', 'backup-failed', 'vm-gone']);
  });

  test('added and removed VMs are reported once, and never the same VM as both', () => {
    fc.assert(
      fc.property(story, (seen) => {
        let all: Alert[] = [];
        for (const one of seen) {
          const before = new Set(standing(all).map(({ key }) => key));
          const changes = fold(open(all), [one], newId);
          const [came, went] = [changes.flatMap((change) => change.came), changes.flatMap((change) => change.went)];
          expect(came.length + went.length).toBeLessThanOrEqual(1);
          for (const vm of went) expect(before.has(vm.key)).toBe(true);
          if (one.cause && !before.has(one.subject.key)) expect(came.map(({ key }) => key)).toEqual([one.subject.key]);
          all = after(all, changes);
        }
      }),
    );
  });

  test('a channel gets the VMs it subscribed to, and those whose tags couldn’t be read', () => {
    const [change] = fold([], [seenOf(1, 0, 1), seenOf(2, 0, 2)], newId);
    const { alert } = change as AlertChange;
    expect(affectedIn(alert, [{}]).length).toBe(2);
    expect(affectedIn(alert, [{ tag: 'env=a' }]).map(({ name }) => name)).toEqual(['vm-1']);
    expect(affectedIn(alert, [{ vault: 'other-*' }])).toEqual([]);
    const unread = { ...alert, affected: alert.affected.map((vm) => ({ ...vm, tags: null })) };
    expect(affectedIn(unread, [{ tag: 'env=a' }]).length).toBe(2);
  });
});
