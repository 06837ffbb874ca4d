import { describe, expect, test } from '@jest/globals';
import { automationSlugs } from '../../src/knowledge/automation.ts';
import { entries } from '../../src/knowledge/entries.ts';
import { automation, wordsOf } from '../../src/knowledge/index.ts';
import { parseEntries } from '../../src/knowledge/entry.ts';
import { plainText } from '../../src/knowledge/plain-text.ts';

describe('the table of errors', () => {
  test('every entry has an id of its own', () => {
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length);
  });

  test('calls a vault a key vault or a Recovery Services vault, in both languages', () => {
    const written = /<[^>]*>|--vault-name|-VaultId|'[^']*'|az backup vault|vault tier|backup vault|[\w.]+\/vaults\b/g;
    const bare = {
      en: /(?<!key |Services )\bvaults?\b/i,
      nl: /(?<!sleutel|Services-)\bklui(s|zen)\b(?!\.yaml)/i,
    };
    for (const locale of ['en', 'nl'] as const) {
      const texts = entries.flatMap((entry) => [wordsOf(entry, locale).cause, ...wordsOf(entry, locale).fixes]);
      expect(texts.filter((text) => bare[locale].test(text.replace(written, '')))).toEqual([]);
    }
  });

  test('names an automation only from the list, and every one on the list is some error’s main fix', () => {
    const used = new Set(entries.map(automation).filter((slug) => slug !== null));
    expect([...used].sort()).toEqual([...automationSlugs].sort());
  });

  test('has no two entries with the same fragment: a text would fit both', () => {
    const owner = new Map<string, string>();
    for (const entry of entries) {
      for (const fragment of entry.match.map(plainText)) {
        expect(owner.get(fragment) ?? entry.id).toBe(entry.id);
        owner.set(fragment, entry.id);
      }
    }
  });

  test('has fragments of at most twelve words', () => {
    for (const fragment of entries.flatMap((entry) => entry.match)) {
      expect(fragment.split(/\s+/).length).toBeLessThanOrEqual(12);
    }
  });
});

describe('a broken table stops the start and says where', () => {
  const good = {
    id: 'one-error',
    codes: ['OneError'],
    match: ['one error'],
    operation: ['backup'],
    scope: 'any',
    cause: 'It broke.',
    fixes: ['Mend it.'],
    automatable: 'retry',
    transient: true,
    source: 'article.md',
  };
  const { cause: _cause, ...withoutCause } = good;

  test.each([
    ['a field is missing', withoutCause, /one-error: cause: /],
    ['an empty text', { ...good, cause: '  ' }, /one-error: cause: /],
    ['an unknown operation', { ...good, operation: ['resize'] }, /one-error: operation\.0: /],
    ['an unknown automation', { ...good, automatable: 'pray' }, /one-error: automatable: /],
    ['no fix', { ...good, fixes: [] }, /one-error: fixes: /],
    ['a fix that is no text', { ...good, fixes: ['Mend it.', 7] }, /one-error: fixes\.1: /],
    ['a flag as text', { ...good, transient: 'yes' }, /one-error: transient: /],
    [
      'a fragment with capitals, which no text could hold',
      { ...good, match: ['One error'] },
      /one-error: match\.0: .*lower case/,
    ],
    ['nothing to be found by', { ...good, codes: [], match: [] }, /one-error: codes: neither a code nor a fragment/],
    ['a field nobody knows', { ...good, advice: 'Hope.' }, /one-error: entry: .*advice/],
    ['an id that is no slug', { ...good, id: 'One Error' }, /One Error: id: /],
    ['no id at all', { ...good, id: undefined }, /entry 2: id: /],
    ['no object', 'one-error', /entry 2: entry: /],
  ])('%s', (_what, row, said) => {
    expect(() => parseEntries([{ ...good, id: 'first' }, row])).toThrow(said);
  });

  test('an ID that is used twice', () => {
    expect(() => parseEntries([good, { ...good, codes: ['OtherError'] }])).toThrow(/one-error: id: is used twice/);
  });

  test('all faults at once, not only the first', () => {
    const broken = [
      { ...good, cause: '' },
      { ...good, id: 'other', fixes: [] },
    ];
    expect(() => parseEntries(broken)).toThrow(/one-error: cause: .*; other: fixes: /);
  });

  test('no list', () => {
    expect(() => parseEntries({ entries: [good] })).toThrow();
  });
});
