/**
 * What is known of people is read at that moment, and no transaction waits for the network: whatever finds in one that
 * something hasn't been read throws this, to `read` it outside and start again (`inTransaction`).
 */
export class Unread extends Error {
  readonly read: () => Promise<void>;

  constructor(read: () => Promise<void>) {
    super('something is asked about a person outside readingRights');
    this.read = read;
  }
}

/** Runs `work`; what that finds unread of people is read in between, and `work` starts again. */
export async function readingRights<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      // Each read ends, even if nothing could be read, and is never repeated.
      if (!(error instanceof Unread)) throw error;
      await error.read();
    }
  }
}
