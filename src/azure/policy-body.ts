/**
 * A backup policy in the form that Azure expects. A PUT replaces the whole policy, so a changed one is built on what
 * Azure has: what nobody chose here (archive tiering, names of snapshot groups, which Sunday of the month) is sent back
 * unchanged.
 */
import type { Json } from '../core/json.ts';
import { retentionBody } from './policy-retention.ts';
import { jsonPart, timeBody, timeOfSchedule, type PolicyShape } from './policy-shape.ts';

/**
 * The `properties` to send for this shape; `base` is what Azure has, null for a new policy. `guardRequest`: what a
 * Resource Guard wants named.
 */
export function policyBody(shape: PolicyShape, base: Json | null, guardRequest: string | null = null): Json {
  const { protectedItemsCount: _, resourceGuardOperationRequests: __, ...kept } = jsonPart(base);
  return {
    instantRPDetails: {},
    ...(kept as Record<string, Json>),
    backupManagementType: 'AzureIaasVM',
    ...(shape.kind === 'Enhanced' ? { policyType: 'V2' } : {}),
    timeZone: shape.timeZone,
    instantRpRetentionRangeInDays: shape.snapshotDays,
    schedulePolicy: scheduleBody(shape),
    retentionPolicy: retentionBody(shape, jsonPart(kept['retentionPolicy'])),
    ...(guardRequest !== null && { resourceGuardOperationRequests: [guardRequest] }),
  };
}

function scheduleBody({ kind, schedule }: PolicyShape): Json {
  const times = [timeBody(timeOfSchedule(schedule))];
  const days: Record<string, Json> = schedule.frequency === 'Weekly' ? { scheduleRunDays: [...schedule.days] } : {};
  if (kind === 'Standard') {
    return {
      schedulePolicyType: 'SimpleSchedulePolicy',
      scheduleRunFrequency: schedule.frequency,
      ...days,
      scheduleRunTimes: times,
      scheduleWeeklyFrequency: 0,
    };
  }
  const v2 = { schedulePolicyType: 'SimpleSchedulePolicyV2', scheduleRunFrequency: schedule.frequency };
  if (schedule.frequency === 'Daily') return { ...v2, dailySchedule: { scheduleRunTimes: times } };
  if (schedule.frequency === 'Weekly') return { ...v2, weeklySchedule: { ...days, scheduleRunTimes: times } };
  const { everyHours: interval, windowHours: scheduleWindowDuration } = schedule;
  return {
    ...v2,
    hourlySchedule: { interval, scheduleWindowStartTime: times[0] as string, scheduleWindowDuration },
  };
}
