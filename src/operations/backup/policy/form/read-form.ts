/**
 * Reads the form: either a policy that Azure's rules accept, or every invalid field with the reason. A field that
 * doesn't matter for the chosen schedule is ignored. Pure.
 */
import type { PolicyFacts, PolicyShape } from '../../../../azure/gateway.ts';
import { windowsZone } from '../../../../core/windows-zone.ts';
import { zoneValue, type Field, type PolicyForm } from './form.ts';
import { readDays } from './read-days.ts';
import {
  hourSteps,
  keepRange,
  type Layer,
  layers,
  policyName,
  snapshotRange,
  startTimes,
  weeklySnapshotDays,
} from './rules.ts';

/** Why a field isn't accepted. `given` is its value. */
export type FieldProblem =
  | {
      readonly field: Field;
      readonly why: 'missing' | 'name' | 'kind' | 'vm-needs-enhanced' | 'often' | 'hourly-standard' | 'time' | 'zone';
    }
  | { readonly field: Field; readonly why: 'days-missing' | 'window' | 'snapshots-daily' }
  | { readonly field: Field; readonly why: 'day'; readonly given: string }
  | { readonly field: Field; readonly why: 'range'; readonly min: number; readonly max: number };

/** The context in which the form is read: a new policy, or an existing one that keeps its name and kind. */
export type ReadFor = {
  readonly was: PolicyFacts | null;
  /** It is created for a VM that can't have a Standard policy. */
  readonly onlyEnhanced?: boolean;
};

/** A policy, or what is wrong with the form. */
type FormRead = { readonly shape: PolicyShape } | { readonly problems: readonly FieldProblem[] };

/** Reads the form. */
export function readForm(form: PolicyForm, { was, onlyEnhanced = false }: ReadFor): FormRead {
  const problems: FieldProblem[] = [];
  const take = <T>(read: { value: T } | FieldProblem, instead: T): T => {
    if ('value' in read) return read.value;
    problems.push(read);
    return instead;
  };
  const name = take(was ? { value: was.name } : nameOf(form), '');
  const kind = take(was ? { value: was.kind } : kindOf(form, onlyEnhanced), 'Standard');
  const schedule = take(scheduleOf(form, { kind, was }, problems), { frequency: 'Daily', times: ['00:00'] });
  const timeZone = take(zoneOf(form, was), 'UTC');
  const isWeekly = given(form, 'often') === 'weekly';
  const kept = keptOf(form, isWeekly, take);
  const snapshotDays = take(snapshotsOf(form, { kind, isWeekly, daily: kept.daily?.count ?? null }), 1);
  return problems.length > 0 ? { problems } : { shape: { name, kind, timeZone, schedule, ...kept, snapshotDays } };
}

type Read<T> = { value: T } | FieldProblem;
type Schedule = PolicyShape['schedule'];

function given(form: PolicyForm, field: Field): string {
  return (form[field] ?? '').trim();
}

function nameOf(form: PolicyForm): Read<string> {
  const name = given(form, 'name');
  if (name === '') return { field: 'name', why: 'missing' };
  return policyName.test(name) ? { value: name } : { field: 'name', why: 'name' };
}

function kindOf(form: PolicyForm, onlyEnhanced: boolean): Read<PolicyShape['kind']> {
  const kind = given(form, 'kind');
  if (kind === 'Standard' && onlyEnhanced) return { field: 'kind', why: 'vm-needs-enhanced' };
  return kind === 'Standard' || kind === 'Enhanced' ? { value: kind } : { field: 'kind', why: 'kind' };
}

type Fixed = { readonly kind: PolicyShape['kind']; readonly was: PolicyFacts | null };

function scheduleOf(form: PolicyForm, fixed: Fixed, problems: FieldProblem[]): Read<Schedule> {
  const often = given(form, 'often');
  const time = timeOf(form, fixed.was);
  if ('why' in time) problems.push(time);
  const at = 'value' in time ? time.value : '00:00';
  if (often === 'daily') return { value: { frequency: 'Daily', times: [at] } };
  if (often === 'weekly') return weeklyOf(form, at);
  const everyHours = hourSteps.find((step) => often === `hourly-${step}`);
  if (everyHours === undefined) return { field: 'often', why: 'often' };
  if (fixed.kind === 'Standard') return { field: 'often', why: 'hourly-standard' };
  return hourlyOf(form, { everyHours, windowStart: at, was: fixed.was });
}

function weeklyOf(form: PolicyForm, at: string): Read<Schedule> {
  const read = readDays(given(form, 'days').slice(0, 500));
  if ('unknown' in read) return { field: 'days', why: 'day', given: read.unknown };
  if (read.days.length === 0) return { field: 'days', why: 'days-missing' };
  return { value: { frequency: 'Weekly', times: [at], days: read.days } };
}

type Hours = { readonly everyHours: number; readonly windowStart: string; readonly was: PolicyFacts | null };

/** An existing window can stay, even if it isn't a multiple of the step: Azure accepted it once. */
function hourlyOf(form: PolicyForm, { everyHours, windowStart, was }: Hours): Read<Schedule> {
  const windowHours = wholeNumber(given(form, 'window'));
  const stands =
    was?.schedule.frequency === 'Hourly' &&
    was.schedule.windowHours === windowHours &&
    was.schedule.everyHours === everyHours;
  const fits = windowHours !== null && windowHours >= everyHours && windowHours <= 24 && windowHours % everyHours === 0;
  if (windowHours === null || !(fits || stands)) return { field: 'window', why: 'window' };
  return { value: { frequency: 'Hourly', everyHours, windowStart, windowHours } };
}

function timeOf(form: PolicyForm, was: PolicyFacts | null): Read<string> {
  const time = given(form, 'time');
  if (time === '') return { field: 'time', why: 'missing' };
  const stands = was !== null && timesOf(was.schedule).includes(time);
  return startTimes.includes(time) || stands ? { value: time } : { field: 'time', why: 'time' };
}

/** The times of day of an existing schedule. */
export function timesOf(schedule: PolicyFacts['schedule']): readonly string[] {
  if (schedule.frequency === 'Hourly') return [schedule.windowStart];
  return schedule.frequency === 'Unknown' ? [] : schedule.times;
}

function zoneOf(form: PolicyForm, was: PolicyFacts | null): Read<string> {
  const zone = given(form, 'zone').slice(0, 100);
  if (zone === '') return { field: 'zone', why: 'missing' };
  if (was && zone === zoneValue(was.timeZone)) return { value: was.timeZone };
  const windows = windowsZone(zone);
  return windows === null ? { field: 'zone', why: 'zone' } : { value: windows };
}

type Take = <T>(read: Read<T>, instead: T) => T;
type Kept = Pick<PolicyShape, Layer>;

/** A weekly schedule creates no daily points, so it can't keep any, but it must keep weekly ones. */
function keptOf(form: PolicyForm, isWeekly: boolean, take: Take): Kept {
  const needed: Layer = isWeekly ? 'weekly' : 'daily';
  const kept = layers.map((layer) => {
    if (layer === 'daily' && isWeekly) return [layer, null] as const;
    return [layer, take(layerOf(form, layer, layer === needed), null)] as const;
  });
  return Object.fromEntries(kept) as Kept;
}

function layerOf(form: PolicyForm, layer: Layer, needed: boolean): Read<PolicyShape['daily']> {
  const text = given(form, layer);
  const { min, max, unit } = keepRange[layer];
  if (text === '') return needed ? { field: layer, why: 'missing' } : { value: null };
  const count = wholeNumber(text);
  return count !== null && count >= min && count <= max
    ? { value: { count, unit } }
    : { field: layer, why: 'range', min, max };
}

type Snapshots = { readonly kind: PolicyShape['kind']; readonly isWeekly: boolean; readonly daily: number | null };

/** Left empty, snapshots stay as long as Azure proposes. They never outlive the copy in the vault. */
function snapshotsOf(form: PolicyForm, { kind, isWeekly, daily }: Snapshots): Read<number> {
  const text = given(form, 'snapshots');
  const { min, max, default: preset } = snapshotRange[kind];
  const days = text === '' ? null : wholeNumber(text);
  if (isWeekly) return { value: weeklySnapshotDays };
  if (text === '') return { value: Math.min(preset, daily ?? preset) };
  if (days === null || days < min || days > max) return { field: 'snapshots', why: 'range', min, max };
  return daily !== null && days > daily ? { field: 'snapshots', why: 'snapshots-daily' } : { value: days };
}

function wholeNumber(text: string): number | null {
  return /^\d{1,6}$/.test(text) ? Number(text) : null;
}
