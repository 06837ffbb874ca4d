import type { PersonKey } from './people.ts';

/** What can change while somebody looks at the page. */
type Change =
  | { kind: 'message'; conversation: string; message: string; onlyFor?: PersonKey }
  | { kind: 'typing'; conversation: string }
  | { kind: 'traffic'; version: number }
  | { kind: 'reset' };

/** Notifies each listener of each change, in order. */
export type Changes = { tell(change: Change): void; listen(listener: (change: Change) => void): () => void };

/** A new hub without listeners; the function that `listen` returns removes the listener. */
export function createChanges(): Changes {
  const listeners = new Set<(change: Change) => void>();
  return {
    tell: (change) => {
      for (const listener of listeners) listener(change);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
