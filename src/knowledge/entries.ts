import { type Entry, parseEntries } from './entry.ts';
import table from './errors.json' with { type: 'json' };

/** Every documented error, in the order of the table. A broken table stops the start here. */
export const entries: readonly Entry[] = parseEntries(table);
