/** The form on which a policy is chosen: its fields, and their values before anybody typed. Pure. */
import type { PolicyFacts } from '../../../../azure/gateway.ts';
import { ianaZone, windowsZone } from '../../../../core/windows-zone.ts';
import { keptCounts } from './difference.ts';

/** The fields of the form, in order. */
export const fields = [
  'name',
  'kind',
  'often',
  'zone',
  'days',
  'time',
  'window',
  'daily',
  'weekly',
  'monthly',
  'yearly',
  'snapshots',
] as const;
export type Field = (typeof fields)[number];

/** The form's values, exactly as typed; a field that was left empty is empty, one not shown yet is absent. */
export type PolicyForm = Readonly<Partial<Record<Field, string>>>;

/** The two cards of the form: the kind of policy, how often and in which zone; and what that frequency requires. */
export type FormCard = 'kind' | 'rest';

/** The fields of a card, in order. An existing policy keeps its name and its kind. */
export function fieldsOn(card: FormCard, { often = '' }: PolicyForm, was: PolicyFacts | null): readonly Field[] {
  if (card === 'kind') return was ? ['often', 'zone'] : ['name', 'kind', 'often', 'zone'];
  if (often === 'weekly') return ['days', 'time', 'weekly', 'monthly', 'yearly'];
  const hours: readonly Field[] = often.startsWith('hourly') ? ['window'] : [];
  return ['time', ...hours, 'daily', 'weekly', 'monthly', 'yearly', 'snapshots'];
}

/** The defaults of a new policy: once a day at night, kept 30 days. `timeZone` is the conversation's. */
export function newForm(timeZone: string): PolicyForm {
  const zone = windowsZone(timeZone) === null ? 'UTC' : timeZone;
  return { kind: 'Standard', often: 'daily', time: '01:00', window: '12', zone, daily: '30' };
}

/** An existing policy, on the form. What the form can't show (an unknown schedule) is left open. */
export function formOf(facts: PolicyFacts): PolicyForm {
  const kept = Object.entries(keptCounts(facts)).flatMap(([layer, count]) =>
    count === null ? [] : [[layer, String(count)] as const],
  );
  return {
    kind: facts.kind,
    ...scheduleOn(facts.schedule),
    zone: zoneValue(facts.timeZone),
    ...Object.fromEntries(kept),
    ...(facts.snapshotDays === null ? {} : { snapshots: String(facts.snapshotDays) }),
  };
}

/** A policy's time zone on the form: by its IANA name; an unknown one by Azure's own. */
export function zoneValue(windows: string): string {
  const iana = ianaZone(windows);
  return iana === 'Etc/UTC' ? 'UTC' : (iana ?? windows);
}

function scheduleOn(schedule: PolicyFacts['schedule']): PolicyForm {
  switch (schedule.frequency) {
    case 'Daily':
      return { often: 'daily', ...timeOn(schedule.times), window: '12' };
    case 'Weekly':
      return { often: 'weekly', days: schedule.days.join(', '), ...timeOn(schedule.times), window: '12' };
    case 'Hourly':
      return {
        often: `hourly-${schedule.everyHours}`,
        time: schedule.windowStart,
        window: String(schedule.windowHours),
      };
    case 'Unknown':
      return { window: '12' };
  }
}

function timeOn(times: readonly string[]): PolicyForm {
  return times[0] === undefined ? {} : { time: times[0] };
}
