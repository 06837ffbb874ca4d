/** The interval between two checks, in milliseconds; a tenth of a long wait, since each check costs CPU time. */
const [minGapMs, maxGapMs] = [10, 250];

/** Waits until `look` returns something true and resolves with it; throws after `withinMs`, naming what was awaited. */
export async function eventually<T>(
  awaited: string,
  look: () => Promise<T> | T,
  withinMs = 60_000,
): Promise<NonNullable<T>> {
  const start = performance.now();
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    const waited = performance.now() - start;
    if (waited > withinMs) throw new Error(`waited ${withinMs} ms in vain: ${awaited}`);
    const gapMs = Math.min(Math.max(waited / 10, minGapMs), maxGapMs);
    await new Promise((again) => setTimeout(again, gapMs));
  }
}
