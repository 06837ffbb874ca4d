import { type Entry, parseEntries } from './entry.ts';
import table from './errors.json' with { type: 'json' };

/** Every documented error, in the order of the table. A broken table stops the start here. */
export const entries: readonly Entry[] = parseEntries(table);

const byId = new Map(entries.map((entry) => [entry.id, entry]));

/** The entry with this id, for a stored outcome that names it; undefined when a later table no longer has it. */
export function entryById(id: string): Entry | undefined {
  return byId.get(id);
}
