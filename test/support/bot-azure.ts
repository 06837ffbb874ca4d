import type { Simulator } from '../sim/support/simulated-azure.ts';
import type { LoggedRequest } from '../../src/sim/request-log.ts';
import type { SimState } from '../../src/sim/state/state.ts';

/** A POST that only asks. */
const askingPost =
  /backupStatus|backupPreValidateProtection|checkMemberGroups|getByIds|refreshContainers|backupTriggerValidateOperation/i;

/** The simulated Azure of a bot under test, from its control side. */
export class BotAzure {
  readonly #simulator: Simulator;

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
  }

  get url(): string {
    return this.#simulator.url;
  }

  /** What was asked of Azure so far, oldest first, by method and path. */
  async requests(method: string, path: RegExp): Promise<LoggedRequest[]> {
    const all = await this.#log(method === 'GET' ? 'requests' : 'requests/but-get');
    return all.filter((each) => each.method === method && path.test(each.path));
  }

  /** Everything that was sent to change something; `path` narrows it. */
  async writes(path = /./): Promise<LoggedRequest[]> {
    const all = await this.#log('requests/but-get');
    return all.filter((each) => !askingPost.test(each.path) && path.test(each.path));
  }

  /** Nearly all are GETs: the others can be had alone. Decoded, since the SDK writes an item's `;` as `%3B`. */
  async #log(name: 'requests' | 'requests/but-get'): Promise<LoggedRequest[]> {
    const all = (await this.control('GET', name)) as LoggedRequest[];
    return all.map((each) => ({ ...each, path: decodeURIComponent(each.path) }));
  }

  /** Adds a fault for matching calls or for the next jobs of a VM. */
  async fault(...faults: readonly object[]): Promise<void> {
    await this.control('POST', 'faults', faults);
  }

  async mend(): Promise<void> {
    await this.control('DELETE', 'faults');
  }

  /** The estate as new, without faults, with an empty log. */
  async reset(): Promise<void> {
    await this.control('POST', 'reset');
  }

  async state(): Promise<SimState> {
    return (await this.control('GET', 'state')) as SimState;
  }

  /** Replaces parts of the state. */
  async change(parts: Partial<SimState>): Promise<void> {
    await this.control('POST', 'state', parts);
  }

  /** The newest failed backup of each VM was an hour ago, whatever the hour of the day is now. */
  async failedLately(): Promise<void> {
    const { jobs } = await this.state();
    const start = new Date(Date.now() - 3_600_000).toISOString();
    const newest = new Map<string, string>();
    for (const { id, vmId, status, start: began } of jobs)
      if (status === 'Failed' && began > (jobs.find((job) => job.id === newest.get(vmId))?.start ?? ''))
        newest.set(vmId, id);
    const late = new Set(newest.values());
    await this.change({ jobs: jobs.map((job) => (late.has(job.id) ? { ...job, start, end: start } : job)) });
  }

  /** Lays one of the real world's cases over the estate. */
  async scenario(name: string): Promise<void> {
    await this.control('POST', 'scenario', { name });
  }

  /** Moves the simulated clock. Whatever was due by then has happened afterwards. */
  async pass(seconds: number): Promise<void> {
    await this.control('POST', 'clock', { advanceSeconds: seconds });
  }

  async control(method: string, name: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#simulator.url}/_sim/${name}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (response.status !== 200)
      throw new Error(`${method} /_sim/${name}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }
}
