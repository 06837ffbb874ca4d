import { z } from 'zod';
import { automationSlugs, type AutomationSlug } from './automation.ts';

const words = z.string().trim().min(1);
const codeOfAzure = z.string().regex(/^[A-Za-z0-9-]+$/);
const fragment = words.refine((text) => text === text.toLowerCase(), 'a fragment is written in lower case');

const entrySchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is lower case with dashes'),
    codes: z.array(codeOfAzure),
    match: z.array(fragment),
    operation: z.array(z.enum(['backup', 'restore', 'configure', 'snapshot', 'file-recovery', 'any'])).min(1),
    scope: z.enum(['encrypted', 'any']),
    cause: words,
    fixes: z.array(words).min(1),
    automatable: z.enum(automationSlugs).nullable(),
    transient: z.boolean(),
    source: words,
  })
  .refine((entry) => entry.codes.length + entry.match.length > 0, {
    path: ['codes'],
    message: 'neither a code nor a fragment: nothing could ever find it',
  });

/**
 * One documented error of Azure Backup: how it is recognised, why it happens, what to do, and where that is written.
 */
export type Entry = z.infer<typeof entrySchema>;

/**
 * Turns the table into entries, or throws one error that names every broken field with the id of its entry (its place,
 * where it has no usable id). Ids are unique afterwards.
 */
export function parseEntries(table: unknown): readonly Entry[] {
  const rows = z.array(z.unknown()).parse(table);
  const faults = [...rows.flatMap(faultsOf), ...duplicateIds(rows)];
  if (faults.length > 0) throw new Error(`knowledge: ${faults.join('; ')}`);
  return rows.map((row) => entrySchema.parse(row));
}

/** What can be done about `entry` without a person at the machine; null: a person has to do it. */
export function automation(entry: Entry): AutomationSlug | null {
  return entry.automatable;
}

/** Whether it passes, so that the next try may be all that it takes. */
export function isRetried(entry: Entry): boolean {
  return entry.transient || automation(entry) === 'retry';
}

/**
 * Whether another backup may be all it takes: the error passes, or a provider was missing, which is registered first if
 * it still is.
 */
export function isMendedByBackup(entry: Entry): boolean {
  return isRetried(entry) || automation(entry) === 'register-provider';
}

function faultsOf(row: unknown, place: number): string[] {
  const parsed = entrySchema.safeParse(row);
  if (parsed.success) return [];
  return parsed.error.issues.map(
    (issue) => `${nameOf(row, place)}: ${issue.path.join('.') || 'entry'}: ${issue.message}`,
  );
}

function duplicateIds(rows: readonly unknown[]): string[] {
  const names = rows.map(nameOf);
  return names.filter((name, place) => names.indexOf(name) !== place).map((name) => `${name}: id: is used twice`);
}

function nameOf(row: unknown, place: number): string {
  const named = z.looseObject({ id: z.string().min(1) }).safeParse(row);
  return named.success ? named.data.id : `entry ${place + 1}`;
}
