import { request, type Dispatcher } from 'undici';
import type { Simulator } from '../sim/support/simulated-azure.ts';
import type { LoggedRequest } from '../../src/sim/request-log.ts';
import type { SimState } from '../../src/sim/state/state.ts';

/** A POST that only reads. */
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

  /** The requests to Azure so far, oldest first, by method and path. */
  async requests(method: string, path: RegExp): Promise<LoggedRequest[]> {
    const all = await this.#log(method === 'GET' ? 'requests' : 'requests/but-get');
    return all.filter((each) => each.method === method && path.test(each.path));
  }

  /** All writes; `path` narrows them. */
  async writes(path = /./): Promise<LoggedRequest[]> {
    const all = await this.#log('requests/but-get');
    return all.filter((each) => !askingPost.test(each.path) && path.test(each.path));
  }

  /**
   * Nearly all are GETs, so the others can be read separately. Decoded, since the SDK writes an item's `;` as `%3B`.
   */
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

  /** Resets the estate: no faults, an empty log. */
  async reset(): Promise<void> {
    await this.control('POST', 'reset');
  }

  /** The state, or only these parts of it, which is cheaper. */
  async state<K extends keyof SimState = keyof SimState>(...parts: readonly K[]): Promise<Pick<SimState, K>> {
    return (await this.control('GET', parts.length === 0 ? 'state' : `state?parts=${parts.join()}`)) as SimState;
  }

  /** Replaces parts of the state. */
  async change(parts: Partial<SimState>): Promise<void> {
    await this.control('POST', 'state', parts);
  }

  /** Makes each VM's newest failed backup an hour old, whatever time of day it is now. */
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

  /** Loads a real-world case into the estate. */
  async scenario(name: string): Promise<void> {
    await this.control('POST', 'scenario', { name });
  }

  /** Advances the simulated clock. Afterwards everything due by then has happened. */
  async pass(seconds: number): Promise<void> {
    await this.control('POST', 'clock', { advanceSeconds: seconds });
  }

  async control(method: Dispatcher.HttpMethod, name: string, sent?: unknown): Promise<unknown> {
    const { statusCode, body } = await request(`${this.#simulator.url}/_sim/${name}`, {
      method,
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    });
    const answer: unknown = await body.json();
    if (statusCode !== 200) throw new Error(`${method} /_sim/${name}: ${statusCode} ${JSON.stringify(answer)}`);
    return answer;
  }
}
