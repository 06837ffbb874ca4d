import type { Simulator } from '../../src/sim/server.ts';
import type { LoggedRequest } from '../../src/sim/request-log.ts';
import type { SimState } from '../../src/sim/state.ts';

/** A POST that only asks. */
const askingPost = /backupStatus|backupPreValidateProtection|checkMemberGroups|refreshContainers/i;

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
    return (await this.#log()).filter((each) => each.method === method && path.test(each.path));
  }

  /** Everything that was sent to change something; `path` narrows it. */
  async writes(path = /./): Promise<LoggedRequest[]> {
    const all = await this.#log();
    return all.filter((each) => each.method !== 'GET' && !askingPost.test(each.path) && path.test(each.path));
  }

  /** Paths are decoded: the SDK writes the `;` of an item's name as `%3B`. */
  async #log(): Promise<LoggedRequest[]> {
    const all = (await this.control('GET', 'requests')) as LoggedRequest[];
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
