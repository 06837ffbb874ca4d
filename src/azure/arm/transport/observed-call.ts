import type { Clock } from '../../../core/clock.ts';
import { mapFault, WireFailure } from '../map-fault.ts';

/**
 * One finished call on the port: its method, how it ended (`ok` or the kind of fault) and how long it took, including
 * waiting.
 */
export type CallRecord = {
  readonly kind: 'read' | 'write';
  readonly name: string;
  readonly outcome: string;
  readonly ms: number;
};

/** The observer of calls, and the clock that measures them. */
type Observer = { readonly clock: Clock; readonly onCall?: (call: CallRecord) => void };

/** A method of the port and what it is about; `doing` completes "while …" in a fault. */
type Call = { readonly name: string; readonly doing: string };

/** Runs one call on Azure: every error comes out as an `AzureFault`, and the call is recorded. */
export type Ask = <T>(call: Call, run: () => Promise<T>) => Promise<T>;

/** How reads or writes are run. */
export function observedCalls(kind: CallRecord['kind'], { clock, onCall }: Observer): Ask {
  return async (call, run) => {
    const start = clock.now().getTime();
    const record = (outcome: string) => onCall?.({ kind, name: call.name, outcome, ms: clock.now().getTime() - start });
    try {
      const result = await run();
      record('ok');
      return result;
    } catch (error) {
      const fault = mapFault(error, call.doing);
      record(fault.kind);
      throw fault;
    }
  };
}

/** What was read, or null if Azure doesn't have it. */
export async function orNull<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof WireFailure && error.failure.kind === 'missing') return null;
    throw error;
  }
}
