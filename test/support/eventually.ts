/** Waits until `look` gives something true and resolves with it; after `withinMs` throws what was awaited. */
export async function eventually<T>(
  awaited: string,
  look: () => Promise<T> | T,
  withinMs = 10_000,
): Promise<NonNullable<T>> {
  const end = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > end) throw new Error(`waited ${withinMs} ms in vain: ${awaited}`);
    await new Promise((again) => setTimeout(again, 10));
  }
}
