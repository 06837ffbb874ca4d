import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { format } from '../../src/message/format.ts';
import { policyLine, policyWords } from '../../src/message/policy-words.ts';
import { regionName } from '../../src/message/wording/region-names.ts';
import { vaultLine } from '../../src/message/vault-words.ts';
import { dayIn, daysUntil, wallTime, wallTimeOn } from '../../src/message/wall-time.ts';
import { words } from '../../src/message/words.ts';

const winter = new Date('2026-11-24T22:16:00Z');
const summer = new Date('2026-07-01T12:00:00Z');
const en = format({ locale: 'en', timeZone: 'Europe/Amsterdam' });
const nl = format({ locale: 'nl', timeZone: 'Europe/Amsterdam' });

test('times have the name of their time zone', () => {
  expect(en.dateTime(winter)).toBe('24 Nov 2026 23:16 CET');
  expect(nl.dateTime(new Date('2026-03-01T00:05:00Z'))).toBe('1 mrt 2026 01:05 CET');
  expect(en.time(summer)).toBe('14:00 CEST');
  expect(en.date(new Date('2026-09-30T23:00:00Z'))).toBe('1 Oct 2026');
});

describe('a time as people say it', () => {
  const at = (local: string) => new Date(Date.parse(`${local}:00Z`) - 3_600_000);
  test.each([
    ['2026-12-01T14:00', '2026-12-02T00:00', ['tonight 00:00', 'vannacht 00:00']],
    ['2026-12-01T14:00', '2026-12-01T23:30', ['tonight 23:30', 'vanavond 23:30']],
    ['2026-12-01T14:00', '2026-12-01T16:00', ['today 16:00', 'vandaag 16:00']],
    ['2026-12-01T14:00', '2026-12-01T00:52', ['today 00:52', 'vandaag 00:52']],
    ['2026-12-01T14:00', '2026-11-30T23:30', ['yesterday 23:30', 'gisteren 23:30']],
    ['2026-12-01T14:00', '2026-12-02T12:00', ['tomorrow 12:00', 'morgen 12:00']],
    ['2026-12-01T00:30', '2026-12-02T00:00', ['tomorrow 00:00', 'morgen 00:00']],
    ['2026-12-01T00:30', '2026-12-01T03:00', ['tonight 03:00', 'vannacht 03:00']],
    ['2026-12-01T14:00', '2026-11-28T23:30', ['28 Nov 23:30', '28 nov 23:30']],
    ['2026-12-31T14:00', '2027-01-03T23:30', ['3 Jan 2027 23:30', '3 jan 2027 23:30']],
    ['2026-12-31T14:00', '2027-01-01T00:00', ['tonight 00:00', 'vannacht 00:00']],
  ])('at %s, %s is %j', (now, then, spoken) => {
    expect([en, nl].map((by) => by.said(at(then), at(now)))).toEqual(spoken);
  });

  test('is said by the reader’s own clocks', () => {
    const now = new Date('2026-12-01T13:00:00Z');
    const midnight = new Date('2026-12-01T23:00:00Z');
    const saidIn = (timeZone: string) => format({ locale: 'en', timeZone }).said(midnight, now);
    expect(saidIn('America/New_York')).toBe('tonight 18:00');
    expect(saidIn('America/Los_Angeles')).toBe('today 15:00');
    expect(saidIn('Asia/Tokyo')).toBe('tomorrow 08:00');
    expect(saidIn('Mars/Olympus')).toBe('tonight 23:00');
  });

  test('names the zone where its clocks are set otherwise than at that moment', () => {
    const summerNow = new Date('2026-10-24T12:00:00Z');
    expect(en.said(new Date('2026-10-25T00:30:00Z'), summerNow)).toBe('tonight 02:30');
    expect(en.said(new Date('2026-10-25T01:30:00Z'), summerNow)).toBe('tonight 02:30 CET');
  });

  test('that stays in the chat is a date with its zone, and a year if that is another one', () => {
    const now = new Date('2026-12-31T13:00:00Z');
    const midnight = new Date('2026-12-31T23:00:00Z');
    expect([en, nl].map((by) => by.dated(winter, now))).toEqual(['24 Nov 23:16 CET', '24 nov 23:16 CET']);
    expect(en.dated(midnight, now)).toBe('1 Jan 2027 00:00 CET');
  });
});

test.each(['Pacific/Kiritimati', 'Pacific/Auckland', 'Europe/Amsterdam', 'Pacific/Pago_Pago'])(
  'a day has no time, so it is the same one in %s, and in Slack for every reader',
  (timeZone) => {
    expect(format({ locale: 'en', timeZone }).day('2026-11-24')).toBe('24 Nov 2026');
    const slack = words({ locale: 'nl', timeZone, simulated: true, times: 'instants' });
    expect(slack.day('2026-03-01')).toBe('1 mrt 2026');
  },
);

test.each([
  ['Europe/Amsterdam', winter, 'CET'],
  ['Europe/Amsterdam', summer, 'CEST'],
  ['Europe/London', winter, 'GMT'],
  ['America/New_York', winter, 'EST'],
  ['Australia/Sydney', winter, 'AEDT'],
  ['Asia/Kolkata', winter, 'UTC+5:30'],
  ['America/Sao_Paulo', winter, 'UTC-3'],
  ['Etc/UTC', winter, 'UTC'],
])('the zone %s is named at %s', (timeZone, at, name) => {
  for (const locale of ['en', 'nl'] as const) {
    const [, ...shown] = format({ locale, timeZone }).time(at).split(' ');
    expect(shown).toEqual([name]);
  }
});

test('an unknown time zone is treated as UTC, and that is shown', () => {
  expect(format({ locale: 'en', timeZone: 'Mars/Olympus' }).time(winter)).toBe('22:16 UTC');
});

test('durations, sizes, names, percent', () => {
  expect([40, 240, 3780, 7200, 183_600].map((s) => en.duration(s * 1000))).toEqual([
    '40 s',
    '4 min',
    '1 h 3 min',
    '2 h',
    '2 days 3 h',
  ]);
  expect(nl.duration(3_780_000)).toBe('1 u 3 min');
  expect([13, 14, 693].map((days) => en.duration((days * 24 + 7) * 3_600_000))).toEqual([
    '13 days 7 h',
    '14 days',
    '693 days',
  ]);
  expect(en.duration(-5)).toBe('0 s');
  expect(en.duration(59_900)).toBe('1 min');
  expect([127, 8192, 4095, 1536].map((gib) => en.size(gib))).toEqual(['127 GB', '8 TB', '4 TB', '1.5 TB']);
  expect(nl.size(1536)).toBe('1,5 TB');
  expect(en.names(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
  expect(nl.names(['a', 'b', 'c', 'd'], 2)).toBe('a, b en nog 2');
  expect(en.percent(0.999)).toBe('99%');
});

describe('policies in plain words', () => {
  const context = { locale: 'en', timeZone: 'Europe/Amsterdam', simulated: false } as const;
  type PolicyToSay = Parameters<typeof policyWords>[1];
  const base: PolicyToSay = {
    name: 'DefaultPolicy',
    timeZone: 'UTC',
    schedule: { frequency: 'Daily', times: ['23:00'] },
    daily: { count: 30, unit: 'Days' },
    weekly: null,
    monthly: null,
    yearly: null,
    crashConsistentOnly: false,
  };
  const said = (policy: Partial<PolicyToSay>, now = winter) => policyWords(words(context), { ...base, ...policy }, now);

  test('daily', () => {
    expect(policyLine(words(context), base, winter)).toBe('DefaultPolicy · kept 30 days · every day 00:00 CET');
    expect(said({}, summer)).toBe('every day 01:00 CEST, kept 30 days');
    expect(said({ timeZone: 'W. Europe Standard Time' })).toBe('every day 23:00 CET, kept 30 days');
    expect(policyLine(words({ ...context, locale: 'nl' }), base, winter)).toBe(
      'DefaultPolicy · 30 dagen bewaard · elke dag 00:00 CET',
    );
  });

  test('weekly, on the reader’s day', () => {
    const schedule = { frequency: 'Weekly', times: ['23:00'], days: ['Sunday'] } as const;
    const weekly = { count: 12, unit: 'Weeks' } as const;
    expect(said({ schedule, daily: null, weekly })).toBe('every Monday 00:00 CET, kept 12 weeks');
    const noon = { ...schedule, times: ['12:00'], days: ['Sunday', 'Wednesday'] };
    expect(said({ schedule: noon, daily: null, weekly })).toBe('every Sunday and Wednesday 13:00 CET, kept 12 weeks');
  });

  test('hourly, layers, crash-consistent, unknown', () => {
    const hourly = { frequency: 'Hourly', everyHours: 4, windowStart: '08:00', windowHours: 12 } as const;
    expect(said({ schedule: hourly })).toBe('every 4 hours, 09:00 to 21:00 CET, kept 30 days');
    expect(said({ schedule: { ...hourly, windowHours: 24 } })).toBe('every 4 hours, day and night, kept 30 days');
    expect(said({ yearly: { count: 10, unit: 'Years' }, weekly: { count: 52, unit: 'Weeks' } })).toContain(
      'kept 30 days, weekly backups 52 weeks, yearly backups 10 years',
    );
    expect(said({ crashConsistentOnly: true })).toMatch(/, crash-consistent only$/);
    expect(said({ schedule: { frequency: 'Unknown' }, daily: null })).toBe("a schedule that Kluis can't read");
  });

  test('an unknown time zone is shown as it is, not converted', () => {
    expect(said({ timeZone: 'Olympus Standard Time' })).toBe('every day 23:00 Olympus Standard Time, kept 30 days');
  });
});

test('Recovery Services vaults in plain words', () => {
  const vault = {
    name: 'rsv',
    redundancy: 'GeoRedundant',
    softDeleteDays: 14,
    immutability: null,
    multiUserAuthorization: false,
  };
  const say = words({ locale: 'en', timeZone: 'UTC', simulated: false });
  expect(vaultLine(say, vault)).toBe('rsv · copies in two regions, soft delete 14 days');
  expect(vaultLine(say, { ...vault, redundancy: 'TripleRedundant', softDeleteDays: 0 })).toBe(
    'rsv · redundancy: TripleRedundant, no soft delete',
  );
  expect(vaultLine(say, { ...vault, immutability: 'Locked', multiUserAuthorization: true })).toMatch(
    /immutable \(locked\), protected by Resource Guard$/,
  );
  expect(vaultLine(say, { ...vault, redundancy: null, softDeleteDays: null })).toBe('rsv');
});

test('regions have names', () => {
  expect([regionName('westeurope'), regionName('West Europe'), regionName('marsnorth')]).toEqual([
    'West Europe',
    'West Europe',
    'marsnorth',
  ]);
});

test('a time of day in a time zone is that local time, on that day', () => {
  const zones = fc.constantFrom('UTC', 'Europe/Amsterdam', 'Asia/Kolkata', 'America/New_York', 'Pacific/Auckland');
  const days = fc.date({ min: new Date('2025-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(zones, days, fc.integer({ min: 4, max: 23 }), (timeZone, now, hour) => {
      const time = `${String(hour).padStart(2, '0')}:30`;
      const at = wallTime({ time, timeZone, now });
      const here = format({ locale: 'en', timeZone });
      expect(here.time(at).slice(0, 5)).toBe(time);
      expect(here.date(at)).toBe(here.date(now));
    }),
  );
});

test('an hour that summer time skips becomes the next one', () => {
  const now = new Date('2026-03-29T10:00:00Z');
  const at = wallTime({ time: '02:30', timeZone: 'Europe/Amsterdam', now });
  expect(['01:30 CET', '03:30 CEST']).toContain(en.time(at));
});

test('days until a weekday are counted in the time zone', () => {
  const now = new Date('2026-11-24T23:30:00Z'); // Tuesday in UTC, Wednesday in Amsterdam
  expect(daysUntil('Wednesday', 'UTC', now)).toBe(1);
  expect(daysUntil('Wednesday', 'Europe/Amsterdam', now)).toBe(0);
  expect(daysUntil('Tuesday', 'Europe/Amsterdam', now)).toBe(6);
});

test.each(['Pacific/Auckland', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu', 'America/Santiago', 'UTC'])(
  'a day is the one that people in %s call so',
  (timeZone) => {
    for (const day of ['2026-12-01', '2027-02-28', '2027-09-05'])
      expect(dayIn(wallTimeOn({ day, time: '08:00', timeZone })!, timeZone)).toBe(day);
    // Samoa went from 29 to 31 December.
    expect(wallTimeOn({ day: '2011-12-30', time: '08:00', timeZone: 'Pacific/Apia' })).toBeUndefined();
  },
);
