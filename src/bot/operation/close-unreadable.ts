import { words } from '../../message/words.ts';
import type { CardMessage } from '../../message/card-data.ts';
import type { RenderContext } from '../../message/card-data.ts';
import { subjectOf } from '../../operations/wording/plan-subject.ts';
import { ClaimLost } from '../../operations/ground/idempotent-write.ts';
import { vmsOfPlan } from '../../operations/stored-operation.ts';
import { enqueueMessage, setDesiredState } from '../../store/messages.ts';
import { releaseLease } from '../../store/lease.ts';
import { saveOperation, type Claimed } from '../../store/operations.ts';
import { inTransaction, type Deps } from '../deps.ts';
import { mentionOf, messageAbout, renderMessage } from '../render-message.ts';
import { record } from '../record.ts';
import { renderContextIn } from '../render-context.ts';

/** While one release replaces another, a process that can read it continues due work within seconds. */
export const leftForMs = 5 * 60_000;

/**
 * Ends an operation that another release stored in a form which this one can't read, once no process that can has
 * continued it for minutes: nothing more is sent to Azure, what was started there continues, and the card and a message
 * say so.
 */
export async function closeUnreadable(deps: Deps, { claim, operation, overdueMs }: Claimed): Promise<void> {
  if (overdueMs < leftForMs) {
    await releaseLease(deps.database.db, 'operation', { key: claim.id, fence: claim.fence });
    return;
  }
  deps.log.error({ operation: operation.id }, 'an operation cannot be read by this release, and was closed');
  await inTransaction(deps, async (unit) => {
    const { parts } = operation;
    const saved = await saveOperation(unit.q, claim, { parts, status: 'failed', dueInMs: null });
    if (!saved) throw new ClaimLost(claim.id);
    const detail = { status: 'failed', because: 'unreadable', parts };
    await record(unit, { now: deps.clock.now(), what: 'ended', operation, detail });
    const context = renderContextIn(deps, operation.conversationId, operation);
    await setDesiredState(unit.q, operation.messageId, renderMessage(unreadableCard(context), context));
    const said = words(context);
    const told = said.say('unreadable.told', { vm: subjectOf(said, { vms: vmsOfPlan(operation.plan) }) });
    const about = { messageId: operation.messageId, words: said };
    const ping = messageAbout(about, told, mentionOf(operation.requester));
    const desired = { ...ping, ends: 'failed', broadcast: true };
    await enqueueMessage(unit.q, { id: deps.newId(), conversationId: operation.conversationId, desired });
    unit.wake({ to: 'deliver', id: operation.conversationId });
  });
}

/** The card of an operation that this release cannot read. */
export function unreadableCard(context: RenderContext): CardMessage {
  const { say } = words(context);
  const text = [say('unreadable.text')];
  return { template: 'notice', data: { mark: 'failed', title: say('unreadable.title'), text } };
}
