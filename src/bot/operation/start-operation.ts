import type { Actor, Locale, Person } from '../../core/person.ts';
import { runnerOf } from '../../operations/list.ts';
import { resourcesOf } from '../../operations/plan-rights.ts';
import { planDigest, type Plan } from '../../operations/parts/plan.ts';
import { firstStates, type PartStates } from '../../operations/wording/progress.ts';
import { setDesiredState } from '../../store/messages.ts';
import type { StoredRequest } from '../../store/approvals.ts';
import { approvalIn, insertOperation } from '../../store/operations.ts';
import type { Within } from '../deps.ts';
import { renderOperation } from '../render-message.ts';
import type { OutgoingMessage } from '../port.ts';
import { record } from '../record.ts';
import { renderContextIn } from '../render-context.ts';

/**
 * Who starts a plan, and the message that becomes its card. `dialog`: the one that ends in it, and can't start another.
 */
type Start = {
  readonly actor: Actor;
  readonly conversationId: string;
  readonly messageId: string;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly dialog: { readonly id: string; readonly openedBy: Person } | null;
  /** The request that it runs on; absent: it needs none. */
  readonly request?: StoredRequest | null;
  /** If it continues an ended operation: its predetermined ID, and the parts that may already be done. */
  readonly resumes?: { readonly id: string; readonly states?: PartStates };
};

/** Its card, and its id. */
type Started = { readonly drawn: OutgoingMessage; readonly operationId: string };

/**
 * Freezes a plan as an operation, in the transaction of what started it. The gate was checked before; the message
 * becomes the operation's card.
 */
export async function startOperation({ deps, unit }: Within, plan: Plan, start: Start): Promise<Started> {
  const now = deps.clock.now();
  const { actor, dialog, resumes, request = null, ...place } = start;
  const operation = {
    ...place,
    id: resumes?.id ?? deps.newId(),
    dialogId: dialog?.id ?? null,
    status: 'running',
    plan,
    digest: planDigest(plan),
    parts: resumes?.states ?? firstStates(plan, runnerOf, now),
    requester: actor,
  };
  if (await insertOperation(unit.q, operation)) {
    const detail = { plan, ...(dialog && { openedBy: dialog.openedBy }) };
    await record(unit, { now, what: 'started', operation, detail, on: resourcesOf(plan) });
    unit.wake({ to: 'advance', id: operation.id });
  }
  const context = renderContextIn(deps, start.conversationId, start);
  const allowed = approvalIn(request && { ...request.request, ticket: request.ticket });
  const drawn = renderOperation({ ...operation, createdAt: now, cancelAsked: null, ...allowed }, { context, now });
  await setDesiredState(unit.q, start.messageId, drawn);
  unit.wake({ to: 'deliver', id: start.conversationId });
  return { drawn, operationId: operation.id };
}
