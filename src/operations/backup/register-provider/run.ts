/**
 * Registering a resource provider, by the operating identity. One that is already registered is adopted, and one that
 * somebody is registering is waited for. Azure accepts at once and takes minutes for its regions, so the state is read
 * until it is `Registered`.
 */
import type { AzureFaultFacts } from '../../../azure/faults.ts';
import { ownOf } from '../../../core/own-of.ts';
import type { Json } from '../../../core/json.ts';
import { isRegistered, isRegistering } from '../../../readiness/provider.ts';
import { failedCall, failedInternally } from '../../ground/failure.ts';
import type { InternalFailure, Next, Outcome, PartRunner, Run } from '../../ground/part.ts';
import type { Register } from '../../parts/register-provider.ts';

type Memo = Register['memo'];

/** Runs `register-provider`. */
export const runRegister: PartRunner<Register> = {
  first: 'inspect',
  stages: { inspect, write, follow },
};

async function inspect(run: Run<Register>): Promise<Next<Memo>> {
  const state = await stateOf(run);
  if (isRegistered(state)) return { outcome: { ended: 'done', adopted: true } };
  return isRegistering(state) ? following(run, { adopted: true }) : { stage: 'write', inMs: 0 };
}

async function write(run: Run<Register>): Promise<Next<Memo>> {
  const { provider, subscription } = run.part;
  const written = await run.write<Json>({
    call: 'register-provider',
    target: `/subscriptions/${subscription}/providers/${provider}`,
    send: async (attempt) => {
      const { requestId } = await run.azure.writes.registerProvider({ subscription, namespace: provider }, attempt);
      return { requestId };
    },
    findEffect: async () => {
      const state = await stateOf(run);
      return isRegistered(state) || isRegistering(state) ? { traced: true } : null;
    },
    reconcileWindowMs: run.waits.traceProtect,
  });
  if (written.end === 'waiting') return { stage: 'write', inMs: written.inMs };
  return written.end === 'refused' ? { outcome: refused(written.fault) } : following(run, {});
}

function following({ now, waits }: Run<Register>, memo: Memo): Next<Memo> {
  const until = new Date(now.getTime() + waits.registerShows).toISOString();
  return { stage: 'follow', inMs: 0, memo: { ...memo, until } };
}

async function follow(run: Run<Register>): Promise<Next<Memo>> {
  const { memo, now, waits } = run;
  if (isRegistered(await stateOf(run)))
    return { outcome: { ended: 'done', ...(memo.adopted && { adopted: true }) }, memo };
  if (Date.parse(memo.until as string) <= now.getTime()) return { outcome: failedInternally('still-registering') };
  return { stage: 'follow', inMs: waits.registerLook, memo };
}

/** Refusals by ARM itself, which the knowledge about Azure Backup doesn't have. */
const refusals: Readonly<Record<string, InternalFailure>> = {
  AuthorizationFailed: 'register-forbidden',
  ReadOnlyDisabledSubscription: 'subscription-disabled',
};

function refused(fault: AzureFaultFacts): Outcome {
  const outcome = failedCall(fault);
  const internal = ownOf(refusals, fault.code ?? '') ?? null;
  return outcome.ended === 'failed' ? { ...outcome, failure: { ...outcome.failure, internal } } : outcome;
}

function stateOf({ azure, part }: Run<Register>): Promise<string | null> {
  return azure.reads.providerState(part.subscription, part.provider);
}
