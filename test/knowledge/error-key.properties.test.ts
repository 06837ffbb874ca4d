import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { diagnose, errorKey, fragmentOf } from '../../src/knowledge/index.ts';
import type { CompanyEntry } from '../../src/core/company-entry.ts';
import { anyCharacter } from '../support/samples-of.ts';

const word = fc.stringMatching(/^[a-z]{3,12}$/);
/** Names like those of VMs, groups and vaults; with a digit, so that none is a word of the text. */
const names = fc.tuple(
  fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[0-9]$/),
  fc.stringMatching(/^[a-z][a-z0-9._()-]{0,10}[0-9]$/),
);
const piece = fc.oneof(word, fc.constantFrom('%vm%', '%group%', '%id%', '%number%'));
const space = fc.constantFrom(' ', '  ', '\r\n', '\t');

/** One failure whose text consists of these pieces: its own names, IDs, numbers, case and white space. */
const failure = (pieces: readonly string[]) =>
  fc
    .record({ names, id: fc.uuid(), number: fc.nat(), gaps: fc.array(space, { minLength: 1 }), loud: fc.boolean() })
    .map(({ names: [vm, group], id, number, gaps, loud }) => {
      const given = { '%vm%': vm, '%group%': group, '%id%': id, '%number%': `${number}` } as Record<string, string>;
      const text = pieces.map((one, at) => (given[one] ?? one) + gaps[at % gaps.length]).join('');
      const code = loud ? 'ERRORNOBODYKNOWS' : 'ErrorNobodyKnows';
      return { codes: [code], texts: [loud ? text.toUpperCase() : text], names: [vm, group] };
    });

test('failures that differ in names, ids, numbers, case and white space have one key; other words have another', () => {
  const same = fc
    .array(piece, { minLength: 1, maxLength: 12 })
    .chain((pieces) => fc.tuple(failure(pieces), failure(pieces), fc.constant(pieces)));
  fc.assert(
    fc.property(same, ([one, other]) => {
      expect(errorKey(one)).toBe(errorKey(other));
      expect(errorKey({ ...one, texts: [...one.texts, 'quite otherwise'] })).not.toBe(errorKey(one));
      expect(errorKey({ ...one, codes: ['Another'] })).not.toBe(errorKey(one));
    }),
  );
});

test('any text at all has a key of at most 500 characters, and a name counts as a whole word only', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: anyCharacter })), fc.array(fc.string()), (texts, some) => {
      expect(errorKey({ codes: texts, texts, names: some }).length).toBeLessThanOrEqual(500);
      expect(errorKey({ codes: [], texts, names: some })).toBe(
        errorKey({ codes: [], texts, names: some.toReversed() }),
      );
    }),
  );
  const of = (name: string) => errorKey({ codes: [], texts: ['The webhook of vm-12 failed'], names: [name] });
  expect([of('web'), of('vm-1'), of('vm')]).toEqual(Array(3).fill(of('elsewhere')));
  expect(of('vm-12')).toBe(errorKey({ codes: [], texts: ['The webhook of db-7 failed'], names: ['db-7'] }));
  expect(fragmentOf(['Disk 4 of vm-12 has no such lease'], ['vm-12'])).toBe('has no such lease');
});

test('administrators’ notes are found by the key, and never replace what is documented', () => {
  const key = () => 'unknown x y';
  const entry = { key: key(), cause: 'Ours' } as CompanyEntry;
  const entries = new Map([[entry.key, entry]]);
  const unknown = { codes: ['X'], texts: ['y'], operation: 'backup', origin: 'backup-job' } as const;
  expect(diagnose(unknown, { entries, key })).toEqual({ kind: 'company', entry });
  expect(diagnose(unknown, { entries, key: () => 'unknown z' })).toEqual({ kind: 'unknown' });
  expect(diagnose(unknown)).toEqual({ kind: 'unknown' });
  const documented = { ...unknown, codes: ['UserErrorFsFreezeFailed'] };
  expect(diagnose(documented, { entries, key })).toMatchObject({ kind: 'known' });
});
