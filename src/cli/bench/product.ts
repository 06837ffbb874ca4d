import { join } from 'node:path';
import { startChild, type Child } from './child.ts';
import type { Ground } from './postgres.ts';
import type { ReplicaPlan } from './replica.ts';
import type { Ring } from './ring.ts';
import type { SimulatedAzure } from './simulated-azure.ts';

/** A running product: its process and its doors. */
export type Replica = { readonly child: Child; readonly url: string };

let started = 0;

/** Starts the product on PostgreSQL, or on PGlite where a folder is given instead of tables. */
export async function startReplica(
  ring: Ring,
  on: { ground: Ground | { folder: string }; azure: SimulatedAzure; flags?: readonly string[] } & Partial<ReplicaPlan>,
): Promise<Replica> {
  const { ground, azure, flags, ...more } = on;
  const database = 'folder' in ground ? { folder: ground.folder } : { url: ground.url, schema: ground.schema };
  const dataDir = join(ring.folder, `replica-${(started += 1)}`);
  const about: ReplicaPlan = { database, simulatorUrl: azure.url, dataDir, ...more };
  const { child, ready } = await startChild<{ url: string }>('replica', { about, ...(flags && { flags }) });
  return { child, url: ready.url };
}
