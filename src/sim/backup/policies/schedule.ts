import type { PolicySpec } from '../../state/state-backup.ts';
import { field, textField } from '../../json.ts';

/** Azure uses Windows' names of time zones; these are the ones known here. */
const ZONES: Record<string, string> = {
  UTC: 'UTC',
  'GMT Standard Time': 'Europe/London',
  'W. Europe Standard Time': 'Europe/Amsterdam',
  'Romance Standard Time': 'Europe/Paris',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Eastern Standard Time': 'America/New_York',
  'Pacific Standard Time': 'America/Los_Angeles',
  'India Standard Time': 'Asia/Kolkata',
};

const DAY = 86_400_000;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The starts of a policy's runs after `from` and up to `until`, in milliseconds. */
export function runsBetween(policy: PolicySpec, from: number, until: number): number[] {
  const schedule = field(policy.properties, 'schedulePolicy');
  const named = textField(policy.properties, 'timeZone') ?? 'UTC';
  const zone = Object.hasOwn(ZONES, named) ? (ZONES[named] ?? 'UTC') : 'UTC';
  const days = field(schedule, 'scheduleRunDays');
  const weekdays = Array.isArray(days) && days.length > 0 ? days : null;
  const found: number[] = [];
  for (let day = from - DAY; day <= until + DAY; day += DAY) {
    const date = new Date(day).toISOString().slice(0, 10);
    if (weekdays && !weekdays.includes(WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()])) continue;
    for (const clock of clocksOf(schedule)) found.push(inZone(date, clock, zone));
  }
  return [...new Set(found)].filter((at) => at > from && at <= until).sort((one, other) => one - other);
}

/** The times of day (`HH:MM`) of one day's runs. */
function clocksOf(schedule: unknown): string[] {
  const hourly = field(schedule, 'hourlySchedule');
  if (hourly) return hourlyClocks(hourly);
  const nested =
    field(field(schedule, 'dailySchedule'), 'scheduleRunTimes') ??
    field(field(schedule, 'weeklySchedule'), 'scheduleRunTimes');
  const times = field(schedule, 'scheduleRunTimes') ?? nested;
  return Array.isArray(times) ? times.filter((time) => typeof time === 'string').map((time) => time.slice(11, 16)) : [];
}

function hourlyClocks(hourly: unknown): string[] {
  const interval = Number(field(hourly, 'interval') ?? 24);
  const window = Number(field(hourly, 'scheduleWindowDuration') ?? 0);
  const [hour = 0, minute = 0] = (textField(hourly, 'scheduleWindowStartTime') ?? '')
    .slice(11, 16)
    .split(':')
    .map(Number);
  const clocks: string[] = [];
  for (let passed = 0; passed < window && interval > 0; passed += interval) {
    clocks.push(`${String((hour + passed) % 24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  }
  return clocks;
}

/** The instant at which clocks in this zone show this date and time. */
function inZone(date: string, clock: string, zone: string): number {
  const asUtc = Date.parse(`${date}T${clock}:00Z`);
  return asUtc - offset(asUtc - offset(asUtc, zone), zone);
}

function offset(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
    at,
  );
  return Date.parse(`${parts.replace(' ', 'T')}Z`) - Math.floor(at / 1000) * 1000;
}
