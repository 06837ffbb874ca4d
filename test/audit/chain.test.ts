import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chain, firstBreak, type ChainedEntry } from '../../src/audit/chain.ts';

const entry = fc.record({
  what: fc.constantFrom('started', 'write', 'ended'),
  operation: fc.uuid(),
  detail: fc.jsonValue(),
});
const log = fc.array(fc.tuple(entry, fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })), {
  minLength: 1,
  maxLength: 8,
});

function chained(entries: readonly (readonly [Parameters<typeof chain>[1], Date])[]): ChainedEntry[] {
  return entries.reduce<ChainedEntry[]>((all, [one, at]) => [...all, chain(all.at(-1) ?? null, one, at)], []);
}

test('a chain as it was written has no break, from its start and from any entry', () => {
  fc.assert(
    fc.property(log, fc.nat(), (entries, n) => {
      const lines = chained(entries);
      expect(lines[0]!.previous).toBe('0'.repeat(64));
      expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, at) => at + 1));
      expect(firstBreak(lines)).toBeNull();
      const at = n % lines.length;
      expect(firstBreak(lines.slice(at), lines[at - 1] ?? null)).toBeNull();
      // As it comes back from the database: keys in another order, the document parsed.
      expect(firstBreak(lines.map((line) => JSON.parse(JSON.stringify(line)) as ChainedEntry))).toBeNull();
    }),
  );
});

test('whatever is changed in an entry is found there', () => {
  const field = fc.constantFrom('entry', 'at', 'hash', 'previous', 'seq');
  fc.assert(
    fc.property(log, fc.nat(), field, (entries, n, name) => {
      const lines = chained(entries);
      const at = n % lines.length;
      const other = {
        entry: { what: 'nothing' },
        at: '1999-01-01T00:00:00.000Z',
        hash: '0'.repeat(64),
        previous: 'f'.repeat(64),
        seq: -1,
      };
      const changed = lines.map((line, place) =>
        place === at ? { ...line, [name]: other[name as keyof typeof other] } : line,
      );
      expect(firstBreak(changed)?.seq).toBe(name === 'seq' ? -1 : lines[at]!.seq);
    }),
  );
});

test('a removed or moved entry is found', () => {
  fc.assert(
    fc.property(log, fc.nat(), (entries, n) => {
      const lines = chained(entries);
      fc.pre(lines.length > 1);
      const at = n % (lines.length - 1);
      expect(firstBreak(lines.toSpliced(at, 1))).toEqual({ seq: lines[at + 1]!.seq, why: 'missing' });
      expect(firstBreak(lines.toSpliced(at, 2, lines[at + 1]!, lines[at]!))).not.toBeNull();
    }),
  );
});

test('an entry rewritten with its own hash no longer fits the next one', () => {
  const lines = chained([1, 2, 3].map((n) => [{ what: 'write', n }, new Date(n)] as const));
  const forged = chain(lines[0]!, { what: 'write', n: 'another' }, new Date(2));
  expect(firstBreak([lines[0]!, forged, lines[2]!])).toEqual({ seq: 3, why: 'unlinked' });
});
