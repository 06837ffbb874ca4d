/** A fair semaphore: a fixed number of calls run at a time; the others wait in order. */
export type CallQueue = {
  /**
   * Runs `call` when its turn has come. A call whose `signal` fires while it waits leaves the queue and is never run.
   */
  run<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T>;
};

/** A call that was taken back while it still waited. Nothing of it was sent. */
class LeftQueue extends Error {
  constructor() {
    super('taken back while it waited for its turn');
    this.name = 'AbortError';
  }
}

/** A queue for `width` calls at a time. */
export function callQueue(width: number): CallQueue {
  const waiting = new Set<() => void>();
  let free = width;

  async function turn(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw new LeftQueue();
    if (free > 0) {
      free -= 1;
      return;
    }
    await place(waiting, signal);
  }

  // A slot goes straight from one call to the next: were it set free in between, a newcomer could overtake the queue.
  function release(): void {
    const [next] = waiting;
    if (!next) free += 1;
    else next();
  }

  return {
    async run(call, signal) {
      await turn(signal);
      try {
        return await call();
      } finally {
        release();
      }
    },
  };
}

function place(waiting: Set<() => void>, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      waiting.delete(enter);
      reject(new LeftQueue());
    };
    const enter = () => {
      waiting.delete(enter);
      signal?.removeEventListener('abort', leave);
      resolve();
    };
    waiting.add(enter);
    signal?.addEventListener('abort', leave, { once: true });
  });
}
