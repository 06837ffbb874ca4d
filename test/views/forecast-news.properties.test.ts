/** What a daily forecast reports as new, as still wrong and as fixed, over several days. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { whysIn } from '../../src/views/forecast/causes.ts';
import type { ForecastRow } from '../../src/views/forecast/forecast-of.ts';
import { isTold, newsOf } from '../../src/views/forecast/news.ts';
import type { Why } from '../../src/views/forecast/outlook.ts';

const why: fc.Arbitrary<Why> = fc.oneof(
  fc.constantFrom('kek-version.disabled', 'secret.expires-soon', 'agent.silent').chain((code) =>
    // A countdown is the same cause each day.
    fc.integer({ min: 0, max: 14 }).map((days) => ({ finding: { code, params: { days } } })),
  ),
  fc.constantFrom('no-point' as const, 'no-right' as const).map((own) => ({ own, about: '' })),
);
const risk: fc.Arbitrary<Why> = fc
  .constantFrom('old-point' as const, 'no-second-region' as const)
  .map((own) => ({ own, about: '2026-11-01T00:00:00.000Z' }));
const run: fc.Arbitrary<ForecastRow['run']> = fc.oneof(
  fc.constant({ state: 'clear' as const, why: null }),
  fc.record({ state: fc.constantFrom('fails' as const, 'at-risk' as const, 'unread' as const), why }),
);
const rowNamed = (name: string): fc.Arbitrary<ForecastRow> =>
  fc
    .record({
      run,
      impossible: fc.array(why, { maxLength: 2 }),
      risks: fc.array(risk, { maxLength: 2 }),
      unread: fc.array(why, { maxLength: 1 }),
    })
    .map((one) => ({
      name,
      group: 'rg-app',
      vault: 'rsv-prod-weu',
      next: null,
      afterClockChange: false,
      run: one.run,
      restore: { impossible: one.impossible, risks: one.risks, unread: one.unread, bringsKeys: false },
    }));
const names = ['vm-a', 'vm-b', 'vm-c'];
const rows = fc.subarray(names).chain((some) => fc.tuple(...some.map(rowNamed)));
const unread = fc
  .boolean()
  .map((some) =>
    some
      ? [{ of: 'vault' as const, name: 'rsv-b', subscription: 's', region: null, why: 'silent' as const, action: null }]
      : [],
  );
const days = fc.array(fc.record({ rows, unread }), { minLength: 2, maxLength: 6 });

type Told = Parameters<typeof newsOf>[1];

const sections = ['fails', 'lost', 'at-risk', 'old', 'unread'] as const;
/** Everything that is wrong, each as one text. */
const itemsOf = (all: readonly ForecastRow[]) =>
  all.flatMap((row) =>
    sections.flatMap((section) =>
      whysIn(section, row).map((one) => {
        const cause = one === null ? '' : 'own' in one ? one.own : one.finding.code;
        return `${row.name} ${section} ${cause}`;
      }),
    ),
  );
const sorted = (items: readonly string[]) => [...new Set(items)].sort();

test('everything that is wrong is reported, either as new or as known from an earlier day', () => {
  fc.assert(
    fc.property(days, (all) => {
      let told: Told = {};
      const known = new Map<string, number>();
      all.forEach((forecast, index) => {
        const day = `2026-11-${String(index + 1).padStart(2, '0')}`;
        const news = newsOf(forecast, told, day);
        const [fresh, still] = [itemsOf(news.fresh), itemsOf(news.still)];
        expect(sorted([...fresh, ...still])).toEqual(sorted(itemsOf(forecast.rows)));
        expect(fresh.filter((item) => still.includes(item))).toEqual([]);
        // What was reported the day before isn't reported as new.
        for (const item of fresh) expect(known.get(item)).not.toBe(index - 1);
        for (const item of still) expect(known.has(item)).toBe(true);
        for (const item of [...fresh, ...still]) known.set(item, index);
        expect(news.since === null).toBe(still.length === 0);
        expect(isTold(news, forecast)).toBe(itemsOf(forecast.rows).length + forecast.unread.length > 0);
        told = news.told;
      });
    }),
  );
});

test('if everything was read, what is no longer wrong is fixed and forgotten; otherwise it stays known', () => {
  fc.assert(
    fc.property(rows, unread, (before, hidden) => {
      const first = newsOf({ rows: before, unread: [] }, {}, '2026-11-01');
      const next = newsOf({ rows: [], unread: hidden }, first.told, '2026-11-02');
      const count = Object.keys(first.told).length;
      expect(next.mended).toBe(hidden.length > 0 ? 0 : count);
      expect(Object.keys(next.told)).toHaveLength(hidden.length > 0 ? count : 0);
      const again = newsOf({ rows: before, unread: [] }, next.told, '2026-11-03');
      expect(itemsOf(again.still).length > 0).toBe(hidden.length > 0 && itemsOf(before).length > 0);
    }),
  );
});
