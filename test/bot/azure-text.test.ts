import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readEnvelope } from '../../src/azure/arm/error-envelope.ts';
import { storableText } from '../../src/azure/arm/storable-text.ts';
import { cut } from '../../src/core/storable.ts';
import { anyCharacter } from '../support/samples-of.ts';

const kept = (text: string) => text.replace(/[\0\ue000-\ue002]/g, '\ufffd').toWellFormed();
const anyText = fc.string({
  unit: fc.oneof(
    anyCharacter,
    fc.constantFrom('\0', '\\', '\\u0000', '\\ue001', '\ue000', '\ue002', '\ud83d', '\ude00', '😀', '"'),
  ),
});

test('whatever Azure says can be stored, and storable text stays as it is', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(JSON.parse(storableText(JSON.stringify({ [text]: text })))).toEqual({ [kept(text)]: kept(text) });
    }),
  );
});

test('also where every character is written as an escape', () => {
  const escaped = (text: string) =>
    `"${Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`;
  fc.assert(
    fc.property(anyText, (text) => {
      expect(JSON.parse(storableText(escaped(text)))).toBe(kept(text));
      expect(JSON.parse(storableText(escaped(text).toUpperCase().replaceAll('\\U', '\\u')))).toBe(kept(text));
    }),
  );
});

test('also where it is cut off: never in the middle of a character', () => {
  const whole = fc.string({ unit: fc.oneof(anyCharacter, fc.constant('😀')) }).map((text) => text.toWellFormed());
  fc.assert(
    fc.property(whole, fc.nat(20), (text, max) => {
      const head = cut(text, max);
      expect(head.isWellFormed()).toBe(true);
      expect(text.startsWith(head)).toBe(true);
      expect(Math.min(max, text.length) - head.length).toBeLessThanOrEqual(1);
    }),
  );
  const message = `${'x'.repeat(1_999)}😀`;
  expect(readEnvelope(JSON.stringify({ error: { code: 'X', message } })).says).toBe('x'.repeat(1_999));
});
