/**
 * Every write that reached the simulated Azure, collected during the run, since its log keeps only the newest requests.
 */
import type { LoggedRequest } from '../../src/sim/request-log.ts';
import { isWrite, type SimulatedAzure } from '../bench/processes/simulated-azure.ts';

/** The writes so far. */
export type Ledger = {
  gather(): Promise<void>;
  readonly writes: () => readonly LoggedRequest[];
  readonly requests: () => number;
};

/** An empty ledger. Collect often enough that fewer than 20,000 requests come in between. */
export function ledgerOf(azure: SimulatedAzure): Ledger {
  const writes: LoggedRequest[] = [];
  let count = 0;
  let last = '';
  let seenAtLast = 0;
  return {
    gather: async () => {
      const all = await azure.requests();
      // Times have milliseconds: of those at the last one, as many as were already seen are skipped.
      const later = all.filter(({ time }) => time > last);
      const same = all.filter(({ time }) => time === last).slice(seenAtLast);
      const fresh = [...same, ...later];
      count += fresh.length;
      writes.push(...fresh.filter(isWrite));
      const newest = all.at(-1)?.time ?? last;
      seenAtLast = all.filter(({ time }) => time === newest).length;
      last = newest;
    },
    writes: () => writes,
    requests: () => count,
  };
}
