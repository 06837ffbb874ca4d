/** A chat platform's changes as they come: each wakes those who wait. */
export type ChangeStream = {
  /** Resolves with the next change of any conversation, or rejects when the signal fires. */
  readonly next: (signal: AbortSignal) => Promise<void>;
  close(): void;
};

/** Listens to the server-sent events at this address. */
export async function openChanges(url: string): Promise<ChangeStream> {
  const closing = new AbortController();
  const waiting = new Set<() => void>();
  const stream = await fetch(url, { signal: closing.signal });
  void (async () => {
    const reader = stream.body?.getReader();
    const text = new TextDecoder();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
      if (isSeen(text.decode(part.value, { stream: true }))) [...waiting].forEach((wake) => wake());
  })().catch(() => undefined);
  return { next: (signal) => nextOf(waiting, signal), close: () => closing.abort() };
}

/**
 * Requests between platform and bot are changes, too, but invisible to people. A chunk that was cut anywhere counts as
 * visible.
 */
function isSeen(part: string): boolean {
  return part.split('\n\n').some((event) => event !== '' && !/^data: \{"kind":"traffic"[^\n]*\}$/.test(event));
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
