import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { policyBody, type PolicyFacts, type PolicyShape } from '../../src/azure/gateway.ts';
import { fields, formOf, newForm, type PolicyForm } from '../../src/operations/backup/policy/form/form.ts';
import { readDays } from '../../src/operations/backup/policy/form/read-days.ts';
import { readForm, type FieldProblem } from '../../src/operations/backup/policy/form/read-form.ts';
import { command } from '../../src/message/escape.ts';
import { limitSteps } from '../../src/message/limits.ts';
import { policyCommand } from '../../src/operations/backup/policy/command.ts';
import { azureObjections } from '../support/azure-policy-rules.ts';

const plain: PolicyForm = { ...newForm('Europe/Amsterdam'), name: 'silver-30' };
const asNew = { was: null };

const problemsOf = (form: PolicyForm, of: { was: PolicyFacts | null } = asNew): readonly FieldProblem[] => {
  const read = readForm(form, of);
  return 'problems' in read ? read.problems : [];
};
const shapeOf = (form: PolicyForm, of: { was: PolicyFacts | null } = asNew): PolicyShape => {
  const read = readForm(form, of);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.shape;
};

test('a new form is a valid policy, except for its name', () => {
  expect(problemsOf(newForm('Europe/Amsterdam'))).toEqual([{ field: 'name', why: 'missing' }]);
  expect(shapeOf(plain)).toEqual({
    name: 'silver-30',
    kind: 'Standard',
    timeZone: 'W. Europe Standard Time',
    schedule: { frequency: 'Daily', times: ['01:00'] },
    daily: { count: 30, unit: 'Days' },
    weekly: null,
    monthly: null,
    yearly: null,
    snapshotDays: 2,
  });
});

test('a time zone that Windows doesn’t know becomes UTC', () => {
  expect(newForm('Mars/Olympus').zone).toBe('UTC');
});

describe('one field at a time', () => {
  test.each<[string, PolicyForm, FieldProblem]>([
    ['no name', { name: ' ' }, { field: 'name', why: 'missing' }],
    ['two letters', { name: 'ab' }, { field: 'name', why: 'name' }],
    ['a digit first', { name: '1silver' }, { field: 'name', why: 'name' }],
    ['an underscore', { name: 'silver_30' }, { field: 'name', why: 'name' }],
    ['a path', { name: 'a/../b' }, { field: 'name', why: 'name' }],
    ['151 characters', { name: 'a'.repeat(151) }, { field: 'name', why: 'name' }],
    ['an unknown kind', { kind: 'Gold' }, { field: 'kind', why: 'kind' }],
    ['an unknown rhythm', { often: 'hourly-5' }, { field: 'often', why: 'often' }],
    ['several times a day on Standard', { often: 'hourly-4' }, { field: 'often', why: 'hourly-standard' }],
    ['a quarter past', { time: '01:15' }, { field: 'time', why: 'time' }],
    ['hour 24', { time: '24:00' }, { field: 'time', why: 'time' }],
    ['no time', { time: '' }, { field: 'time', why: 'missing' }],
    ['no zone', { zone: '' }, { field: 'zone', why: 'missing' }],
    ['a zone nobody knows', { zone: 'Mars/Olympus' }, { field: 'zone', why: 'zone' }],
    ['weekly without a day', { often: 'weekly', weekly: '4' }, { field: 'days', why: 'days-missing' }],
    [
      'a day that is none',
      { often: 'weekly', weekly: '4', days: 'Sunday, Caturday' },
      { field: 'days', why: 'day', given: 'caturday' },
    ],
    ['weekly without weeks', { often: 'weekly', days: 'Sunday' }, { field: 'weekly', why: 'missing' }],
    ['six days', { daily: '6' }, { field: 'daily', why: 'range', min: 7, max: 9999 }],
    ['10,000 days', { daily: '10000' }, { field: 'daily', why: 'range', min: 7, max: 9999 }],
    ['half a day', { daily: '7.5' }, { field: 'daily', why: 'range', min: 7, max: 9999 }],
    ['a word', { daily: 'thirty' }, { field: 'daily', why: 'range', min: 7, max: 9999 }],
    ['less than nothing', { daily: '-30' }, { field: 'daily', why: 'range', min: 7, max: 9999 }],
    ['no days', { daily: '' }, { field: 'daily', why: 'missing' }],
    ['no weeks in words', { weekly: '0' }, { field: 'weekly', why: 'range', min: 1, max: 5163 }],
    ['too many months', { monthly: '1189' }, { field: 'monthly', why: 'range', min: 1, max: 1188 }],
    ['a century', { yearly: '100' }, { field: 'yearly', why: 'range', min: 1, max: 99 }],
    ['six days of snapshots', { snapshots: '6' }, { field: 'snapshots', why: 'range', min: 1, max: 5 }],
    [
      'snapshots that outlive the copy',
      { kind: 'Enhanced', daily: '7', snapshots: '8' },
      { field: 'snapshots', why: 'snapshots-daily' },
    ],
    [
      'a window that is no multiple',
      { kind: 'Enhanced', often: 'hourly-8', window: '12' },
      { field: 'window', why: 'window' },
    ],
    [
      'a window shorter than the step',
      { kind: 'Enhanced', often: 'hourly-12', window: '4' },
      { field: 'window', why: 'window' },
    ],
    ['no window', { kind: 'Enhanced', often: 'hourly-4', window: '' }, { field: 'window', why: 'window' }],
  ])('%s', (_what, change, problem) => expect(problemsOf({ ...plain, ...change })).toEqual([problem]));

  test('all errors are shown at once', () => {
    const wrong = problemsOf({ kind: 'Standard', often: 'hourly-4', time: 'noon', zone: 'x', daily: '3' });
    expect(wrong.map(({ field }) => field).sort()).toEqual(['daily', 'name', 'often', 'time', 'zone']);
  });

  test('fields that the schedule doesn’t use are ignored', () => {
    expect(problemsOf({ ...plain, days: 'Caturday', window: 'x' })).toEqual([]);
    const weekly = {
      ...plain,
      often: 'weekly',
      days: 'so zo sunday',
      weekly: '4',
      daily: '3',
      window: 'x',
      snapshots: '2',
    };
    expect(problemsOf(weekly)).toEqual([{ field: 'days', why: 'day', given: 'so' }]);
    expect(shapeOf({ ...weekly, days: 'zo' })).toMatchObject({ daily: null, snapshotDays: 5 });
  });
});

test.each([
  ['Sunday, Wednesday', ['Wednesday', 'Sunday']],
  ['zo en wo', ['Wednesday', 'Sunday']],
  ['MON;tue  thu-fri', ['Monday', 'Tuesday', 'Thursday', 'Friday']],
  ['', []],
])('%j are days', (text, days) => expect(readDays(text)).toEqual({ days }));

/** A policy made by somebody else: odd values that Azure once accepted, some of which this form doesn't offer. */
const odd: PolicyFacts = {
  id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/backupPolicies/Odd Name',
  name: 'Odd Name',
  kind: 'Enhanced',
  timeZone: 'Narnia Standard Time',
  schedule: { frequency: 'Hourly', everyHours: 4, windowStart: '08:10', windowHours: 23 },
  daily: { count: 180, unit: 'Days' },
  weekly: null,
  monthly: { count: 60, unit: 'Months' },
  yearly: null,
  snapshotDays: 30,
  crashConsistentOnly: true,
  restorePointGroup: null,
  protectedItems: 3,
};

describe('an existing policy', () => {
  test('its own values are valid, odd as they are, and it keeps its name and kind', () => {
    const { id: _, crashConsistentOnly: __, restorePointGroup: ___, protectedItems: ____, ...same } = odd;
    expect(shapeOf(formOf(odd), { was: odd })).toEqual(same);
    expect(shapeOf({ ...formOf(odd), name: 'x', kind: 'Standard' }, { was: odd })).toEqual(same);
  });

  test('an odd value of another policy is invalid', () => {
    const other = { ...odd, timeZone: 'UTC', schedule: { frequency: 'Daily' as const, times: ['01:00'] } };
    const wrong = problemsOf(formOf(odd), { was: other });
    expect(wrong.map(({ field }) => field).sort()).toEqual(['time', 'window', 'zone']);
  });

  test('an unreadable schedule is left empty, and asked for', () => {
    const unread: PolicyFacts = { ...odd, schedule: { frequency: 'Unknown' } };
    const wrong = problemsOf(formOf(unread), { was: unread });
    expect(wrong.map(({ field }) => field).sort()).toEqual(['often', 'time']);
  });

  test('weekly points that an old policy keeps as daily ones are shown as weekly', () => {
    const old: PolicyFacts = {
      ...odd,
      schedule: { frequency: 'Weekly', times: ['01:00'], days: ['Sunday'] },
      daily: { count: 12, unit: 'Weeks' },
      monthly: null,
      snapshotDays: 5,
    };
    expect(formOf(old)).toMatchObject({ weekly: '12', days: 'Sunday' });
    expect(formOf(old)).not.toHaveProperty('daily');
  });
});

const sensible = fc.record(
  {
    name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{2,40}$/),
    kind: fc.constantFrom('Standard', 'Enhanced'),
    often: fc.constantFrom('daily', 'weekly', 'hourly-4', 'hourly-6', 'hourly-8', 'hourly-12'),
    days: fc.constantFrom('Sunday', 'ma, wo', 'mon tue wed thu fri sat sun', ''),
    time: fc.constantFrom('00:00', '13:30', '23:30', '12:34'),
    window: fc.constantFrom('4', '12', '20', '24', '7'),
    zone: fc.constantFrom('UTC', 'Europe/Amsterdam', 'Asia/Kolkata', 'Nowhere'),
    daily: fc.oneof(fc.nat(12_000).map(String), fc.constant('')),
    weekly: fc.oneof(fc.nat(6000).map(String), fc.constant('')),
    monthly: fc.oneof(fc.nat(1500).map(String), fc.constant('')),
    yearly: fc.oneof(fc.nat(120).map(String), fc.constant('')),
    snapshots: fc.oneof(fc.nat(35).map(String), fc.constant('')),
  },
  { requiredKeys: [] },
);
const wild = fc.record(Object.fromEntries(fields.map((field) => [field, fc.string({ unit: 'grapheme' })])), {
  requiredKeys: [],
});
const anyForm = fc.oneof(
  sensible,
  wild,
  fc.tuple(sensible, wild).map(([one, other]) => ({ ...one, ...other })),
);

test('any form is a policy that Azure accepts, or names its invalid fields', () => {
  fc.assert(
    fc.property(anyForm, (form) => {
      const read = readForm(form, asNew);
      if ('problems' in read) {
        expect(read.problems.length).toBeGreaterThan(0);
        for (const { field } of read.problems) expect(fields).toContain(field);
        expect(new Set(read.problems.map(({ field }) => field)).size).toBe(read.problems.length);
      } else {
        expect(azureObjections(policyBody(read.shape, null))).toEqual([]);
      }
    }),
    { numRuns: 3000 },
  );
});

test('forms of every frequency and kind are accepted', () => {
  const made = fc.sample(sensible, { numRuns: 3000, seed: 7 }).flatMap((form) => {
    const read = readForm({ ...plain, ...form }, asNew);
    return 'shape' in read ? [`${read.shape.kind} ${read.shape.schedule.frequency}`] : [];
  });
  expect([...new Set(made)].sort()).toEqual([
    'Enhanced Daily',
    'Enhanced Hourly',
    'Enhanced Weekly',
    'Standard Daily',
    'Standard Weekly',
  ]);
});

test('the longest command for a new policy is shown completely', () => {
  const longest = shapeOf({
    ...plain,
    name: 'a'.repeat(80),
    kind: 'Enhanced',
    often: 'weekly',
    days: 'mon tue wed thu fri sat sun',
    zone: 'America/Sao_Paulo',
    weekly: '5163',
    monthly: '1188',
    yearly: '99',
  });
  const vaultId = `/subscriptions/s/resourceGroups/${'g'.repeat(60)}/providers/Microsoft.RecoveryServices/vaults/${'v'.repeat(50)}`;
  const typed = policyCommand({
    id: 'policy',
    after: [],
    does: 'create-policy',
    vaultId,
    vaultName: 'v',
    policyId: `${vaultId}/backupPolicies/x`,
    shape: longest,
    body: policyBody(longest, null),
  });
  expect(command(typed, limitSteps[0]!.line)).toBe(typed);
  expect(JSON.parse(/--policy '(.*)'$/.exec(typed)![1]!)).toEqual({ properties: policyBody(longest, null) });
});
