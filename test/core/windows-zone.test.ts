import { describe, expect, test } from '@jest/globals';
import { ianaZone, windowsZone, windowsZones } from '../../src/core/windows-zone.ts';

describe('Windows time zones', () => {
  test('every known name maps to a time zone that this runtime has', () => {
    expect(windowsZones().length).toBeGreaterThan(135);
    for (const windows of windowsZones()) {
      const zone = ianaZone(windows);
      expect(() => new Intl.DateTimeFormat('en', { timeZone: zone ?? 'none' })).not.toThrow();
    }
  });

  test.each([
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['w. europe standard time', 'Europe/Berlin'],
    ['UTC', 'Etc/UTC'],
    ['India Standard Time', 'Asia/Calcutta'],
    ['Pacific Standard Time', 'America/Los_Angeles'],
    ['UTC-11', 'Etc/GMT+11'],
    ['UTC+13', 'Etc/GMT-13'],
  ])('%s is %s', (windows, iana) => expect(ianaZone(windows)).toBe(iana));

  test.each(['', 'Mars Standard Time', 'Europe/Amsterdam '])('%j is unknown, so there is no time zone', (windows) =>
    expect(ianaZone(windows)).toBeNull(),
  );

  test.each([
    ['Europe/Berlin', 'W. Europe Standard Time'],
    ['Europe/Amsterdam', 'W. Europe Standard Time'],
    ['Europe/London', 'GMT Standard Time'],
    ['UTC', 'UTC'],
    ['America/Toronto', 'Eastern Standard Time'],
    ['America/Phoenix', 'US Mountain Standard Time'],
    ['Asia/Kolkata', 'India Standard Time'],
    ['Australia/Sydney', 'AUS Eastern Standard Time'],
  ])('%s is kept as %s', (iana, windows) => expect(windowsZone(iana)).toBe(windows));

  test('converting there and back gives the same local time', () => {
    for (const name of windowsZones()) {
      const iana = ianaZone(name)!;
      expect(ianaZone(windowsZone(iana)!)).toBe(iana);
    }
  });

  test.each(['', 'Mars/Olympus', 'W. Europe Standard Time'])('%j is no IANA zone', (zone) =>
    expect(windowsZone(zone)).toBeNull(),
  );
});
