import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { entries } from '../../src/knowledge/entries.ts';
import { diagnose, type Entry } from '../../src/knowledge/index.ts';
import { plainText } from '../../src/knowledge/plain-text.ts';
import { anyCharacter } from '../support/samples-of.ts';

type Failure = Parameters<typeof diagnose>[0];

const operations = ['backup', 'restore', 'configure', 'snapshot', 'file-recovery'] as const;
const origins = ['backup-job', 'backup-operation', 'arm'] as const;
const knownCode = fc.constantFrom(...entries.flatMap((entry) => entry.codes));
const knownFragment = fc.constantFrom(...entries.flatMap((entry) => entry.match));
const anyText = fc.oneof(fc.string({ unit: anyCharacter }), fc.string());
const sentence = fc.oneof(
  anyText,
  knownFragment,
  knownCode,
  fc.tuple(anyText, knownFragment, anyText).map((parts) => parts.join(' ')),
);

const anyFailure: fc.Arbitrary<Failure> = fc.record({
  codes: fc.array(fc.oneof(knownCode, anyText, fc.nat().map(String)), { maxLength: 4 }),
  texts: fc.array(sentence, { maxLength: 4 }),
  operation: fc.constantFrom(...operations),
  origin: fc.constantFrom(...origins),
});

/** A failure of the kind that `entry` is about. */
function failureLike(entry: Entry, facts: Pick<Failure, 'codes' | 'texts'>): Failure {
  const operation = operations.find((one) => entry.operation.includes(one)) ?? 'backup';
  return { ...facts, operation, origin: 'backup-job' };
}

/** Codes that several entries have, so that the code alone can't find one, with the reason. */
const sharedCodes = new Map([
  ['VMRestorePointClientError', 'compute gives it for every failure of the guest; its text tells which'],
  ['OperationNotAllowed', 'compute gives it for a VM that was changed and for a disk that is not allocated'],
]);

describe('every entry is found', () => {
  const codes = entries.flatMap((entry) => entry.codes.map((code) => ({ id: entry.id, entry, code })));

  test.each(codes)('$id by its code $code', ({ entry, code }) => {
    const found = diagnose(failureLike(entry, { codes: [code], texts: [] }));
    if (!sharedCodes.has(code)) return expect(found).toEqual({ kind: 'known', entry, by: 'code' });
    const sharing = entries.filter((one) => one.codes.includes(code));
    expect(sharing.length).toBeGreaterThan(1);
    expect(found).toEqual({ kind: 'several', entries: sharing });
  });

  const fragments = entries.flatMap((entry) => entry.match.map((fragment) => ({ id: entry.id, entry, fragment })));

  test.each(fragments)('$id by its words “$fragment”', ({ entry, fragment }) => {
    expect(diagnose(failureLike(entry, { codes: [], texts: [fragment] }))).toEqual({
      kind: 'known',
      entry,
      by: 'text',
    });
  });

  test.each(fragments.filter(({ entry }) => entry.codes.length > 0))(
    '$id by each code together with “$fragment”',
    ({ entry, fragment }) => {
      for (const code of entry.codes) {
        const found = diagnose(failureLike(entry, { codes: [code], texts: [fragment] }));
        expect(found).toEqual({ kind: 'known', entry, by: 'code' });
      }
    },
  );
});

describe('whatever Azure says', () => {
  test('a diagnosis comes out, of entries of the table', () => {
    fc.assert(
      fc.property(anyFailure, (failure) => {
        const found = diagnose(failure);
        switch (found.kind) {
          case 'known':
            return entries.includes(found.entry);
          case 'several':
            return found.entries.length > 1 && found.entries.every((entry) => entries.includes(entry));
          case 'unknown':
            return true;
        }
      }),
      { numRuns: 500 },
    );
  });

  test('case, white space and the kind of quotes change nothing', () => {
    const ascii = fc.string();
    const space = fc.constantFrom(' ', '  ', '\r\n', '\t', '\u00a0');
    const plain = fc.record({
      codes: fc.array(fc.oneof(knownCode, ascii), { maxLength: 3 }),
      texts: fc.array(
        fc.tuple(ascii, knownFragment, ascii).map((parts) => parts.join(' ')),
        { maxLength: 3 },
      ),
      operation: fc.constantFrom(...operations),
      origin: fc.constantFrom(...origins),
    });
    fc.assert(
      fc.property(plain, space, fc.boolean(), (failure, blank, upper) => {
        const shift = (text: string): string => (upper ? text.toUpperCase() : text.toLowerCase());
        const disguised = {
          ...failure,
          codes: failure.codes.map((code) => blank + shift(code) + blank),
          texts: failure.texts.map(
            (text) => blank + shift(text).replaceAll(' ', blank).replaceAll("'", '’').replaceAll('"', '”'),
          ),
        };
        expect(diagnose(disguised)).toEqual(diagnose(failure));
      }),
      { numRuns: 300 },
    );
  });

  test('the order of codes and texts, and repeats of them, change nothing', () => {
    fc.assert(
      fc.property(anyFailure, (failure) => {
        const turned = {
          ...failure,
          codes: [...failure.codes, ...failure.codes].reverse(),
          texts: [...failure.texts, ...failure.texts].reverse(),
        };
        expect(diagnose(turned)).toEqual(diagnose(failure));
      }),
    );
  });

  test('no known code and no documented words: unknown', () => {
    const codes = new Set(entries.flatMap((entry) => entry.codes.map((code) => code.toLowerCase())));
    const fragments = entries.flatMap((entry) => entry.match.map(plainText));
    fc.assert(
      fc.property(anyFailure, (failure) => {
        fc.pre(!failure.codes.some((code) => codes.has(code.trim().toLowerCase())));
        fc.pre(!failure.texts.some((text) => fragments.some((fragment) => plainText(text).includes(fragment))));
        expect(diagnose(failure)).toEqual({ kind: 'unknown' });
      }),
    );
  });

  test('a generic code of an ARM call never finds the entries that have it', () => {
    const generic = fc.constantFrom('ResourceNotFound', 'BadRequest', 'InternalError', 'OperationNotAllowed');
    fc.assert(
      fc.property(
        generic,
        fc.array(sentence, { maxLength: 3 }),
        fc.constantFrom(...operations),
        (code, texts, operation) => {
          const found = diagnose({ codes: [code], texts, operation, origin: 'arm' });
          const named = found.kind === 'known' ? [found.entry] : found.kind === 'several' ? found.entries : [];
          // A wrapper's text may name another code of such an entry; that one isn't generic and counts.
          fc.pre(!texts.some((text) => plainText(text).includes('job error message details')));
          expect(named.filter((entry) => entry.codes.includes(code))).toEqual([]);
        },
      ),
    );
  });

  test('a text of a million characters that almost matches is read quickly', () => {
    const text = '10 recovery volumes attached '.repeat(40_000);
    expect(diagnose({ codes: [], texts: [text], operation: 'file-recovery', origin: 'backup-job' }).kind).toBe(
      'unknown',
    );
  });
});
