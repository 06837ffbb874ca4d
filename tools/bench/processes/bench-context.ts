import type { Server } from './postgres.ts';

/**
 * Where the measurements take place: a database server, a folder for files, and whether this only tries if they run.
 */
export type BenchContext = {
  readonly server: Server;
  readonly folder: string;
  readonly quick: boolean;
  readonly say: (text: string) => void;
  readonly flags?: readonly string[];
};
