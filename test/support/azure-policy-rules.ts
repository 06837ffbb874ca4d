import type { Json } from '../../src/core/json.ts';

/**
 * What Azure Backup rejects in the body of a policy for VMs, according to its own tools, which check it before sending
 * (Az PowerShell, the Terraform provider), and its documentation. It reads only the body and knows nothing of forms.
 */
export function azureObjections(body: Json): string[] {
  const policy = part(body);
  const schedule = part(policy['schedulePolicy']);
  const retention = part(policy['retentionPolicy']);
  const isEnhanced = policy['policyType'] === 'V2';
  const runs = isEnhanced ? enhancedRuns(schedule) : standardRuns(schedule);
  return [
    ...(policy['backupManagementType'] === 'AzureIaasVM' ? [] : ['the kind of workload']),
    ...(typeof policy['timeZone'] === 'string' && policy['timeZone'] !== '' ? [] : ['the time zone']),
    ...runs.objections,
    ...retentionObjections(retention, runs),
    ...snapshotObjections(policy, { isEnhanced, isWeekly: runs.days !== null, retention }),
  ];
}

type Part = Readonly<Record<string, Json | undefined>>;
type Runs = { readonly times: readonly Json[]; readonly days: readonly Json[] | null; readonly objections: string[] };

const weekDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function part(value: Json | undefined): Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Part) : {};
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function standardRuns(schedule: Part): Runs {
  const frequency = schedule['scheduleRunFrequency'];
  const times = list(schedule['scheduleRunTimes']);
  const days = frequency === 'Weekly' ? list(schedule['scheduleRunDays']) : null;
  const objections = [
    ...(schedule['schedulePolicyType'] === 'SimpleSchedulePolicy' ? [] : ['the type of schedule']),
    ...(frequency === 'Daily' || frequency === 'Weekly' ? [] : ['the frequency of a Standard policy']),
  ];
  return checked({ times, days, objections });
}

function enhancedRuns(schedule: Part): Runs {
  const objections = schedule['schedulePolicyType'] === 'SimpleSchedulePolicyV2' ? [] : ['the type of schedule'];
  if (schedule['scheduleRunFrequency'] === 'Hourly') {
    const { interval, scheduleWindowStartTime, scheduleWindowDuration } = part(schedule['hourlySchedule']);
    const [step, hours] = [Number(interval), Number(scheduleWindowDuration)];
    if (![4, 6, 8, 12].includes(step)) objections.push('the interval');
    if (!(hours >= step && hours >= 4 && hours <= 24 && hours % step === 0)) objections.push('the window');
    return checked({ times: [scheduleWindowStartTime ?? null], days: null, objections });
  }
  const isWeekly = schedule['scheduleRunFrequency'] === 'Weekly';
  const { scheduleRunTimes, scheduleRunDays } = part(schedule[isWeekly ? 'weeklySchedule' : 'dailySchedule']);
  return checked({ times: list(scheduleRunTimes), days: isWeekly ? list(scheduleRunDays) : null, objections });
}

function checked({ times, days, objections }: Runs): Runs {
  if (times.length !== 1 || !times.every(isHalfHour)) objections.push('the time of day');
  if (days && (days.length === 0 || new Set(days).size !== days.length)) objections.push('the days');
  if (days?.some((day) => !weekDays.includes(String(day)))) objections.push('a day that is none');
  return { times, days, objections };
}

function isHalfHour(time: Json): boolean {
  return typeof time === 'string' && /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[03]0:00Z$/.test(time);
}

const ranges = {
  dailySchedule: ['Days', 7, 9999],
  weeklySchedule: ['Weeks', 1, 5163],
  monthlySchedule: ['Months', 1, 1188],
  yearlySchedule: ['Years', 1, 99],
} as const;

function retentionObjections(retention: Part, runs: Runs): string[] {
  const needed = runs.days === null ? 'dailySchedule' : 'weeklySchedule';
  return [
    ...(retention['retentionPolicyType'] === 'LongTermRetentionPolicy' ? [] : ['the type of retention']),
    ...(retention[needed] ? [] : [`${needed} is missing`]),
    ...(runs.days && retention['dailySchedule'] ? ['daily points of a weekly schedule'] : []),
    ...Object.entries(ranges).flatMap(([name, range]) =>
      retention[name] ? layerObjections(part(retention[name]), { name, range, runs }) : [],
    ),
  ];
}

type Layer = { readonly name: string; readonly range: readonly [string, number, number]; readonly runs: Runs };

function layerObjections(layer: Part, { name, range: [unit, min, max], runs }: Layer): string[] {
  const { count, durationType } = part(layer['retentionDuration']);
  const kept = Number(count);
  const days = layer['daysOfTheWeek'] ?? part(layer['retentionScheduleWeekly'])['daysOfTheWeek'];
  const ofOwnDays = runs.days === null || list(days).every((day) => runs.days?.includes(day));
  const weekly = part(layer['retentionScheduleWeekly']);
  const isByWeek = layer['retentionScheduleFormatType'] === 'Weekly';
  return [
    ...(durationType === unit && Number.isInteger(kept) && kept >= min && kept <= max ? [] : [`${name}: how long`]),
    ...(JSON.stringify(layer['retentionTimes']) === JSON.stringify(runs.times) ? [] : [`${name}: at another time`]),
    ...(name === 'dailySchedule' || (list(days).length > 0 && ofOwnDays) ? [] : [`${name}: which days`]),
    ...(isByWeek && list(weekly['weeksOfTheMonth']).length === 0 ? [`${name}: which weeks`] : []),
    ...(name === 'yearlySchedule' && list(layer['monthsOfYear']).length === 0 ? [`${name}: which months`] : []),
  ];
}

type Kind = { readonly isEnhanced: boolean; readonly isWeekly: boolean; readonly retention: Part };

function snapshotObjections(policy: Part, { isEnhanced, isWeekly, retention }: Kind): string[] {
  const days = Number(policy['instantRpRetentionRangeInDays']);
  const daily = Number(part(part(retention['dailySchedule'])['retentionDuration'])['count']);
  if (isWeekly) return days === 5 ? [] : ['snapshots of a weekly policy'];
  if (!(days >= 1 && days <= (isEnhanced ? 30 : 5))) return ['how long snapshots stay'];
  return days <= daily ? [] : ['snapshots stay longer than the backups'];
}
