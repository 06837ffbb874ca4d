/**
 * Tells a stage's own errors from those of what it is given: if the database fails, nothing can be stored either, and
 * the whole run is repeated; a fault of the program in one stage must neither block what else is due nor go on for
 * ever.
 */

/** The errors of what a stage is given of the database. */
export type OutsideErrors = {
  readonly has: (error: unknown) => boolean;
  /** The same function; its errors are remembered. */
  readonly noting: <A extends unknown[], R>(work: (...all: A) => Promise<R>) => (...all: A) => Promise<R>;
  /** The same for each function of an object. */
  readonly notingAll: <T extends object>(all: T) => T;
};

/** None so far. */
export function outsideErrors(): OutsideErrors {
  const known = new WeakSet();
  const noting: OutsideErrors['noting'] =
    (work) =>
    async (...all) => {
      try {
        return await work(...all);
      } catch (error) {
        if (error instanceof Error) known.add(error);
        throw error;
      }
    };
  return {
    has: (error) => error instanceof Error && known.has(error),
    noting,
    notingAll: <T extends object>(all: T): T =>
      Object.fromEntries(Object.entries(all).map(([name, work]) => [name, noting(work as never)])) as T,
  };
}
