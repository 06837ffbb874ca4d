import type { Json } from '../../json.ts';

type Properties = { [name: string]: Json };

/** A daily Standard policy: its run time (in its time zone) and how long its points are kept. */
export function standardPolicy(plan: {
  time: string;
  days: number;
  weeks?: number;
  years?: number;
  timeZone?: string;
}): Properties {
  const times = [`2025-06-02T${plan.time}:00Z`];
  const retention: Properties = {
    retentionPolicyType: 'LongTermRetentionPolicy',
    dailySchedule: schedule(times, plan.days, 'Days'),
  };
  if (plan.weeks) retention.weeklySchedule = { daysOfTheWeek: ['Sunday'], ...schedule(times, plan.weeks, 'Weeks') };
  if (plan.years) retention.yearlySchedule = { ...yearly(), ...schedule(times, plan.years, 'Years') };
  return {
    backupManagementType: 'AzureIaasVM',
    instantRPDetails: {},
    schedulePolicy: {
      schedulePolicyType: 'SimpleSchedulePolicy',
      scheduleRunFrequency: 'Daily',
      scheduleRunTimes: times,
      scheduleWeeklyFrequency: 0,
    },
    retentionPolicy: retention,
    instantRpRetentionRangeInDays: 2,
    timeZone: plan.timeZone ?? 'UTC',
  };
}

/** An Enhanced policy that runs every four hours between 08:00 and midnight. */
export function enhancedPolicy(days: number): Properties {
  return {
    backupManagementType: 'AzureIaasVM',
    policyType: 'V2',
    instantRPDetails: {},
    schedulePolicy: {
      schedulePolicyType: 'SimpleSchedulePolicyV2',
      scheduleRunFrequency: 'Hourly',
      hourlySchedule: { interval: 4, scheduleWindowStartTime: '2025-06-02T08:00:00Z', scheduleWindowDuration: 16 },
    },
    retentionPolicy: {
      retentionPolicyType: 'LongTermRetentionPolicy',
      dailySchedule: schedule(['2025-06-02T08:00:00Z'], days, 'Days'),
    },
    instantRpRetentionRangeInDays: 7,
    timeZone: 'UTC',
  };
}

/** The policy for databases that every new vault has: a client that wants VMs has to tell it apart. */
export function logPolicy(): Properties {
  return {
    backupManagementType: 'AzureWorkload',
    workLoadType: 'SQLDataBase',
    settings: { timeZone: 'UTC', issqlcompression: false, isCompression: false },
    subProtectionPolicy: [
      {
        policyType: 'Full',
        schedulePolicy: {
          schedulePolicyType: 'SimpleSchedulePolicy',
          scheduleRunFrequency: 'Daily',
          scheduleRunTimes: ['2025-06-02T19:30:00Z'],
          scheduleWeeklyFrequency: 0,
        },
        retentionPolicy: {
          retentionPolicyType: 'LongTermRetentionPolicy',
          dailySchedule: schedule(['2025-06-02T19:30:00Z'], 30, 'Days'),
        },
      },
    ],
    makePolicyConsistent: false,
  };
}

function schedule(times: string[], count: number, durationType: string): Properties {
  return { retentionTimes: [...times], retentionDuration: { count, durationType } };
}

function yearly(): Properties {
  return {
    retentionScheduleFormatType: 'Weekly',
    monthsOfYear: ['January'],
    retentionScheduleWeekly: { daysOfTheWeek: ['Sunday'], weeksOfTheMonth: ['First'] },
  };
}
