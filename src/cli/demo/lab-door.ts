/** The local chat over its HTTP API: what the page in the browser does, without a browser. */

/** Somebody of the local chat. */
export type PersonKey = 'ana' | 'ben' | 'chris';

/** A message as one person sees it. `cards[0]` is what is shown; `revisions` are all states that the bot has sent. */
export type ChatMessage = {
  readonly id: string;
  readonly from: { readonly name: string; readonly person: PersonKey | null };
  readonly text: string;
  readonly card?: unknown;
  readonly answered: boolean;
  readonly revision: number;
  readonly revisions: readonly { readonly text: string; readonly card?: unknown }[];
};

/** The API, and its stream of changes. */
export type LabDoor = {
  readonly messages: (as: PersonKey) => Promise<readonly ChatMessage[]>;
  readonly post: (path: 'open' | 'say' | 'press', body: object) => Promise<unknown>;
  /** Resolves with the next change of any conversation, or rejects when the signal fires. */
  readonly changed: (signal: AbortSignal) => Promise<void>;
  close(): void;
};

/** Opens the door of the lab at this address. */
export async function openLab(url: string): Promise<LabDoor> {
  const closing = new AbortController();
  const waiting = new Set<() => void>();
  const stream = await fetch(`${url}/_lab/events`, { signal: closing.signal });
  void (async () => {
    const reader = stream.body?.getReader();
    while (reader && !(await reader.read()).done) [...waiting].forEach((wake) => wake());
  })().catch(() => undefined);
  return {
    messages: async (as) => {
      const view = (await call(`${url}/_lab/conversations/personal?as=${as}`)) as { messages: ChatMessage[] };
      return view.messages;
    },
    post: (path, body) => call(`${url}/_lab/${path}`, body),
    changed: (signal) => nextOf(waiting, signal),
    close: () => closing.abort(),
  };
}

/** One call with JSON, to the lab or to the simulator's control; anything but a success is a fault. */
export async function call(url: string, body?: object): Promise<unknown> {
  const sent =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(url, sent);
  const text = await response.text();
  if (!response.ok) throw new Error(`calling ${url}: HTTP ${response.status}, ${text.slice(0, 300)}`);
  return JSON.parse(text) as unknown;
}

function nextOf(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const over = () => {
      waiting.delete(wake);
      fail(signal.reason as Error);
    };
    const wake = () => {
      waiting.delete(wake);
      signal.removeEventListener('abort', over);
      done();
    };
    waiting.add(wake);
    signal.addEventListener('abort', over, { once: true });
    if (signal.aborted) over();
  });
}
