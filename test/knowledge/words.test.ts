import { describe, expect, test } from '@jest/globals';
import { entries } from '../../src/knowledge/entries.ts';
import { wordsOf } from '../../src/knowledge/index.ts';
import dutchTable from '../../src/knowledge/errors.nl.json' with { type: 'json' };
import shorts from '../../src/knowledge/shorts.json' with { type: 'json' };
import { parseDutch } from '../../src/knowledge/parse-dutch.ts';

const dutch = new Map(Object.entries(dutchTable));

/** Every English text next to its Dutch one, with its place. */
const pairs = entries.flatMap((entry) => {
  const words = dutch.get(entry.id);
  return [
    { place: `${entry.id} cause`, english: entry.cause, dutch: words?.cause ?? '' },
    ...entry.fixes.map((fix, at) => ({
      place: `${entry.id} fix ${at + 1}`,
      english: fix,
      dutch: words?.fixes[at] ?? '',
    })),
  ];
});

/** What a translation must not change, each kind with the pattern that finds it. */
const untouchable: Readonly<Record<string, RegExp>> = {
  'a place to fill in': /<[^<>]+>/g,
  'a quoted label or command': /(?<![\p{L}\d])'([^']+)'(?!\p{L})/gu,
  'a number': /(?<![\w.,-])\d[\d.,]*/g,
  'an option of a command': /(?<=[\s(])--?[A-Za-z][\w-]*/g,
  'a cmdlet': /\b[A-Z][a-z]+-Az\w+/g,
  'an Azure CLI command': /(?<![\w-])az [a-z]+ [a-z -]+ --/g,
  'a command in the guest':
    /(?<![\w-])(?:net (?:start|stop) \w+|reg add|icacls|bitsadmin|msdtc -\w+|vssadmin list writers|chmod \d+)/g,
  'a path, permission, file, property or setting': /[^\s,;()']*(?<!\d)[/\\_.=](?!\s)[^\s,;()']*[^\s,;()'.:]/g,
  'a GUID': /\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g,
};
const nameOfSomething = /\b(?:[A-Za-z]*[a-z][A-Z]\w*|[A-Z]{2,}[A-Z\d]*s?)\b/g;
const labelOfThePortal =
  /\b(?:Create new|Replace existing|Restore disks|Deploy Template|Backup items|Backup [Jj]obs|Settings|Extensions|Properties|Locks|File Recovery|Unmount Disks|Access policies|Add Access Policy|Change policy|Stop backup|Resume backup|Encryption Settings|Storage Pools|Disk Management|Attach Virtual Disk|Set Read-Write Access|Restore point collections|Network Service|Provisioning succeeded)\b/g;

/** The found pieces, sorted; a decimal comma and a sentence's punctuation don't count. */
function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)]
    .map(([piece]) => piece.replace(/(\d),(\d)/g, '$1.$2').replace(/[.,:]+$/, ''))
    .sort();
}

describe('the Dutch words', () => {
  test('exist for every entry, cause and fix by fix, and for nothing else', () => {
    expect([...dutch.keys()].sort()).toEqual(entries.map((entry) => entry.id).sort());
    for (const entry of entries) expect(dutch.get(entry.id)?.fixes).toHaveLength(entry.fixes.length);
  });

  test('are Dutch: never the English text, and one English text has one Dutch one', () => {
    const translation = new Map<string, string>();
    for (const pair of pairs) {
      expect(pair.dutch.trim()).not.toBe('');
      expect({ place: pair.place, text: pair.dutch }).not.toEqual({ place: pair.place, text: pair.english });
      expect(translation.get(pair.english) ?? pair.dutch).toBe(pair.dutch);
      translation.set(pair.english, pair.dutch);
    }
  });

  test('speak to nobody as “u”, and call a key vault sleutelkluis and a vault by its full name', () => {
    for (const { place, dutch: text } of pairs) {
      expect({ place, formal: /\b(?:u|uw|je|jouw)\b/i.exec(text)?.[0] ?? null }).toEqual({ place, formal: null });
      const bare = text
        .replace(/Recovery Services-kluis(?:zen)?|nieuwe kluizen/g, '')
        .match(/(?<!sleutel|Sleutel)\bkluis\b(?! (?:is|langer|met))/g);
      expect({ place, bare }).toEqual({ place, bare: null });
    }
  });

  test.each(Object.entries(untouchable))('leave %s as it is', (_kind, pattern) => {
    for (const pair of pairs) {
      expect([pair.place, ...found(pair.dutch, pattern)]).toEqual([pair.place, ...found(pair.english, pattern)]);
    }
    expect(pairs.some((pair) => found(pair.english, pattern).length > 0)).toBe(true);
  });

  test('keep the portal’s labels in the portal’s language', () => {
    for (const pair of pairs.filter(({ place }) => place.includes(' fix '))) {
      const kept = new Set(found(pair.dutch, labelOfThePortal));
      const lost = found(pair.english, labelOfThePortal).filter((label) => !kept.has(label));
      expect([pair.place, ...lost]).toEqual([pair.place]);
    }
  });

  test('keep names and abbreviations', () => {
    const names = (text: string): string[] => [
      ...new Set(found(text, nameOfSomething).map((name) => name.replace(/s$/, ''))),
    ];
    for (const pair of pairs) {
      expect([pair.place, ...names(pair.dutch)]).toEqual([pair.place, ...names(pair.english)]);
    }
  });
});

describe('a broken Dutch table stops the start and says where', () => {
  const two = entries.slice(0, 2);
  const [first, second] = two as [(typeof two)[number], (typeof two)[number]];
  const good = { [first.id]: dutch.get(first.id), [second.id]: dutch.get(second.id) };

  test('a complete one is taken', () => expect(parseDutch(good, two).size).toBe(2));

  test.each([
    ['an entry without words', { [first.id]: good[first.id] }, `${second.id}: words: missing or empty`],
    [
      'an empty cause',
      { ...good, [first.id]: { ...good[first.id], cause: ' ' } },
      `${first.id}: cause: missing or empty`,
    ],
    [
      'a fix too few',
      { ...good, [first.id]: { cause: 'x', fixes: ['x'] } },
      `${first.id}: fixes: not as many as in English`,
    ],
    ['words of no entry', { ...good, stray: good[first.id] }, 'stray: id: words without an entry'],
  ])('%s', (_what, table, said) => {
    expect(() => parseDutch(table, two)).toThrow(said);
  });
});

describe('the words for a person', () => {
  const all = entries.flatMap((entry) =>
    (['en', 'nl'] as const).map((locale) => ({ entry, locale, words: wordsOf(entry, locale) })),
  );

  test('refer to no page that the person doesn’t have', () => {
    for (const { entry, locale, words } of all) {
      const pointer = [words.cause, ...words.fixes].join('\n').match(/\S+\.md|as above|here as well|ook die hier/);
      expect({ id: entry.id, locale, pointer: pointer?.[0] ?? null }).toEqual({ id: entry.id, locale, pointer: null });
    }
  });

  test.each(['en', 'nl'] as const)('spell out the rights of Backup and the tags of the secret (%s)', (locale) => {
    const fixes = (id: string): string =>
      wordsOf(
        entries.find((entry) => entry.id === id)!,
        locale,
      ).fixes.join('\n');
    expect(fixes('key-vault-permissions-not-configured')).toContain(
      'Microsoft.KeyVault/vaults/secrets/readMetadata/action',
    );
    for (const tag of [
      'DiskEncryptionKeyEncryptionAlgorithm',
      'DiskEncryptionKeyFileName',
      'DiskEncryptionKeyEncryptionKeyURL',
      'MachineName',
    ]) {
      expect(fixes('key-and-secret-gone')).toContain(tag);
    }
  });

  test('are the table’s own in English, the translation in Dutch', () => {
    const entry = entries.find((one) => one.id === 'vm-not-found')!;
    expect(wordsOf(entry, 'en')).toEqual({ cause: entry.cause, fixes: entry.fixes });
    expect(wordsOf(entry, 'nl')).toEqual(dutch.get('vm-not-found'));
  });
});

describe('the cause as the reason in a title', () => {
  test('every entry has one in both languages, and none is left over', () => {
    expect(Object.keys(shorts)).toEqual(entries.map(({ id }) => id));
  });

  test('it has at most 60 characters, is the end of a sentence, and has no place to fill in', () => {
    for (const [id, words] of Object.entries(shorts)) {
      for (const text of Object.values(words)) {
        expect({ id, length: Array.from(text).length <= 60 }).toEqual({ id, length: true });
        expect({ id, text }).not.toEqual({ id, text: expect.stringMatching(/[.<>{}]$|[<>{}]|^\s|\s$/) });
        expect({ id, text }).not.toEqual({
          id,
          text: expect.stringMatching(/(?<!key |Recovery Services )\bvaults?\b/),
        });
      }
    }
  });
});
