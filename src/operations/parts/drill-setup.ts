import { digestOf } from '../../core/digest.ts';
import type { Schedule } from '../../core/schedule.ts';
import type { Match } from '../../people/match.ts';

/**
 * How drills start without a person: each VM `days` days after its last one, on the days and from the time in `starts`,
 * never more than `atOnce` at once; their cards go to `channel`.
 */
export type DrillSchedule = {
  readonly name: string;
  readonly days: number;
  readonly starts: Schedule;
  readonly atOnce: number;
  readonly channel: string;
};

/**
 * An entry of `drills` in `kluis.yaml`, with Azure IDs. `keepMs`: how long the VM is kept after it was created.
 * `from`: which recovery point it restores: the newest, or the newest that is only in the Recovery Services vault,
 * since Azure restores any other from its snapshot. `schedule` null: people start the drills.
 */
export type DrillSetup = {
  readonly match: Match;
  readonly group: string;
  readonly subnet: string;
  readonly staging: string;
  readonly keepMs: number;
  readonly from: 'newest' | 'vault';
  readonly schedule: DrillSchedule | null;
};

/** An entry whose drills start by its schedule. */
export type ScheduledDrill = DrillSetup & { readonly schedule: DrillSchedule };

/**
 * What a standing approval is bound to: the whole entry, so any change to it voids the approval. An entry without
 * `from` keeps the digest that it had before there was one.
 */
export function shapeOf({ match, group, subnet, staging, keepMs, from, schedule }: ScheduledDrill): string {
  return digestOf({ match, group, subnet, staging, keepMs, schedule, ...(from === 'vault' && { from }) });
}

/** The VMs that an entry names, as written in `kluis.yaml`. */
export function patternOf({ match }: Pick<DrillSetup, 'match'>): string {
  const facets = Object.entries(match).map(([facet, pattern]) => (facet === 'vm' ? pattern : `${facet}: ${pattern}`));
  return facets.length === 0 ? '*' : facets.join(', ');
}

/** A resource group, or something in one, with its name. */
export function named(id: string): { readonly id: string; readonly name: string } {
  return { id, name: id.split('/').pop() ?? id };
}
