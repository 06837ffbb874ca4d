import type { PersonLink } from '../../people/links.ts';
import type { AlertRoute, ChannelSetting, DrillEntry } from '../kluis-config.ts';
import type { Problem } from '../problem.ts';
import { type Path, pathText, positionOf, type Source } from './positions.ts';
import { problemAt } from './say-issue.ts';

/** One person in two entries, or one Slack ID for two people: it would be unclear who is who. */
export function duplicatePeople(source: Source, people: readonly PersonLink[]): readonly Problem[] {
  return (['entra', 'slack'] as const).flatMap((field) =>
    duplicates(
      source,
      people.map((link) => link[field]),
      (index) => ['people', index, field],
    ),
  );
}

/** One channel in two entries. */
export function duplicateChannels(source: Source, channels: readonly ChannelSetting[]): readonly Problem[] {
  return duplicates(
    source,
    channels.map(({ id }) => id),
    (index) => ['channels', index, 'id'],
  );
}

/** The same thing configured twice for one channel. */
export function duplicateAlerts(source: Source, alerts: readonly AlertRoute[]): readonly Problem[] {
  return duplicates(
    source,
    alerts.map(({ channel, ...where }) => `${channel} ${JSON.stringify(where)}`),
    (index) => ['alerts', index],
  );
}

/** Two `drills` entries with one name: it would be unclear which of them was approved. */
export function duplicateDrills(source: Source, drills: readonly DrillEntry[]): readonly Problem[] {
  return duplicates(
    source,
    drills.map(({ schedule }) => schedule?.name ?? null),
    (index) => ['drills', index, 'name'],
  );
}

function duplicates(
  source: Source,
  keys: readonly (string | null)[],
  pathOf: (index: number) => Path,
): readonly Problem[] {
  const first = new Map<string, number>();
  return keys.flatMap((key, index) => {
    const known = key === null ? undefined : first.get(key.toLowerCase());
    if (key !== null && known === undefined) first.set(key.toLowerCase(), index);
    if (known === undefined) return [];
    const { line } = positionOf(source, pathOf(known));
    const wrong = `it is the same as ${pathText(pathOf(known))} in line ${line}`;
    return [{ ...problemAt(source, pathOf(index), wrong), remedy: 'Keep one of the two' }];
  });
}
