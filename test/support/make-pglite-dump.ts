/**
 * Makes the migrated embedded database that tests start from, if it isn't cached yet. It runs in a process of its own,
 * since PGlite's very first start takes seconds and much memory, which no test should have to wait for.
 */
import { migratedDump } from './pglite-dump.ts';

await migratedDump();
