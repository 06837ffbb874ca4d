/**
 * Checks once a day, and after each failed drill, whether ended drills left something behind: an alert for each group
 * of drills, which closes when nothing is left there. A group that can't be read changes nothing.
 */
import { isOpen, type Affected, type Subject } from '../../alerts/alert.ts';
import type { Sighting } from '../../alerts/fold.ts';
import { inOrder, lapsed, wrong } from '../../alerts/looks/noted.ts';
import { groupOf, keyOfId } from '../../core/arm-id.ts';
import type { Locale } from '../../core/person.ts';
import { words } from '../../message/words.ts';
import { drillLeftovers, type GroupLeft, type Leftover } from '../../operations/drill/delete-drill/leftovers.ts';
import { openAlerts } from '../../store/alerts.ts';
import { expediteLook } from '../../store/scheduled-posts.ts';
import { takeSightings } from '../alerts/take-in.ts';
import { inTransaction, type Deps, type Within } from '../deps.ts';
import { estateOf } from '../estate/estate.ts';

/** This check's name among the scheduled ones. */
export const leftKind = 'drill-left';

const [dayMs, retryMs] = [86_400_000, 3_600_000];

/** Checks; resolves with when to check again. */
export async function sweepLeftovers(deps: Deps): Promise<number> {
  const groups = await drillLeftovers(await estateOf(deps, null));
  const now = new Date(deps.clock.now().getTime() + (deps.azure.clockSkew() ?? 0));
  await inTransaction(deps, async (unit) => {
    const within = { deps, unit };
    const seen = groups.flatMap(({ group, left }) => (left ? [sightingOf({ group, left }, now)] : []));
    await takeSightings(within, [...seen, ...(await forgotten(within, groups, now))]);
  });
  return groups.some(({ left }) => left === null) ? retryMs : dayMs;
}

/** Has the next check made now: leftovers may be gone, or new ones may exist. */
export async function sweepSoon({ unit }: Within): Promise<void> {
  await expediteLook(unit.q, leftKind);
  unit.wake({ to: 'scheduled', id: leftKind });
}

function sightingOf({ group, left }: GroupLeft & { readonly left: readonly Leftover[] }, now: Date): Sighting {
  if (left.length === 0) return inOrder(leftKind, subjectOf(group), now);
  const saidIn = (locale: Locale) =>
    words({ locale, timeZone: 'UTC', simulated: false }).names(
      left.map(({ name }) => name),
      maxNamed,
    );
  return { ...wrong(leftKind, subjectOf(group), now), told: { en: saidIn('en'), nl: saidIn('nl') } };
}

const maxNamed = 12;

/** Groups that no entry of `drills` names any more aren't checked. */
async function forgotten({ unit }: Within, groups: readonly GroupLeft[], now: Date): Promise<Sighting[]> {
  const looked = new Set(groups.map(({ group }) => keyOfId(group.id)));
  const open = (await openAlerts(unit.q)).filter(({ alert }) => alert.cause.kind === leftKind);
  const affected: readonly Affected[] = open.flatMap(({ alert }) => alert.affected.filter(isOpen));
  return affected
    .filter(({ vaultId }) => !looked.has(keyOfId(vaultId)))
    .map(({ vaultId, name }) => lapsed(leftKind, subjectOf({ id: vaultId, name }), now));
}

function subjectOf({ id, name }: GroupLeft['group']): Subject {
  const { subscription = '', resourceGroup = null } = groupOf(id) ?? {};
  return {
    ...{ of: 'group', key: keyOfId(id), name, calledAs: name, vaultId: id, vault: '' },
    ...{ subscription, resourceGroup, tags: null },
  };
}
