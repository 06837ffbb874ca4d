import { cpus, loadavg, totalmem } from 'node:os';

/** The machine of the measurement. */
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
 * How many processes wanted to run in the last minute, on average. If that is more than the cores, other processes had
 * a share.
 */
export function load(): number {
  return Number((loadavg()[0] ?? 0).toFixed(1));
}
