import { cpus, loadavg, totalmem } from 'node:os';

/** What the numbers were taken on. */
export type Machine = {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
};

/** This machine. */
export function thisMachine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() || 'unknown',
    cores: all.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
  };
}

/**
 * How many processes wanted to run in the last minute, on average. Over the number of cores, others had their share.
 */
export function load(): number {
  return Number((loadavg()[0] ?? 0).toFixed(1));
}
