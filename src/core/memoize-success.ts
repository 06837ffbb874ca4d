/** Asks once and keeps the answer; a question that failed is asked anew by whoever comes next. */
export function memoizeSuccess<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = null;
      throw error;
    });
    return asked;
  };
}
