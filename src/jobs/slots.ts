/**
 * A number of slots for pieces of work. If none is free, work waits in line. A piece that takes too long may give up
 * its slot and go on.
 */
export type Slots = {
  /**
   * Starts a piece as soon as a slot is free, first come, first served; resolves when it has started, not when it is
   * done.
   */
  begin(work: () => Promise<void>): Promise<void>;
  /** Resolves when a slot is free and nobody is waiting for it. */
  free(): Promise<void>;
  /** How many pieces have a slot or wait for one. */
  readonly busy: number;
  /** How many pieces are waiting. */
  readonly waiting: number;
  /** From now on nothing waits for a slot: whatever is in line starts at once. */
  close(): void;
  readonly closed: boolean;
  /** Resolves when nothing is running any more. */
  idle(): Promise<void>;
};

/** A given number of slots, all free. A piece keeps its slot for `longMs` at most, or to its end if that is null. */
export function slotsFor(count: number, longMs: number | null = null): Slots {
  return new Places(count, longMs);
}

class Places implements Slots {
  readonly #count: number;
  readonly #longMs: number | null;
  readonly #running = new Set<Promise<void>>();
  readonly #inSlots = new Set<Promise<void>>();
  readonly #line: (() => void)[] = [];
  readonly #hopeful: (() => void)[] = [];
  #closed = false;

  constructor(count: number, longMs: number | null) {
    this.#count = count;
    this.#longMs = longMs;
  }

  begin(work: () => Promise<void>): Promise<void> {
    return new Promise((begun) => {
      this.#line.push(() => {
        this.#run(work);
        begun();
      });
      this.#moveUp();
    });
  }

  free(): Promise<void> {
    return new Promise((go) => {
      this.#hopeful.push(go);
      this.#moveUp();
    });
  }

  get busy(): number {
    return this.#inSlots.size + this.#line.length;
  }

  get waiting(): number {
    return this.#line.length;
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    this.#closed = true;
    this.#moveUp();
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  #run(work: () => Promise<void>): void {
    const piece: Promise<void> = work().finally(() => {
      clearTimeout(long);
      this.#running.delete(piece);
      this.#leave(piece);
    });
    const long = this.#longMs === null ? undefined : setTimeout(() => this.#leave(piece), this.#longMs).unref();
    this.#running.add(piece);
    this.#inSlots.add(piece);
  }

  #leave(piece: Promise<void>): void {
    this.#inSlots.delete(piece);
    this.#moveUp();
  }

  #moveUp(): void {
    const isFree = () => this.#closed || this.#inSlots.size < this.#count;
    while (this.#line.length > 0 && isFree()) this.#line.shift()?.();
    if (isFree()) for (const go of this.#hopeful.splice(0)) go();
  }
}
