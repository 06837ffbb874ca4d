import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitsGlob, fixedLength, isExact } from '../../src/people/glob.ts';

describe('globs', () => {
  test.each([
    ['vm-sql-*', 'vm-sql-01', true],
    ['vm-sql-*', 'VM-SQL-', true],
    ['vm-sql-*', 'vm-sq-01', false],
    ['*', '', true],
    ['?', '', false],
    ['*-0?', 'vm-web-01', true],
    ['*a*b*', 'xxaxxbxx', true],
    ['*a*b', 'ab-abc', false],
    ['vm.sql', 'vm-sql', false],
    ['', '', true],
    ['', 'a', false],
    ['vm-[a]', 'vm-a', false],
  ])('%j and %j: %j', (pattern, text, fits) => expect(fitsGlob(pattern, text)).toBe(fits));

  test('agrees with a regular expression', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'B', '*', '?', '-'), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 10 });
    fc.assert(
      fc.property(pattern, text, (glob, name) => {
        const same = new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
        expect(fitsGlob(glob, name)).toBe(same.test(name));
      }),
      { numRuns: 2000 },
    );
  });

  test('a pattern with many stars doesn’t hang', () => {
    expect(fitsGlob(`${'*a'.repeat(120)}b`, 'a'.repeat(5000))).toBe(false);
  });

  test('what is fixed in a pattern', () => {
    expect([isExact('vm-1'), isExact('vm-?'), fixedLength('vm-?*1')]).toEqual([true, false, 4]);
  });
});
