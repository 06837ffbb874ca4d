/**
 * Makes the migrated embedded database that the tests start from, where it is not kept yet. A process of its own, since
 * PGlite's very first start takes seconds and much memory: no test should have to wait for it.
 */
import { migratedDump } from './pglite-dump.ts';

await migratedDump();
