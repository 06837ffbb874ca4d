import { describe, expect, test } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { refusalCodes } from '../../src/core/refusal.ts';
import { en } from '../../src/message/wording/en.ts';
import { findingsEn, findingsNl } from '../../src/message/wording/finding-tables.ts';
import { nl } from '../../src/message/wording/nl.ts';
import { findingPhrase } from '../../src/message/finding-phrase.ts';
import { words } from '../../src/message/words.ts';
import { nastyTexts } from '../support/samples-of.ts';

type Key = keyof typeof en;

const keys = Object.keys(en) as Key[];
const english = words({ locale: 'en', timeZone: 'Europe/Amsterdam', simulated: false });
const dutch = words({ locale: 'nl', timeZone: 'Europe/Amsterdam', simulated: false });

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** The placeholders of an ICU text, and how each is used. */
function placeholders(text: string): string[] {
  const visit = (elements: readonly Element[]): string[] =>
    elements.flatMap((element) => {
      const own = 'value' in element && element.type !== 0 ? [`${element.value}`] : [];
      const inner = 'options' in element ? Object.values(element.options).flatMap(({ value }) => visit(value)) : [];
      return [...own, ...inner];
    });
  const ast = new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst();
  return [...new Set(visit(ast))].sort();
}

test('both languages have the same texts', () => {
  expect(Object.keys(nl).sort()).toEqual([...keys].sort());
  expect(Object.keys(findingsNl).sort()).toEqual(Object.keys(findingsEn).sort());
});

test('no text stands in two files, of which one would hide the other', async () => {
  const folder = join(import.meta.dirname, '../../src/message/wording');
  const files = readdirSync(folder).filter((name) => name.endsWith('.en.ts'));
  const tables = await Promise.all(files.map(async (name) => Object.values<object>(await import(join(folder, name)))));
  const texts = tables
    .flat()
    .flatMap((table) => Object.entries<unknown>({ ...table }))
    .filter(([, text]) => typeof text === 'string');
  const all = texts.map(([key]) => key).filter((key) => key in en);
  expect(all.length).toBeGreaterThanOrEqual(keys.length);
  expect(all.filter((key, at) => all.indexOf(key) !== at)).toEqual([]);
});

test.each(keys)('%s has the same placeholders in both languages', (key) => {
  expect(placeholders(nl[key])).toEqual(placeholders(en[key]));
});

test.each(Object.keys(findingsEn))(
  'the finding %s is an ICU text and has the same placeholders in both languages',
  (code) => {
    for (const part of ['title', 'text', 'fix'] as const) {
      const [left, right] = [findingsEn[code]?.[part], findingsNl[code]?.[part]];
      expect({ part, asks: placeholders(right ?? '') }).toEqual({ part, asks: placeholders(left ?? '') });
    }
  },
);

test('every text can be filled, with plural values of none, one and many', () => {
  const say = english.say as (key: Key, params: object) => string;
  const zeg = dutch.say as (key: Key, params: object) => string;
  const filled = keys.flatMap((key) => {
    const names = placeholders(en[key]);
    return [0, 1, 3].flatMap((count) => {
      const params = Object.fromEntries(names.map((name) => [name, count]));
      return [say(key, params), zeg(key, params)].map((text) => ({ key, text }));
    });
  });
  expect(filled.filter(({ text }) => text === '' || /[{}]|undefined|NaN|^\s|\s$|\s\s/.test(text))).toEqual([]);
});

describe('voice', () => {
  const all = (table: Readonly<Record<string, string>>) => Object.entries(table);

  test('a vault is always called a key vault or a Recovery Services vault, never a Backup vault', () => {
    const titlesAndTexts = (table: typeof findingsNl) =>
      Object.entries(table).flatMap(([code, { title, text }]) => [title, text].map((each) => [code, each] as const));
    const bare = (texts: readonly (readonly [string, string])[], word: RegExp) =>
      texts.filter(([, text]) => word.test(text.replace(/\{[^{}]*\}/g, '')));
    const inEnglish = /(?<!key |Recovery Services )\bvaults?\b/i;
    expect(bare([...all(en), ...titlesAndTexts(findingsEn)], inEnglish)).toEqual([]);
    const inDutch =
      /(?<!sleutel|Recovery Services-|\/)\bkluis\b(?!\.yaml|-(?:restore-(?:disks|source|staging|target)|operate|reader))|(?<!sleutel|Recovery Services-)\bkluizen\b/;
    expect(bare([...all(nl), ...titlesAndTexts(findingsNl)], inDutch)).toEqual([]);
  });

  test('nothing "failed to", nobody is blamed, nothing shouts', () => {
    const bad = /failed to|oops|sorry|please note|!/i;
    expect([...all(en), ...all(nl)].filter(([, text]) => bad.test(text))).toEqual([]);
  });

  test('replaced words don’t come back, in findings either', () => {
    const findings = (table: typeof findingsNl) =>
      Object.entries(table).flatMap(([code, { title, text, fix = '' }]) =>
        [title, text, fix].map((each) => [code, each] as const),
      );
    const english = /\banew\b|\bby itself\b|\bin force\b|\bamiss\b|\bthe bot\b|\bshall\b|\bwith your rights\b/i;
    expect([...all(en), ...findings(findingsEn)].filter(([, text]) => english.test(text))).toEqual([]);
    const dutch = /\bvanzelf\b|\bonveranderlijk|\bgegevensschij|\btoestemming|\bcommando\b|\blage streepjes\b/i;
    expect([...all(nl), ...findings(findingsNl)].filter(([, text]) => dutch.test(text))).toEqual([]);
  });

  test('Dutch says je to whoever reads it, and jullie to the company', () => {
    const findings = Object.entries(findingsNl).map(([code, said]) => [code, Object.values(said).join(' ')] as const);
    expect(
      [...all(nl), ...findings].filter(([, text]) => /\buw\b|\b(je|jouw) (bedrijf|regels?|prijslijst)\b/i.test(text)),
    ).toEqual([]);
  });

  test('titles of buttons fit, in Slack too', () => {
    for (const [key, text] of [...all(en), ...all(nl)]) {
      if (key.startsWith('button.')) expect({ key, fits: text.length <= 48 }).toEqual({ key, fits: true });
    }
  });
});

test('every refusal has its words in both languages', () => {
  for (const refused of refusalCodes) {
    const params = {
      vm: 'x',
      state: 'denied',
      ticket: 'x',
      given: 'x',
      wish: 'files',
      approvals: 2,
      subnet: 'x',
      size: 'x',
      command: 'x',
      tries: 3,
    };
    for (const said of [english, dutch]) expect(said.refusal({ refused, params })).toMatch(/\.$/);
  }
});

test('a finding is put in words, its ISO times in the time zone', () => {
  const said = english.finding({
    code: 'key-vault.deleted',
    params: { keyVault: 'kv-prod-weu', purgeAt: '2026-12-01T10:00:00.000Z' },
  });
  expect(said.title).toContain('kv-prod-weu');
  expect(said.text).toContain('1 Dec 2026 11:00 CET');
  expect(said.fix).not.toBeNull();
});

test('a finding at the end of a sentence begins in lower case, unless it begins with a name', () => {
  const phrase = (code: string, params = {}) => findingPhrase(english, { code, params });
  expect(phrase('disk-size.too-large', { disk: 'Data-1' })).toBe('disk Data-1 too large');
  expect(phrase('azure-says.no')).toBe('Azure refuses');
  expect(phrase('kek-version.absent', { key: 'k' })).toMatch(/^KEK k/);
  expect(phrase('key-vault-settings.region', { keyVault: 'Prod-kv' })).toMatch(/^Prod-kv/);
});

test('a finding without words shows its code, and one without a value a gap', () => {
  expect(english.finding({ code: 'new.kind', params: {} })).toEqual({
    title: 'Check result new.kind',
    text: '',
    fix: null,
  });
  expect(dutch.finding({ code: 'key-vault.deleted', params: { keyVault: 'kv' } }).text).toContain('…');
});

test('a filled-in value stays one line of bounded length', () => {
  for (const text of nastyTexts) {
    const said = english.say('ready.title', { vm: text });
    expect(said).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(Array.from(said).length).toBeLessThan(200);
    expect(said).toMatch(/is ready to back up$/);
  }
  expect(english.say('ready.title', { vm: '{vm} {count, plural, other {#}}' })).toContain('{vm} {count, plural,');
});

test('lists, dates and counts follow the language', () => {
  const freed = { vms: ['vm-a', 'vm-b', 'vm-c'] };
  expect(english.say('access.unblocked', freed)).toContain('vm-a, vm-b and vm-c');
  expect(dutch.say('access.unblocked', freed)).toContain('vm-a, vm-b en vm-c');
  expect(english.say('checked-by-itself', { at: new Date('2026-11-25T00:00:00Z') })).toContain('25 Nov 2026 01:00 CET');
  expect(english.say('fold.checks', { count: 1 })).toBe('1 check');
  expect(dutch.say('find.several', { count: 2, name: 'vm-dup-01' })).toBe("2 VM's met de naam vm-dup-01. Welke?");
});

test('the types require each value, and no other', () => {
  // @ts-expect-error a value is missing
  expect(() => english.say('ready.title')).toThrow();
  // @ts-expect-error the value has another name
  expect(() => english.say('ready.title', { name: 'vm' })).toThrow();
  // @ts-expect-error there is no such text
  expect(() => english.say('no.such.text')).toThrow();
  // @ts-expect-error this text takes no values
  expect(english.say('nothing-changed', { vm: 'x' })).toBe('Nothing has been changed yet.');
});
