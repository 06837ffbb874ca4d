import type { Json } from '../../core/json.ts';
import { failedCall } from './failure.ts';
import type { Next, Run } from './part.ts';

/**
 * The only stage of a part that changes this installation's own rows and asks nothing of Azure. `noted` has to be
 * idempotent.
 */
export async function noteDown(
  run: Run,
  { stage, target }: { readonly stage: string; readonly target: string },
  noted: () => Promise<Json>,
): Promise<Next<Record<string, never>>> {
  const written = await run.write({
    call: run.part.does,
    target,
    send: noted,
    findEffect: async () => null,
    reconcileWindowMs: run.waits.traceProtect,
  });
  if (written.end === 'waiting') return { stage, inMs: written.inMs };
  return { outcome: written.end === 'refused' ? failedCall(written.fault) : { ended: 'done' } };
}
