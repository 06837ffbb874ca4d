import { join } from 'node:path';
import { startChild, type Child } from './child.ts';
import type { TestDatabase } from './postgres.ts';
import type { ReplicaPlan } from './replica.ts';
import type { BenchContext } from './bench-context.ts';
import type { SimulatedAzure } from './simulated-azure.ts';

/** A running product: its process and its endpoints. */
export type Replica = { readonly child: Child; readonly url: string };

let started = 0;

/** Starts the product on PostgreSQL, or on PGlite if a folder is given instead of tables. */
export async function startReplica(
  context: BenchContext,
  on: {
    testDatabase: TestDatabase | { folder: string };
    azure: SimulatedAzure;
    flags?: readonly string[];
  } & Partial<ReplicaPlan>,
): Promise<Replica> {
  const { testDatabase, azure, flags, ...more } = on;
  const database =
    'folder' in testDatabase ? { folder: testDatabase.folder } : { url: testDatabase.url, schema: testDatabase.schema };
  const dataDir = join(context.folder, `replica-${(started += 1)}`);
  const about: ReplicaPlan = { database, simulatorUrl: azure.url, dataDir, ...more };
  const { child, ready } = await startChild<{ url: string }>('replica', { about, ...(flags && { flags }) });
  return { child, url: ready.url };
}
