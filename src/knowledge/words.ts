import type { Entry } from './entry.ts';
import dutchTable from './errors.nl.json' with { type: 'json' };
import shortTable from './shorts.json' with { type: 'json' };
import { entries } from './entries.ts';
import { advised } from './never-advised.ts';
import { parseDutch, type Words } from './parse-dutch.ts';
import { spellOut } from './spell-out.ts';

/** The languages in which a cause and its fixes are written. */
export type Locale = 'en' | 'nl';

const dutch = parseDutch(dutchTable, entries);

const shorts = new Map(Object.entries(shortTable));

/** The cause of `entry` as the reason in a title, at most 60 characters; null for one that is not of the table. */
export function shortOf({ id }: Pick<Entry, 'id'>, locale: Locale): string | null {
  return shorts.get(id)?.[locale] ?? null;
}

/**
 * The words of `entry` for a person, in their language. An entry that is not of the table keeps its own words. They are
 * plain text with `<…>` in them: whoever draws them escapes them.
 */
export function wordsOf(entry: Entry, locale: Locale): Words {
  const fixes = eachFix(entry, locale).filter((fix) => fix !== null);
  return { cause: spellOut(chosenWords(entry, locale).cause, locale), fixes };
}

/** The fixes of `entry`, each at its place in the table; null where one is not given to anybody. */
export function eachFix(entry: Entry, locale: Locale): readonly (string | null)[] {
  return chosenWords(entry, locale).fixes.map((fix) => {
    const given = advised(fix, locale);
    return given === null ? null : spellOut(given, locale);
  });
}

function chosenWords(entry: Entry, locale: Locale): Words {
  return locale === 'nl' ? (dutch.get(entry.id) ?? entry) : entry;
}
