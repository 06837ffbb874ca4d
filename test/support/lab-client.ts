import { request } from 'undici';
import { patienceMs } from './eventually.ts';

/** A message as the lab's API shows it to a person. */
export type LabMessage = {
  readonly id: string;
  readonly conversation: string;
  readonly from: { readonly id: string; readonly name: string; readonly person: string | null };
  readonly text: string;
  readonly summary?: string;
  readonly entities: readonly unknown[];
  readonly card?: unknown;
  readonly note?: { readonly kind: 'message' | 'error'; readonly text: string };
  readonly answered: boolean;
  readonly revision: number;
  readonly revisions: readonly { readonly text: string; readonly card?: unknown }[];
  readonly deleted?: string;
  readonly onlyYou: boolean;
};

/** One request between the lab and the bot. */
export type LabExchange = {
  readonly seq: number;
  readonly direction: 'to-bot' | 'from-bot';
  readonly method: string;
  readonly path: string;
  readonly request: unknown;
  readonly status: number | null;
  readonly response: unknown;
};

/** Where a change is awaited (absent: anywhere), and for how long. */
export type Waiting = { readonly place?: string; readonly withinMs?: number };

/**
 * The interval between two checks where nothing changed in the chat: the awaited state may be in the database or in
 * Azure.
 */
const lookAgainMs = 30;
const rareLookMs = 500;

/**
 * The lab over its HTTP API, and its stream of changes, so that waiting means waiting for a change. Without `fetch`,
 * which takes three times as much CPU.
 */
export class LabClient {
  #url: string;
  #closing = new AbortController();
  readonly #waiting = new Set<{ readonly place: string | undefined; readonly end: () => void }>();

  constructor(url: string) {
    this.#url = url;
    this.listen(url);
  }

  get url(): string {
    return this.#url;
  }

  /** Listens to the lab at this address from now on. */
  listen(url: string): void {
    this.#url = url;
    this.#closing = new AbortController();
    void this.#readEvents(url, this.#closing.signal);
  }

  /** Stops listening. */
  close(): void {
    this.#closing.abort();
  }

  async get<T>(path: string): Promise<T> {
    const { statusCode, body } = await request(`${this.#url}/_lab/${path}`);
    if (statusCode !== 200) throw new Error(`GET /_lab/${path}: ${statusCode} ${await body.text()}`);
    return (await body.json()) as T;
  }

  async post<T>(path: string, sent: object): Promise<T> {
    const { statusCode, body } = await request(`${this.#url}/_lab/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sent),
    });
    if (statusCode >= 300) throw new Error(`POST /_lab/${path}: ${statusCode} ${await body.text()}`);
    return (await body.json()) as T;
  }

  /** The messages of a place as a person sees them, oldest first; what they were before only with `history`. */
  async messages(place: string, as: string, history: 'all' | 'none' = 'none'): Promise<LabMessage[]> {
    const path = `conversations/${encodeURIComponent(place)}?as=${as}&history=${history}`;
    return (await this.get<{ messages: LabMessage[] }>(path)).messages;
  }

  /** The traffic between lab and bot, oldest first. */
  async exchanges(): Promise<LabExchange[]> {
    return (await this.get<{ activities: LabExchange[] }>('activities')).activities;
  }

  /** Sends an activity of the log again, unchanged. */
  redeliver(seq: number): Promise<{ status: number; body: unknown }> {
    return this.post('redeliver', { seq });
  }

  /** Waits until `look` returns something true; checks after each change of `place`, and now and then without one. */
  async until<T>(awaited: string, look: () => Promise<T> | T, where: Waiting = {}): Promise<NonNullable<T>> {
    const { place, withinMs = patienceMs } = where;
    const end = performance.now() + withinMs;
    for (;;) {
      const changed = this.#change(place);
      const seen = await look();
      if (seen) return seen;
      if (performance.now() > end) throw new Error(`waited ${withinMs} ms in vain: ${awaited}`);
      await changed;
    }
  }

  #change(place: string | undefined): Promise<void> {
    return new Promise((done) => {
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(waiting);
        done();
      };
      const timer = setTimeout(end, place === undefined ? lookAgainMs : rareLookMs);
      const waiting = { place, end };
      this.#waiting.add(waiting);
    });
  }

  async #readEvents(url: string, signal: AbortSignal): Promise<void> {
    try {
      const response = await fetch(`${url}/_lab/events`, { signal });
      if (!response.body) return;
      const text = response.body.pipeThrough(new TextDecoderStream()) as unknown as AsyncIterable<string>;
      for await (const part of text) this.#tell(part);
    } catch {
      // the lab has stopped, or this client was closed
    }
  }

  /** A chunk of the stream may hold several changes; a change split over two is found by the occasional check. */
  #tell(part: string): void {
    const places = new Set([...part.matchAll(/"kind":"message","conversation":"([^"]+)"/g)].map(([, place]) => place));
    for (const { place, end } of [...this.#waiting]) if (place === undefined || places.has(place)) end();
  }
}
