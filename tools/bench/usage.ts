import { monitorEventLoopDelay } from 'node:perf_hooks';

/** A process's use of the machine. `cpuMs` and `peakMb`, the most memory that it had, are since its start. */
export type Usage = {
  readonly cpuMs: number;
  readonly rssMb: number;
  readonly peakMb: number;
  readonly heapMb: number;
};

const megabyte = 2 ** 20;

/** What this process uses now. */
export function usage(): Usage {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  const peakMb = process.resourceUsage().maxRSS / 1024;
  return { cpuMs: (user + system) / 1000, rssMb: rss / megabyte, peakMb, heapMb: heapUsed / megabyte };
}

/**
 * How long a piece of work took, how much CPU this process used during it, and how long other work had to wait at most.
 */
export type Hurry = { readonly tookMs: number; readonly cpuMs: number; readonly longestMs: number };

/** Does a piece of work, and measures for how long it blocks everything else. */
export async function hurry(work: () => Promise<unknown>): Promise<Hurry> {
  const delays = monitorEventLoopDelay({ resolution: 5 });
  const [start, before] = [performance.now(), usage().cpuMs];
  delays.enable();
  await work();
  delays.disable();
  return { tookMs: performance.now() - start, cpuMs: usage().cpuMs - before, longestMs: delays.max / 1e6 };
}
