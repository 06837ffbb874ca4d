import { z } from 'zod';
import type { Entry } from './entry.ts';
import dutchTable from './errors.nl.json' with { type: 'json' };
import shortTable from './shorts.json' with { type: 'json' };
import { entries } from './entries.ts';
import { advised } from './never-advised.ts';
import { spellOut } from './spell-out.ts';

/** The languages in which a cause and its fixes are written. */
export type Locale = 'en' | 'nl';

/** Why it happened, and the steps in the order to try them; `<…>` are places for a person to fill in. */
export type Words = { cause: string; fixes: string[] };

const wordsSchema = z.strictObject({
  cause: z.string().trim().min(1),
  fixes: z.array(z.string().trim().min(1)).min(1),
});

/**
 * Pairs each entry with its Dutch words, or throws one error that names every entry whose words are missing, broken or
 * of another number than the English, and every word without an entry.
 */
export function parseDutch(table: unknown, of: readonly Entry[]): ReadonlyMap<string, Words> {
  const rows = new Map(Object.entries(z.record(z.string(), z.unknown()).parse(table)));
  const faults: string[] = [];
  const dutch = new Map<string, Words>();
  for (const entry of of) {
    const parsed = wordsSchema.safeParse(rows.get(entry.id));
    if (!parsed.success)
      faults.push(`${entry.id}: ${parsed.error.issues[0]?.path.join('.') || 'words'}: missing or empty`);
    else if (parsed.data.fixes.length !== entry.fixes.length)
      faults.push(`${entry.id}: fixes: not as many as in English`);
    else dutch.set(entry.id, parsed.data);
    rows.delete(entry.id);
  }
  for (const id of rows.keys()) faults.push(`${id}: id: words without an entry`);
  if (faults.length > 0) throw new Error(`knowledge in Dutch: ${faults.join('; ')}`);
  return dutch;
}

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
