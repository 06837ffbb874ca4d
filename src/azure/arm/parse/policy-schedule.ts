import type {
  SchedulePolicyUnion,
  SimpleSchedulePolicy,
  SimpleSchedulePolicyV2,
} from '@azure/arm-recoveryservicesbackup';
import type { PolicyFacts } from '../../facts.ts';
import { listOf } from './azure-values.ts';
import { timeOfDay } from './azure-times.ts';

type Schedule = PolicyFacts['schedule'];

/** When a policy backs up. Standard and Enhanced policies write the same in two forms; a third is `Unknown`. */
export function scheduleOf(policy: SchedulePolicyUnion | undefined): Schedule {
  if (policy?.schedulePolicyType === 'SimpleSchedulePolicy') return standard(policy as SimpleSchedulePolicy);
  if (policy?.schedulePolicyType === 'SimpleSchedulePolicyV2') return enhanced(policy as SimpleSchedulePolicyV2);
  return { frequency: 'Unknown' };
}

function standard(policy: SimpleSchedulePolicy): Schedule {
  const times = timesOf(policy.scheduleRunTimes);
  if (policy.scheduleRunFrequency === 'Daily') return { frequency: 'Daily', times };
  if (policy.scheduleRunFrequency === 'Weekly') {
    return { frequency: 'Weekly', times, days: listOf(policy.scheduleRunDays) };
  }
  return policy.scheduleRunFrequency === 'Hourly' ? hourly(policy.hourlySchedule) : { frequency: 'Unknown' };
}

function enhanced({
  scheduleRunFrequency,
  dailySchedule,
  weeklySchedule,
  hourlySchedule,
}: SimpleSchedulePolicyV2): Schedule {
  if (scheduleRunFrequency === 'Daily') return { frequency: 'Daily', times: timesOf(dailySchedule?.scheduleRunTimes) };
  if (scheduleRunFrequency === 'Weekly') {
    const times = timesOf(weeklySchedule?.scheduleRunTimes);
    return { frequency: 'Weekly', times, days: listOf(weeklySchedule?.scheduleRunDays) };
  }
  return scheduleRunFrequency === 'Hourly' ? hourly(hourlySchedule) : { frequency: 'Unknown' };
}

function hourly(schedule: SimpleSchedulePolicyV2['hourlySchedule']): Schedule {
  const windowStart = schedule?.scheduleWindowStartTime ? timeOfDay(schedule.scheduleWindowStartTime) : null;
  if (!schedule?.interval || !windowStart) return { frequency: 'Unknown' };
  return {
    frequency: 'Hourly',
    everyHours: schedule.interval,
    windowStart,
    windowHours: schedule.scheduleWindowDuration ?? 24,
  };
}

function timesOf(times: readonly Date[] | undefined): readonly string[] {
  return listOf(times)
    .map(timeOfDay)
    .filter((time) => time !== null);
}
