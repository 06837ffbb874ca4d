/** Writes an exception down. It is written under the id of its operation, so a repeat changes nothing. */
import { failedCall } from '../failure.ts';
import type { Next, PartRunner, Run } from '../part.ts';
import type { Allow } from './plan.ts';

/** Runs `allow-vm-without-kek`. */
export const runAllow: PartRunner<Allow> = { first: 'allow', stages: { allow } };

async function allow(run: Run<Allow>): Promise<Next<Allow['memo']>> {
  const { part, waits } = run;
  const { vm, reason, until } = part;
  const written = await run.write({
    call: part.does,
    target: vm.id,
    send: async () => {
      await run.kekExceptions.allow({ vm, reason, until });
      return { until };
    },
    findEffect: async () => null,
    reconcileWindowMs: waits.traceProtect,
  });
  if (written.end === 'waiting') return { stage: 'allow', inMs: written.inMs };
  return { outcome: written.end === 'refused' ? failedCall(written.fault) : { ended: 'done' } };
}
