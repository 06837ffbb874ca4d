import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shellWord } from '../../src/core/shell-word.ts';
import { anyText } from '../support/samples-of.ts';
import { argumentsIn } from '../support/arguments-in.ts';

test('whatever a value is, a shell reads it as one word, byte for byte', () => {
  // No argument of a program has a NUL, and a lone surrogate is no text.
  const value = anyText.map((text) => text.toWellFormed().replaceAll('\0', ''));
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
      expect(argumentsIn(`az ${values.map(shellWord).join(' ')}`)).toEqual(values);
    }),
    {
      numRuns: 100,
      examples: [
        [['', ' ', "'", "''", '\\', '"', '$(touch /tmp/x)', '`id`', '${IFS}', ';', '&', '|', '>', '<x>']],
        [['~', '*', '?', '[a]', '{a,b}', '!!', '#', '=ls', 'a=b', '\n', '\r\n', '\t', '😀', "it's", 'rg-app(test)']],
      ],
    },
  );
});

test('a word in which no shell reads anything stays as it is', () => {
  for (const word of ['rg-app', 'vm_1', '/subscriptions/0-1/x.y', 'https://kv.vault.azure.net/keys/kek/1'])
    expect(shellWord(word)).toBe(word);
  expect(shellWord('rg-app(test)')).toBe("'rg-app(test)'");
});
