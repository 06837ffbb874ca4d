import type { Server } from './postgres.ts';

/**
 * Where the measurements take place: a database server, a folder for files, and whether this only tries if they run.
 */
export type BenchContext = {
  readonly server: Server;
  readonly folder: string;
  readonly quick: boolean;
  readonly say: (text: string) => void;
  /** How many VMs, where a measurement has a size of its own. */
  readonly vms?: number;
  readonly flags?: readonly string[];
};
