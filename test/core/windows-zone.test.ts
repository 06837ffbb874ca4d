import { describe, expect, test } from '@jest/globals';
import { ianaZone, windowsZones } from '../../src/core/windows-zone.ts';

describe('Windows time zones', () => {
  test('every known name leads to a zone that this runtime has', () => {
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

  test.each(['', 'Mars Standard Time', 'Europe/Amsterdam '])('%j is not known, so there is no zone', (windows) =>
    expect(ianaZone(windows)).toBeNull(),
  );
});
