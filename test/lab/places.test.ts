import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { localTimestamp } from '../../src/lab/local-time.ts';
import { channel, personalChat, chatPlace, thread } from '../../src/lab/teams/places.ts';

const root = fc.bigInt({ min: 1n, max: 10n ** 15n }).map(String);

test('a place’s ID names that place', () => {
  fc.assert(fc.property(root, (id) => expect(chatPlace(thread(id).id)).toEqual(thread(id))));
  for (const place of [channel, personalChat('ana'), personalChat('ben'), personalChat('chris')])
    expect(chatPlace(place.id)).toEqual(place);
});

test('nothing else names a place', () => {
  const marked = fc.tuple(fc.string(), fc.string()).map(([before, after]) => `${before};messageid=${after}`);
  const known = /^(19:general@thread\.tacv2(;messageid=\d+)?|a:lab-(ana|ben|chris)|general)$/;
  const anything = fc.oneof(
    fc.string(),
    marked,
    root.map((id) => `${thread(id).id};messageid=1`),
  );
  fc.assert(fc.property(anything, (id) => expect(chatPlace(id) !== undefined).toBe(known.test(id))));
});

test('a local timestamp is the same instant, in its time zone', () => {
  const zones = fc.constantFrom('Europe/Amsterdam', 'UTC', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Auckland');
  const dates = fc.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(dates, zones, (at, timeZone) => {
      const local = localTimestamp(at, timeZone);
      expect(Date.parse(local)).toBe(at.getTime());
      const hour = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at);
      expect(local.slice(11, 13)).toBe(hour);
    }),
  );
});
