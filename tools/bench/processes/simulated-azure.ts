/** The simulated Azure of a measurement, with its control API. */
import type { LoggedRequest } from '../../../src/sim/request-log.ts';
import type { SimState } from '../../../src/sim/state/state.ts';
import { startChild } from './child.ts';

/** A POST that only reads. */
const asking = /backupStatus|backupPreValidateProtection|checkMemberGroups|refreshContainers/i;

/** A running simulated Azure. */
export type SimulatedAzure = {
  readonly url: string;
  state(): Promise<SimState>;
  /** Replaces parts of the state. */
  change(parts: Partial<SimState>): Promise<void>;
  /** Adds faults, which includes latency. */
  fault(...faults: readonly object[]): Promise<void>;
  mend(): Promise<void>;
  /** The log of requests, oldest first, paths decoded; the newest 20,000 are kept. */
  requests(): Promise<readonly LoggedRequest[]>;
  forget(): Promise<void>;
  end(): Promise<void>;
};

/** Starts it; `speed` divides the durations of jobs. */
export async function startAzure(speed: number): Promise<SimulatedAzure> {
  const { child, ready } = await startChild<{ url: string }>('simulator', { about: { speed } });
  const call = caller(ready.url);
  return {
    url: ready.url,
    state: async () => (await call('GET', 'state')) as SimState,
    change: async (parts) => void (await call('POST', 'state', parts)),
    fault: async (...faults) => void (await call('POST', 'faults', faults)),
    mend: async () => void (await call('DELETE', 'faults')),
    requests: async () => {
      const all = (await call('GET', 'requests')) as LoggedRequest[];
      return all.map((each) => ({ ...each, path: decodeURIComponent(each.path) }));
    },
    forget: async () => void (await call('DELETE', 'requests')),
    end: () => child.end(),
  };
}

/** Whether a request changes something. */
export function isWrite({ method, path }: LoggedRequest): boolean {
  return method !== 'GET' && !asking.test(path);
}

/** Every call takes this long. */
export function latency(ms: number): object {
  return { match: {}, latencyMs: ms };
}

function caller(url: string) {
  return async (method: string, name: string, body?: unknown): Promise<unknown> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${url}/_sim/${name}`, { method, ...sent });
    const answer: unknown = await response.json();
    if (response.status !== 200) throw new Error(`${method} /_sim/${name}: ${response.status}`);
    return answer;
  };
}
