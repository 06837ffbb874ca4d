import { z } from 'zod';
import type { Entry } from './entry.ts';

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
