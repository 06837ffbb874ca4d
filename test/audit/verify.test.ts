import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chain, type ChainedEntry } from '../../src/audit/chain.ts';
import { verify } from '../../src/audit/verify.ts';

function logOf(entries: readonly object[]): ChainedEntry[] {
  const log: ChainedEntry[] = [];
  for (const [n, entry] of entries.entries())
    log.push(chain(log.at(-1) ?? null, { what: 'write', ...entry }, new Date(Date.UTC(2026, 10, 24, 0, 0, n))));
  return log;
}

async function* inPages(log: readonly ChainedEntry[], size: number) {
  for (let at = 0; at < log.length; at += size) yield log.slice(at, at + size);
}

/** As it comes back from a JSON column: keys in another order. */
const stored = (log: readonly ChainedEntry[]) =>
  log.map((entry) => ({ ...entry, entry: Object.fromEntries(Object.entries(entry.entry as object).reverse()) }));

const someLog = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1, maxLength: 12 }).map(logOf);
const pageSize = fc.integer({ min: 1, max: 5 });

test('an empty log is valid', async () => {
  expect(await verify(inPages([], 2))).toEqual({ whole: true, entries: 0, oldest: null, newest: null });
});

test('a log as it was written is valid, in pages of any size and with keys in any order', async () => {
  await fc.assert(
    fc.asyncProperty(someLog, pageSize, async (log, size) => {
      const verified = await verify(inPages(stored(log), size));
      expect(verified).toMatchObject({ whole: true, entries: log.length, newest: { hash: log.at(-1)?.hash } });
    }),
  );
});

test('the first entry that was changed, removed or swapped is named', async () => {
  await fc.assert(
    fc.asyncProperty(someLog, pageSize, fc.nat(), async (log, size, at) => {
      const n = at % log.length;
      const changed = log.map((entry, index) => (index === n ? { ...entry, entry: { what: 'other' } } : entry));
      expect(await verify(inPages(changed, size))).toEqual({ whole: false, broken: { seq: n + 1, why: 'changed' } });
      if (n === log.length - 1) return;
      const without = log.filter((_, index) => index !== n);
      expect(await verify(inPages(without, size))).toEqual({ whole: false, broken: { seq: n + 1, why: 'missing' } });
      const renumbered = without.map((entry, index) => ({ ...entry, seq: index + 1 }));
      expect(await verify(inPages(renumbered, size))).toMatchObject({ whole: false, broken: { seq: n + 1 } });
    }),
  );
});

test('an entry rewritten with a correct hash breaks at the next one', async () => {
  const log = logOf([{ a: 1 }, { b: 2 }, { c: 3 }]);
  const forged = chain(log[0]!, { what: 'write', b: 'forged' }, new Date(log[1]!.at));
  const broken = { whole: false, broken: { seq: 3, why: 'unlinked' } };
  expect(await verify(inPages([log[0]!, forged, log[2]!], 2))).toEqual(broken);
});

describe('against an exported seal', () => {
  const log = logOf([{ a: 1 }, { b: 2 }, { c: 3 }]);
  const seal = { seq: 3, hash: log[2]!.hash };

  test('a log that has grown since is valid', async () => {
    expect(await verify(inPages([...log, chain(log[2]!, { what: 'ended' }, new Date(0))], 2), seal)).toMatchObject({
      whole: true,
      entries: 4,
    });
  });

  test('a log whose newest entries were cut off is detected', async () => {
    const cut = { whole: false, broken: { seq: 3, why: 'cut' } };
    expect(await verify(inPages(log.slice(0, 2), 2), seal)).toEqual(cut);
    expect(await verify(inPages([], 2), seal)).toEqual({ whole: false, broken: { seq: 1, why: 'cut' } });
  });

  test('a log that was rewritten from the start is detected', async () => {
    const anew = logOf([{ a: 1 }, { b: 2 }, { c: 'other' }]);
    expect(await verify(inPages(anew, 5))).toMatchObject({ whole: true });
    expect(await verify(inPages(anew, 5), seal)).toEqual({ whole: false, broken: { seq: 3, why: 'replaced' } });
  });
});
