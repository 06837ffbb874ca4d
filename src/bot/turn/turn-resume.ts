/** What a person can do about a failed restore: continue it, or delete its files. */
import { z } from 'zod';
import { hasEnough, isFresh } from '../../approval/decide.ts';
import { coversRetry } from '../../approval/request.ts';
import { digestOf } from '../../core/digest.ts';
import { isPerson } from '../../core/person.ts';
import { isRefusal, refuse, type Refusal } from '../../core/refusal.ts';
import { stableUuid } from '../../core/stable-uuid.ts';
import { isLive } from '../../dialog/advance.ts';
import { words } from '../../message/words.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import { planDigest, type Plan } from '../../operations/parts/plan.ts';
import type { Uncovered } from '../../operations/restore/continue-restore/card.ts';
import { cleanUpPlan } from '../../operations/restore/continue-restore/resume.ts';
import { withTags } from '../../operations/dialogs/tags-now.ts';
import { startedRequest, wasStarted, type StoredRequest } from '../../store/approvals.ts';
import { enqueueMessage } from '../../store/messages.ts';
import { operationById } from '../../store/operations.ts';
import { cleanUpsOf, continuationOf, successorOf } from '../approval/continuation.ts';
import { noteStarted } from '../approval/start-approved.ts';
import type { LiveOperation } from '../live-operation.ts';
import { operationCardNow } from '../operation/operation-now.ts';
import type { Answer, InboundEvent } from '../port.ts';
import { makersOf } from '../rights/dialog-actors.ts';
import { gateNow } from '../rights/gate.ts';
import { startOperation } from '../operation/start-operation.ts';
import { loadDialog, loadDialogThatStarted } from '../stored-dialog.ts';
import type { Turn } from '../turn-context.ts';
import { openDialog } from './turn-text.ts';

const onOperation = z.object({ operation: z.uuid() });

/** The operation that a click with one of these verbs is about; null: it isn't such a click. */
export function operationIn(event: InboundEvent, verbs: readonly string[]): string | null {
  const claimed = event.kind === 'click' && verbs.includes(event.verb) ? onOperation.safeParse(event.data) : null;
  return claimed?.success ? claimed.data.operation : null;
}

/**
 * The same plan continues on the same card, under the approval that it had; finished parts aren't repeated. It
 * continues once, so a second press shows what the first one started; and it can't continue without its files. If no
 * approval covers it, a card below asks for one.
 */
export async function goOn(turn: Turn, operation: LiveOperation): Promise<Answer | Refusal> {
  const { deps, unit, inbound } = turn;
  const { plan, messageId } = operation;
  const successor = await operationCardNow(deps, unit.q, successorOf(operation));
  if (successor) return { show: 'card', drawn: successor };
  const resumes = await continuationOf(unit.q, operation, deps.clock.now());
  if (isRefusal(resumes)) return resumes;
  const covered = await coverOf(turn, plan);
  if (isRefusal(covered)) return covered;
  if (covered.by === 'nothing') return askToGoOn(turn, operation, covered.why);
  const place = { actor: inbound.person, conversationId: operation.conversationId, messageId };
  const { locale, timeZone } = operation;
  const { request } = covered;
  const start = { ...place, locale, timeZone, dialog: null, request, resumes };
  const { drawn } = await startOperation({ deps, unit }, plan, start);
  if (covered.request) await noteStarted({ deps, unit }, covered.request, resumes.id);
  return { show: 'card', drawn };
}

/**
 * Asks for approval on a card of its own; the card that was pressed stays. While one is open there is no second. It
 * continues what others chose, so neither they nor whoever started it decide on it.
 */
async function askToGoOn(turn: Turn, operation: LiveOperation, why: Uncovered): Promise<Answer> {
  let id = stableUuid(`${operation.id} asks to go on`);
  for (let one = await loadDialog(turn.unit.q, id); one; one = await loadDialog(turn.unit.q, id)) {
    if (isLive(one.state)) return { show: 'text', text: words(turn.context).say('continue.asked'), code: null };
    id = stableUuid(`${id} next`);
  }
  const chosen = await loadDialogThatStarted(turn.unit.q, operation.messageId);
  const changedBy = [
    ...(isPerson(operation.requester) ? [operation.requester] : []),
    ...(chosen ? makersOf(chosen) : []),
  ];
  return openDialog(turn, { flow: 'continue', inputs: { args: operation.id, why }, id, changedBy });
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
  const { last, next: id } = await cleanUpsOf(unit.q, operation);
  if (last && last.status !== 'failed') return null;
  const gate = gateNow(deps, turn.rights, asksOf(withTags(plan, turn.tags)));
  const isCovered = gate.gate === 'approvals' && (await wasStarted(unit.q, operation.digest));
  if (gate.gate !== 'open' && !isCovered) return gate.refusal;
  const { conversationId, locale, timeZone } = operation;
  const messageId = stableUuid(`${id} message`);
  const start = { actor: inbound.person, conversationId, messageId, locale, timeZone, dialog: null };
  const { drawn } = await startOperation({ deps, unit }, plan, { ...start, resumes: { id } });
  await enqueueMessage(unit.q, { id: messageId, conversationId, desired: drawn });
  return null;
}

type Cover =
  | { readonly by: 'approval'; readonly request: StoredRequest | null }
  | { readonly by: 'nothing'; readonly why: Uncovered; readonly request?: null };

/** The request whose approval covers a plan that continues (null: it needs none), or why it can't start at all. */
async function coverOf(turn: Turn, plan: Plan): Promise<Cover | Refusal> {
  const { deps, unit, inbound, rights, voters, tags } = turn;
  const gate = gateNow(deps, rights, asksOf(withTags(plan, tags)));
  if (gate.gate !== 'approvals') return gate.gate === 'open' ? { by: 'approval', request: null } : gate.refusal;
  const digest = planDigest(plan);
  const requester = rights?.voter([]).person ?? inbound.person.id;
  const stored = await startedRequest(unit.q, { digest, requester });
  if (!stored) return { by: 'nothing', why: (await wasStarted(unit.q, digest)) ? 'person' : 'none' };
  if (!coversRetry(stored.request, digest, stored.now))
    return { by: 'nothing', why: stored.request.glass ? 'glass' : 'expired' };
  const here = deps.clock.now();
  if (!voters?.every((voter) => isFresh(voter, here))) return refuse('not-trusted-now', { what: 'identity' });
  // If the rules now require something else, or those who approved no longer can, approval has to be requested again.
  // A break-glass has fewer votes than that.
  const isAsThen = digestOf(stored.request.terms) === digestOf(gate.terms);
  const isEnough = hasEnough(stored.request, { voters, terms: gate.terms }, { here });
  if (isAsThen && isEnough) return { by: 'approval', request: stored };
  return { by: 'nothing', why: stored.request.glass ? 'glass' : 'changed' };
}
