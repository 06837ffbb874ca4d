import type { Json } from '../core/json.ts';
import type { PolicyFacts } from './facts.ts';

/** What a person chooses of a policy. Times of day are `HH:MM` in `timeZone`, a Windows name. */
export type PolicyShape = Pick<
  PolicyFacts,
  'name' | 'kind' | 'timeZone' | 'daily' | 'weekly' | 'monthly' | 'yearly'
> & {
  readonly schedule: Exclude<PolicyFacts['schedule'], { readonly frequency: 'Unknown' }>;
  readonly snapshotDays: number;
};

/**
 * A policy with everything that Azure has of it: `body` is its `properties`, unchanged. `facts` is null if it is a
 * policy for something other than VMs, which still has its name.
 */
export type PolicyDocument = { readonly facts: PolicyFacts | null; readonly body: Json };

/** A JSON object by the names of its fields. */
export type JsonPart = Readonly<Record<string, Json | undefined>>;

/** The fields of a JSON object; none if it is something else. */
export function jsonPart(value: Json | null | undefined): JsonPart {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonPart) : {};
}

/**
 * A time of day as Azure writes it. The date in it means nothing, and neither does the `Z`: the zone is the policy's.
 */
export function timeBody(time: string): string {
  return `2025-01-01T${time}:00Z`;
}

/** The time of day at which a schedule runs, or begins to. */
export function timeOfSchedule(schedule: PolicyShape['schedule']): string {
  return schedule.frequency === 'Hourly' ? schedule.windowStart : (schedule.times[0] ?? '00:00');
}
