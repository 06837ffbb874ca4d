/**
 * How long a test waits for what has to come, in milliseconds. By hand a red test says so in seconds; `npm test` waits
 * for minutes, since a machine that runs everything is busy.
 */
export const patienceMs = Number(process.env['KLUIS_TEST_PATIENCE_MS'] ?? 20_000);

/** The interval between two checks, in milliseconds; a tenth of a long wait, since each check costs CPU time. */
const [minGapMs, maxGapMs] = [10, 250];

/** Waits until `look` returns something true and resolves with it; throws after `withinMs`, naming what was awaited. */
export async function eventually<T>(
  awaited: string,
  look: () => Promise<T> | T,
  withinMs = patienceMs,
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
