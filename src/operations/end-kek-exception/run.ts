/** Ends the exceptions of a VM. What is ended stays ended, so a repeat changes nothing. */
import { failedCall } from '../failure.ts';
import type { Next, PartRunner, Run } from '../part.ts';
import type { End } from './plan.ts';

/** Runs `end-kek-exception`. */
export const runEnd: PartRunner<End> = { first: 'end', stages: { end } };

async function end(run: Run<End>): Promise<Next<End['memo']>> {
  const { part, waits } = run;
  const written = await run.write({
    call: part.does,
    target: part.vm.id,
    send: async () => {
      await run.kekExceptions.end(part.vm);
      return {};
    },
    findEffect: async () => null,
    reconcileWindowMs: waits.traceProtect,
  });
  if (written.end === 'waiting') return { stage: 'end', inMs: written.inMs };
  return { outcome: written.end === 'refused' ? failedCall(written.fault) : { ended: 'done' } };
}
