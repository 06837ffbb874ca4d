/**
 * Writing a policy. Nothing is sent if it already exists as desired, and nothing of somebody else's is overwritten: a
 * new policy needs a free name, a changed one the body it had when the card was rendered. Its trace is the policy
 * itself, read back. If VMs use it, Azure accepts first and updates them in an operation, which is followed to its end:
 * that is where a Resource Guard, immutability or an item refuses.
 */
import { holdsPolicy, samePolicy, type PolicyDocument } from '../../../azure/gateway.ts';
import type { Json } from '../../../core/json.ts';
import { failedInternally, failedCall, failedOperation } from '../../ground/failure.ts';
import type { Next, InternalFailure, PartRunner, Run } from '../../ground/part.ts';
import type { Policy, PolicyPart } from '../../parts/policy.ts';

const stages = { inspect, send, follow, verify };

/** Runs `create-policy` and `change-policy`. */
export const runPolicy: PartRunner<Policy> = { first: 'inspect', stages };

async function inspect(run: Run<Policy>): Promise<Next<Policy['memo']>> {
  const held = await run.azure.reads.policy(run.part.policyId);
  if (held && holdsPolicy(held.body, run.part.body)) return { outcome: { ended: 'done', adopted: true } };
  const trouble = troubleOf(run.part, held);
  return trouble ? { outcome: failedInternally(trouble) } : { stage: 'send', inMs: 0 };
}

/** Read again right before the write: there may have been a crash and an hour since the look. */
async function send(run: Run<Policy>): Promise<Next<Policy['memo']>> {
  const { policyId, body } = run.part;
  const { reads, writes } = run.azure;
  const held = await reads.policy(policyId);
  const isThere = held !== null && holdsPolicy(held.body, body);
  const trouble = isThere ? null : troubleOf(run.part, held);
  if (trouble) return { outcome: failedInternally(trouble) };
  const written = await run.write<Json>({
    call: 'put-policy',
    target: policyId,
    send: async (attempt) => {
      const { requestId, operationId } = await writes.putPolicy({ policyId, body }, attempt);
      return { requestId, operationId };
    },
    findEffect: async () => (isThere ? { traced: true } : null),
    reconcileWindowMs: run.waits.traceProtect,
  });
  if (written.end === 'waiting') return { stage: 'send', inMs: written.inMs, memo: run.memo };
  if (written.end === 'refused') return { outcome: failedCall(written.fault) };
  const { requestId = null, operationId } = written.value as { requestId?: string | null; operationId?: string | null };
  if (!operationId) return toVerify(run);
  return { stage: 'follow', inMs: run.waits.operation, memo: { ...run.memo, operationId, requestId } };
}

async function follow(run: Run<Policy>): Promise<Next<Policy['memo']>> {
  const { operationId = '', requestId = null } = run.memo;
  const status = await run.azure.reads.policyOperation({ policyId: run.part.policyId, operationId });
  if (status?.status === 'InProgress') return { stage: 'follow', inMs: run.waits.operation, memo: run.memo };
  // Azure keeps an operation only for a while; after that the policy itself counts.
  if (status === null || status.status === 'Succeeded') return toVerify(run);
  return { outcome: failedOperation(status, requestId) };
}

function toVerify(run: Run<Policy>): Next<Policy['memo']> {
  return { stage: 'verify', inMs: 0, memo: { ...run.memo, since: run.now.toISOString() } };
}

/** Success is claimed from the policy as Azure returns it, not from the response to the write. */
async function verify(run: Run<Policy>): Promise<Next<Policy['memo']>> {
  const held = await run.azure.reads.policy(run.part.policyId);
  if (held && holdsPolicy(held.body, run.part.body)) return { outcome: { ended: 'done' } };
  const since = Date.parse(run.memo.since ?? run.now.toISOString());
  if (run.now.getTime() - since > run.waits.policyShows) return { outcome: failedInternally('policy-not-shown') };
  return { stage: 'verify', inMs: run.waits.operation, memo: run.memo };
}

/** What blocks the write, given that Azure's policy isn't the desired one. */
function troubleOf(part: PolicyPart, held: PolicyDocument | null): InternalFailure | null {
  if (part.does === 'create-policy') return held === null ? null : 'policy-name-taken';
  if (held === null) return 'policy-vanished';
  return samePolicy(held.body, part.before) ? null : 'policy-changed';
}
