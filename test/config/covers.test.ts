import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDuration } from '../../src/config/yaml/duration.ts';
import { covers } from '../../src/config/yaml/covers.ts';
import { type Match, matches } from '../../src/people/match.ts';
import type { Rule } from '../../src/people/rules.ts';

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '='), minLength: 1, maxLength: 3 });
const match: fc.Arbitrary<Match> = fc.oneof(fc.record({ vm: pattern }), fc.record({ tag: pattern }));
const name = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 });

test('if one rule covers another, it matches everything that the other matches', () => {
  const asRule = (where: Match): Rule => ({ operation: null, match: where, verdict: { deny: true } });
  let covered = 0;
  fc.assert(
    fc.property(match, match, fc.tuple(name, name, name), (wide, narrow, [vm, tag, value]) => {
      const target = { vm, resourceGroup: 'r', subscription: 's', tags: { [tag]: value } };
      if (!covers(asRule(wide), asRule(narrow)) || !matches(narrow, target)) return;
      covered++;
      expect(matches(wide, target)).toBe(true);
    }),
    { numRuns: 20_000 },
  );
  expect(covered).toBeGreaterThan(100);
});

test.each([
  ['env', 'env=prod', true],
  ['env=*', 'env', true],
  ['*', 'env=prod', true],
  ['env=prod', 'env', false],
  ['*b', '=ab', false],
])('the tag %j covers the tag %j: %j', (wide, narrow, expected) => {
  const about = (tag: string): Rule => ({ operation: null, match: { tag }, verdict: { deny: true } });
  expect(covers(about(wide), about(narrow))).toBe(expected);
});

test.each([
  ['30m', 30 * 60_000],
  ['4h', 4 * 3_600_000],
  ['1d12h', 36 * 3_600_000],
  ['7d', 7 * 86_400_000],
  ['5m', 300_000],
  ['4m', null],
  ['8d', null],
  ['1h1h', null],
  ['4', null],
  ['4 h', null],
  ['-4h', null],
  ['4hours', null],
  ['99999d', null],
  ['', null],
])('the time %j is %j', (text, ms) => expect(parseDuration(text)).toBe(ms));
