import type { Json } from '../core/json.ts';
import type { Retention } from './facts.ts';
import { jsonPart, timeBody, timeOfSchedule, type JsonPart, type PolicyShape } from './policy-shape.ts';

/**
 * How long which points of a policy are kept, in the form that Azure expects. Which points a layer keeps stays as it
 * was, unless the schedule no longer makes those: a weekly schedule keeps points of its own days only.
 */
export function retentionBody(shape: PolicyShape, base: JsonPart): Json {
  const times = [timeBody(timeOfSchedule(shape.schedule))];
  const layer = (kept: Retention, which: JsonPart): Json => ({
    ...(which as Record<string, Json>),
    retentionTimes: times,
    retentionDuration: { count: kept.count, durationType: kept.unit },
  });
  const { daily, weekly, monthly, yearly } = shape;
  return {
    retentionPolicyType: 'LongTermRetentionPolicy',
    ...(daily ? { dailySchedule: layer(daily, {}) } : {}),
    ...(weekly ? { weeklySchedule: layer(weekly, weekDays(shape, jsonPart(base['weeklySchedule']))) } : {}),
    ...(monthly ? { monthlySchedule: layer(monthly, pattern(shape, jsonPart(base['monthlySchedule']))) } : {}),
    ...(yearly ? { yearlySchedule: layer(yearly, ofYear(shape, jsonPart(base['yearlySchedule']))) } : {}),
  };
}

/** The day whose points the layers of a new policy keep: the first one of a weekly schedule, otherwise Sunday. */
export function anchorDay({ schedule }: Pick<PolicyShape, 'schedule'>): string {
  return schedule.frequency === 'Weekly' ? (schedule.days[0] ?? 'Sunday') : 'Sunday';
}

function weekDays({ schedule }: PolicyShape, base: JsonPart): JsonPart {
  if (schedule.frequency === 'Weekly') return { daysOfTheWeek: [...schedule.days] };
  return { daysOfTheWeek: base['daysOfTheWeek'] ?? ['Sunday'] };
}

function ofYear(shape: PolicyShape, base: JsonPart): JsonPart {
  return { ...pattern(shape, base), monthsOfYear: base['monthsOfYear'] ?? ['January'] };
}

/** Which points of a month: as before if the schedule still makes them, otherwise those of the first anchor day. */
function pattern(shape: PolicyShape, base: JsonPart): JsonPart {
  const { retentionScheduleFormatType, retentionScheduleDaily, retentionScheduleWeekly } = base;
  if (retentionScheduleFormatType !== undefined && stillMade(shape, base)) {
    return {
      retentionScheduleFormatType,
      ...(retentionScheduleDaily ? { retentionScheduleDaily } : {}),
      ...(retentionScheduleWeekly ? { retentionScheduleWeekly } : {}),
    };
  }
  return {
    retentionScheduleFormatType: 'Weekly',
    retentionScheduleWeekly: { daysOfTheWeek: [anchorDay(shape)], weeksOfTheMonth: ['First'] },
  };
}

function stillMade({ schedule }: PolicyShape, base: JsonPart): boolean {
  if (schedule.frequency !== 'Weekly') return true;
  const days = jsonPart(base['retentionScheduleWeekly'])['daysOfTheWeek'];
  return Array.isArray(days) && days.length > 0 && days.every((day) => schedule.days.includes(String(day)));
}
