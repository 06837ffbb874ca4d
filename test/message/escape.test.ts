import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { clean, command, markdown, markdownLink, plain, shorten, unmarked } from '../../src/message/escape.ts';
import { anyText, anyUrl, nastyTexts } from '../support/samples-of.ts';

const readers = [
  new MarkdownIt({ html: true, breaks: true }),
  new MarkdownIt('commonmark', { html: false }),
  new MarkdownIt('zero', { html: false }).enable(['emphasis', 'list', 'link', 'newline', 'escape', 'entity']),
];

test('a value in Markdown shows exactly its characters, as one paragraph without markup', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const shown = shorten(clean(text), 200);
      for (const reader of readers) {
        const tokens = reader.parse(markdown(text, 200), {});
        if (shown === '') {
          expect(tokens).toEqual([]);
          continue;
        }
        expect(tokens.map(({ type }) => type)).toEqual(['paragraph_open', 'inline', 'paragraph_close']);
        const children = tokens[1]?.children ?? [];
        expect(children.filter(({ type }) => !/^text/.test(type))).toEqual([]);
        expect(children.map(({ content }) => content).join('')).toBe(shown);
      }
    }),
    { numRuns: 500 },
  );
});

test('the characters can be read back from Markdown', () => {
  fc.assert(fc.property(anyText, (text) => expect(unmarked(markdown(text, 200))).toBe(shorten(clean(text), 200))));
});

test('nothing deceptive is left', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const made of [markdown(text, 300), plain(text, 300), command(text, 300)]) {
        expect(made).not.toMatch(/[\p{Cc}\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u);
        expect(made.isWellFormed()).toBe(true);
      }
      expect(Array.from(plain(text, 300)).length).toBeLessThanOrEqual(300);
      expect(Array.from(command(text, 300)).length).toBeLessThanOrEqual(300);
    }),
  );
});

test('hidden text becomes visible', () => {
  expect(clean('vm\u202e-sql\u200b-01\u0000')).toBe('vm\ufffd-sql\ufffd-01\ufffd');
  expect(clean(' two\r\n\tlines ')).toBe('two lines');
  expect(clean(`Z${'\u0301'.repeat(50)}`)).toBe('Z\u0301\u0301\u0301');
});

test('a text that is too long ends in …, and no character is split', () => {
  expect(shorten('abcdef', 4)).toBe('abc…');
  expect(shorten('🔑🔑🔑', 3)).toBe('🔑🔑🔑');
  expect(shorten('🔑🔑🔑', 2)).toBe('🔑…');
  expect(plain('${x}', 4)).toBe('${x}');
  expect(plain('{{DATE(', 50)).toBe('{ {DATE(');
  for (const text of nastyTexts.filter(({ length }) => length > 5000)) expect(markdown(text, 50)).toMatch(/…$/);
});

test('a command is the same after copying', () => {
  const az = `az rest --method put --body '{"properties":{"a":["b  c"]}}' --query "[?name=='x'].{n:name}" | jq '.[]' > $HOME/out_1.json`;
  expect(command(az, 1000)).toBe(az);
  expect(command(az, az.length)).toBe(az);
  expect(command(az, az.length - 1)).toBe('…');
  expect(command('az vm\nrm -rf /\u202e ${HOME}', 1000)).toBe('az vm rm -rf /\ufffd ${HOME}');
});

test('a link stays one link, whatever its title and address', () => {
  fc.assert(
    fc.property(anyText, fc.oneof(anyUrl, fc.constant('https://x.example/a(b)c_d*e${f}[g]')), (title, url) => {
      for (const reader of readers) {
        const children = reader.parse(markdownLink({ title, url }, 80), {})[1]?.children ?? [];
        expect(children.filter(({ type }) => !/^text/.test(type)).map(({ type }) => type)).toEqual([
          'link_open',
          'link_close',
        ]);
        expect(String(children[0]?.attrGet('href'))).toMatch(/^https:\/\//);
      }
    }),
  );
});
