/** What a person can do about a failed restore: continue it, or delete its files. */
import { z } from 'zod';
import { hasEnough } from '../../approval/decide.ts';
import { coversRetry } from '../../approval/request.ts';
import { digestOf } from '../../core/digest.ts';
import { refuse, type Refusal } from '../../core/refusal.ts';
import { stableUuid } from '../../core/stable-uuid.ts';
import { wordsOfPart } from '../../operations/cards/operation-drawing.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import { planDigest, type Plan } from '../../operations/plan.ts';
import { cleanUpPlan, hasDeletedFiles, resumedStates } from '../../operations/resume.ts';
import { readOperation } from '../../operations/stored-operation.ts';
import { startedRequest, wasStarted, type StoredRequest } from '../../store/approvals.ts';
import { enqueueMessage } from '../../store/messages.ts';
import { operationById, type StoredOperation } from '../../store/operations.ts';
import { noteStarted } from '../approval/start-approved.ts';
import type { LiveOperation } from '../live-operation.ts';
import { operationCardNow } from '../operation-now.ts';
import type { Answer, InboundEvent } from '../port.ts';
import { gateNow } from '../rights/gate.ts';
import { startOperation } from '../start-operation.ts';
import type { Turn } from './turn-context.ts';

const onOperation = z.object({ operation: z.uuid() });

/** The operation that a click continues; null: it isn't such a click. */
export function operationToGoOn(event: InboundEvent): string | null {
  const claimed = event.kind === 'click' && event.verb === 'go-on' ? onOperation.safeParse(event.data) : null;
  return claimed?.success ? claimed.data.operation : null;
}

/**
 * The same plan continues on the same card, under the approval that it had; finished parts aren't repeated. It
 * continues once, so a second press shows what the first one started; and it can't continue without its files.
 */
export async function goOn(turn: Turn, operation: LiveOperation): Promise<Answer | Refusal> {
  const { deps, unit, inbound } = turn;
  const { plan, status, messageId } = operation;
  const id = successorOf(operation);
  const successor = await operationCardNow(deps, unit.q, id);
  if (successor) return { show: 'card', drawn: successor };
  const { last } = await cleanUpsOf(turn, operation);
  const cleaned = last && readOperation(last);
  if (last && (!cleaned || hasDeletedFiles(cleaned))) return refuse('files-deleted');
  const states = status === 'running' ? null : resumedStates(operation, deps.clock.now());
  if (!states) return refuse('outdated-card');
  const request = await mayStart(turn, plan);
  if (request && 'refused' in request) return request;
  const place = { actor: inbound.person, conversationId: operation.conversationId, messageId };
  const { locale, timeZone } = operation;
  const start = { ...place, locale, timeZone, dialog: null, resumes: { id, states } };
  const { drawn } = await startOperation({ deps, unit }, plan, start);
  if (request) await noteStarted({ deps, unit }, request, id);
  return { show: 'card', drawn };
}

function successorOf({ id }: LiveOperation): string {
  return stableUuid(`${id} goes on`);
}

/** The newest operation that deletes its files (null: none), and the ID of the one that would follow it. */
async function cleanUpsOf({ unit }: Turn, operation: LiveOperation) {
  let last: StoredOperation | null = null;
  let next = stableUuid(`${operation.id} cleans up`);
  for (let one = await operationById(unit.q, next); one; one = await operationById(unit.q, next)) {
    last = one;
    next = stableUuid(`${next} next`);
  }
  return { last, next };
}

/**
 * Deletes its files, in a message of its own; the card that was pressed stays. If that fails, it can be pressed again.
 * If a rule requires approvals, those of the restore cover it: it touches the restore's own files and nothing else.
 */
export async function cleanUp(turn: Turn, operation: LiveOperation): Promise<Refusal | null> {
  const { deps, unit, inbound } = turn;
  const plan = operation.status === 'running' ? null : cleanUpPlan(operation);
  if (!plan) return refuse('outdated-card');
  const successor = await operationById(unit.q, successorOf(operation));
  if (successor) return refuse(successor.status === 'running' ? 'restore-goes-on' : 'outdated-card');
  const { last, next: id } = await cleanUpsOf(turn, operation);
  if (last && last.status !== 'failed') return null;
  const gate = gateNow(deps, turn.rights, asksOf(plan));
  const isCovered = gate.gate === 'approvals' && (await wasStarted(unit.q, operation.digest));
  if (gate.gate !== 'open' && !isCovered) return gate.refusal;
  const { conversationId, locale, timeZone } = operation;
  const messageId = stableUuid(`${id} message`);
  const start = { actor: inbound.person, conversationId, messageId, locale, timeZone, dialog: null };
  const { drawn } = await startOperation({ deps, unit }, plan, { ...start, resumes: { id } });
  await enqueueMessage(unit.q, { id: messageId, conversationId, desired: drawn });
  return null;
}

/** The command of another restore of the same VM. */
function anotherOf({ parts }: Plan): string {
  return parts.flatMap((part) => wordsOfPart(part).again?.(part) ?? [])[0] ?? '';
}

/** Why it can't start; otherwise the request whose approval covers it; null: it needs none. */
async function mayStart(
  { deps, unit, inbound, rights, voters }: Turn,
  plan: Plan,
): Promise<Refusal | StoredRequest | null> {
  const gate = gateNow(deps, rights, asksOf(plan));
  if (gate.gate !== 'approvals') return gate.gate === 'open' ? null : gate.refusal;
  const digest = planDigest(plan);
  const requester = rights?.voter([]).person ?? inbound.person.id;
  const stored = await startedRequest(unit.q, { digest, requester });
  const uncovered = refuse('restore-not-covered', { command: anotherOf(plan) });
  if (!stored || !coversRetry(stored.request, digest, stored.now)) return uncovered;
  if (voters === null) return refuse('not-trusted-now', { what: 'identity' });
  // If the rules now require something else, or those who approved no longer can, approval has to be requested again.
  // A break-glass has fewer votes than that.
  const isAsThen = digestOf(stored.request.terms) === digestOf(gate.terms);
  const isEnough = hasEnough(stored.request, { voters, terms: gate.terms }, { here: deps.clock.now() });
  return isAsThen && isEnough ? stored : uncovered;
}
