/** A click on a request for approval: a decision, or its withdrawal. Everything in it is checked again. */
import type { ApprovalEvent, Voter } from '../../approval/decide.ts';
import { ownOf } from '../../core/own-of.ts';
import { isRefusal, refuse, type Refusal } from '../../core/refusal.ts';
import { cut } from '../../core/storable.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import { words } from '../../message/words.ts';
import { requestTitle } from '../../operations/cards/approval-card.ts';
import { readPlan } from '../../operations/stored-operation.ts';
import { requestById, type StoredRequest } from '../../store/approvals.ts';
import { conversationById } from '../../store/conversations.ts';
import type { PersonRights } from '../deps.ts';
import { isShownHere } from '../channel-places.ts';
import { loadDialog } from '../stored-dialog.ts';
import type { Answer, InboundEvent } from '../port.ts';
import type { Turn } from '../turn-context.ts';
import { breakGlass, closeBreakGlass, openBreakGlass } from './break-glass.ts';
import { namedNow } from '../approval/named-now.ts';
import { refusalOf } from '../rights/gate.ts';
import { beginApproved } from './begin-approved.ts';
import { moveRequest } from './move-request.ts';
import { drawRequest, readerAt } from '../approval/show-request.ts';

type Click = Extract<InboundEvent, { kind: 'click' }>;
/** `inList`: the button was in a list's row, not on the request's card. */
type OnRequest = { readonly click: Click; readonly id: string; readonly digest: string; readonly inList: boolean };

const decisions: ReadonlySet<unknown> = new Set([
  'approve',
  'deny',
  'review',
  'open-break-glass',
  'break-glass',
  'close-glass',
]);

/** Whether an event decides about somebody's request, which needs more than the right to view. */
export function isDecision(event: InboundEvent): boolean {
  return event.kind === 'click' && decisions.has(event.verb);
}

/** Handles a decision about a request, where that is shown; the requester can withdraw it from anywhere. */
export async function clickOnRequest(turn: Turn, { click, id, digest, inList }: OnRequest): Promise<Answer | Refusal> {
  const { deps, unit, inbound, rights } = turn;
  const stored = await requestById(unit.q, id, 'toMove');
  const here = inbound.conversation.id;
  const dialog = stored && (await loadDialog(unit.q, stored.dialogId));
  const isHere = dialog?.conversationId === here || (stored !== null && (await isCopy(turn, click, stored)));
  if (!stored || !dialog || (!isHere && click.verb !== 'withdraw')) return refuse('unknown-dialog');
  const unsafeBecause = rights === null ? 'identity' : deps.unsafeBecause();
  if (rights === null || unsafeBecause !== null)
    return refuse('not-trusted-now', { what: unsafeBecause ?? 'identity' });
  const barred = refusalOf(rights.view);
  if (barred?.refused === 'no-account') return barred;
  const voter = voterOf(turn, stored, rights);
  const on = { stored, rights, voter, digest };
  if (click.verb === 'open-break-glass') return openBreakGlass(turn, on);
  if (click.verb === 'close-glass') return closeBreakGlass(turn, on);
  if (click.verb === 'break-glass') return breakGlass(turn, click, on);
  if (click.verb === 'begin') return beginApproved(turn, rights, { stored, dialog, digest });
  if (click.verb === 'approve' && startsNothing(rights, stored)) return refuse('read-only');
  const event = eventOf({ click, digest, stored, voter });
  const moved = isRefusal(event) ? event : await moveRequest({ deps, unit }, stored, event);
  if (isRefusal(moved)) return moved;
  if (inList || !isHere) return { show: 'text', text: verdictOf(turn, moved), code: null };
  const now = await loadDialog(unit.q, stored.dialogId);
  const place = await conversationById(unit.q, here);
  if (!place) return { show: 'nothing' };
  const own = now?.conversationId === here ? now : null;
  const shown = { ...place, conversationId: here, dialog: own, reader: readerAt(moved, here) };
  return { show: 'card', drawn: drawRequest(deps, moved, shown) };
}

function verdictOf({ context }: Turn, stored: StoredRequest): string {
  const said = words(context);
  return requestTitle(said, stored.request, { plan: readPlan(stored.plan), who: stored.requestedBy.name });
}

/** A copy in a channel starts its own thread there, and clicks in it come from that thread. */
function isCopy({ unit, inbound }: Turn, { messageId }: Click, { copies }: StoredRequest): Promise<boolean> {
  const { id, channel } = inbound.conversation;
  return isShownHere({ unit }, { conversation: id, channel, messageId }, copies);
}

/** If nothing can start at all, an approval would be an empty promise; a denial still ends the request. */
function startsNothing(rights: PersonRights, stored: StoredRequest): boolean {
  const plan = readPlan(stored.plan);
  return plan !== null && refusalOf(rights.gate(asksOf(plan)))?.refused === 'read-only';
}

type Claimed = {
  readonly click: Click;
  readonly digest: string;
  readonly stored: StoredRequest;
  readonly voter: Voter;
};

/** The voter that somebody is for this request. */
function voterOf({ inbound }: Turn, stored: StoredRequest, rights: PersonRights): Voter {
  const plan = readPlan(stored.plan);
  return { ...rights.voter(plan ? asksOf(plan) : [], namedNow(stored)), name: inbound.person.name };
}

function eventOf({ click, digest, stored, voter }: Claimed): ApprovalEvent | Refusal {
  const plan = readPlan(stored.plan);
  switch (click.verb) {
    case 'withdraw':
      return { kind: 'withdraw', person: voter.person };
    // A plan that this release can't read can be denied, but not approved.
    case 'approve':
      return plan ? { kind: 'approve', voter, digest } : refuse('unreadable-plan');
    case 'review': {
      const note = textIn(click, 'note');
      return { kind: 'review', voter, digest, note: note === '' ? null : note };
    }
    case 'deny': {
      const reason = textIn(click, 'reason');
      return reason === '' ? refuse('reason-missing') : { kind: 'deny', voter, digest, reason };
    }
    default:
      return refuse('unreadable-click');
  }
}

function textIn({ inputs }: Click, name: string): string {
  const given = ownOf(inputs, name);
  return typeof given === 'string' ? cut(given.trim(), 300) : '';
}
