import type { Call, NeededRight } from './http/call.ts';

/** One request in the log. */
export type LoggedRequest = {
  time: string;
  method: string;
  host: string;
  path: string;
  identity: string | null;
  body: unknown;
  status: number | null;
  clientRequestId: string | null;
};

/** A permission that a call of this identity needed. */
type LoggedRight = NeededRight & { identity: string };

const KEPT = 20_000;

/** The last requests in the order of arrival; `status` is null until they are answered. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  #rights = new Map<string, LoggedRight>();

  /** Logs a request on arrival. */
  add(call: Call): LoggedRequest {
    const entry: LoggedRequest = {
      time: call.world.now().toISOString(),
      method: call.method,
      host: call.host,
      path: call.sent,
      identity: call.caller?.name ?? null,
      body: call.body,
      status: null,
      clientRequestId: call.clientRequestId,
    };
    this.#entries.push(entry);
    if (this.#entries.length > KEPT + 1000) this.#entries = this.#entries.slice(-KEPT);
    return entry;
  }

  /** Keeps what an answered call needed: each permission once for each identity and scope. */
  addRights({ caller, needed }: Call): void {
    for (const each of needed) {
      const right = { identity: caller?.name ?? '', ...each };
      this.#rights.set(JSON.stringify(right), right);
    }
  }

  /** Every permission that a call has needed since the start. */
  rights(): readonly LoggedRight[] {
    return [...this.#rights.values()];
  }

  /** All logged requests, oldest first. */
  all(): readonly LoggedRequest[] {
    return this.#entries.slice(-KEPT);
  }

  /** Forgets the requests. */
  clear(): void {
    this.#entries = [];
  }
}
