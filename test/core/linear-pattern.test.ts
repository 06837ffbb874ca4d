import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { linearPattern, validPattern } from '../../src/core/linear-pattern.ts';

const fits = (pattern: string, text: string): boolean => validPattern(pattern)(text);

/** Each would keep JavaScript's own engine busy for years. */
const slow = ['(CHG|INC)?(-?[0-9]+)+', '([0-9]+)*', '([0-9]|[0-9][0-9])*x', '(([0-9]+)?){20}x', '([0-9]*)*([0-9]*)*x'];

test('no pattern makes the process stand: in another process, which would never end', async () => {
  const module = pathToFileURL('src/core/linear-pattern.ts').href;
  const code = `import { linearPattern } from '${module}';
    for (const pattern of ${JSON.stringify(slow)}) console.log(linearPattern(pattern).fits('1'.repeat(60) + '!'));`;
  const args = [...process.execArgv, '--input-type=module', '--eval', code];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 60_000 });
  expect(stdout.trim().split('\n')).toEqual(slow.map(() => 'false'));
});

test('the whole text has to fit', () => {
  expect(fits('CHG[0-9]{7}', 'CHG0000042')).toBe(true);
  for (const text of ['CHG000004', 'xCHG0000042', 'CHG0000042x', 'CHG0000042\n', ''])
    expect(fits('CHG[0-9]{7}', text)).toBe(false);
  expect(fits('a|bc', 'bc')).toBe(true);
  expect(fits('a|bc', 'ac')).toBe(false);
});

test('what RE2 doesn’t have is refused with the place in the pattern', () => {
  for (const [pattern, place] of [
    ['(a)\\1', '\\1'],
    ['(?=a)b', '(?='],
    ['(?<!a)b', '(?<!a)b'],
    ['CHG[', '['],
    ['a{2000}', '{2000}'],
  ]) {
    expect(linearPattern(pattern!)).toEqual({ problem: expect.stringContaining(`\`${place}\``) });
  }
});

test('in what both engines have, they agree', () => {
  const letter = fc.constantFrom('a', 'b', '1', '[ab]', '[^a]', '\\d', '\\w', '.', '-');
  const pattern = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      letter,
      fc.tuple(tie('node'), tie('node')).map(([one, other]) => one + other),
      fc.tuple(tie('node'), tie('node')).map(([one, other]) => `(${one}|${other})`),
      fc.tuple(tie('node'), fc.constantFrom('?', '*', '+', '{2}', '{0,2}')).map(([one, times]) => `(?:${one})${times}`),
    ),
  })).node;
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '-', 'é'), maxLength: 6 });
  fc.assert(
    fc.property(pattern, text, (one, given) => {
      expect(fits(one, given)).toBe(new RegExp(`^(?:${one})$`, 'u').test(given));
    }),
    { numRuns: 500 },
  );
});
