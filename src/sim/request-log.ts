import type { Call } from './http/call.ts';

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

const KEPT = 20_000;

/** The last requests in the order of arrival; `status` is null until they are answered. */
export class RequestLog {
  #entries: LoggedRequest[] = [];

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

  /** All logged requests, oldest first. */
  all(): readonly LoggedRequest[] {
    return this.#entries.slice(-KEPT);
  }

  /** Forgets them. */
  clear(): void {
    this.#entries = [];
  }
}
