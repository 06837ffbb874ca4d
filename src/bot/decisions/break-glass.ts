/**
 * Break-glass: somebody whom `kluis.yaml` names for it starts a request without the approvals it lacks. They open a
 * form, type the names of its VMs and a reason; then it is treated like any approved plan: everything is read again,
 * and whatever denies it still does.
 */
import { whyNoBreakGlass, type Voter } from '../../approval/decide.ts';
import { approvalsOf, memberKey } from '../../approval/request.ts';
import { ownOf } from '../../core/own-of.ts';
import { isRefusal, refuse, type Refusal } from '../../core/refusal.ts';
import { cut } from '../../core/storable.ts';
import { words } from '../../message/words.ts';
import { subjectOf } from '../../operations/wording/plan-subject.ts';
import { namesToType, type GlassInputs, type GlassNotes } from '../../operations/cards/break-glass-card.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import { readPlan } from '../../operations/stored-operation.ts';
import { addCopy, removeCopy } from '../../store/request-copies.ts';
import { openRequests, requestById, type StoredRequest } from '../../store/approvals.ts';
import { conversationById } from '../../store/conversations.ts';
import { enqueueMessage, setDesiredState } from '../../store/messages.ts';
import type { PersonRights, Within } from '../deps.ts';
import { noteTurnRefused } from '../note-refused.ts';
import type { Answer, InboundEvent } from '../port.ts';
import { renderContextIn } from '../render-context.ts';
import { mentionOf, messageAbout, renderMessage } from '../render-message.ts';
import { gateNow, refusalOf } from '../rights/gate.ts';
import { loadDialog } from '../stored-dialog.ts';
import type { Turn } from '../turn-context.ts';
import { copiesInPerson } from '../approval/ask-for-approval.ts';
import { postCopy } from '../approval/in-person.ts';
import { moveRequest } from './move-request.ts';
import { knowAccountsOf, namedNow } from '../approval/named-now.ts';
import { tellDeciders } from '../approval/request-places.ts';
import {
  drawRequest,
  glassLeft,
  isNobody,
  readerAt,
  reviewersOf,
  showRequest,
  together,
} from '../approval/show-request.ts';

type Click = Extract<InboundEvent, { kind: 'click' }>;

/** What was pressed, by whom, on which request. */
type OnRequest = {
  readonly stored: StoredRequest;
  readonly rights: PersonRights;
  readonly voter: Voter;
  readonly digest: string;
};

/** Posts the form where the request was made; anyone who can't use it is refused immediately. */
export async function openBreakGlass(turn: Turn, on: OnRequest): Promise<Answer | Refusal> {
  const { deps, unit, inbound, context } = turn;
  const { stored } = on;
  const refused = whyNot(turn, on);
  if (refused) return shownIfNoneLeft(turn, stored, refused);
  const here = inbound.conversation.id;
  const text = words({ ...context, locale: inbound.reader.locale }).say('glass.open');
  if (stored.copies.some(({ conversation, glass }) => glass && conversation === here)) {
    // It may still say that none is left.
    await showRequest(deps, unit, stored);
    return { show: 'text', text, code: null };
  }
  const at = await conversationById(unit.q, here);
  if (!at) return refuse('unknown-dialog');
  const copy = { message: deps.newId(), conversation: here, glass: true } as const;
  await addCopy(unit.q, stored.request.id, copy);
  await postCopy({ deps, unit }, stored, { ...copy, at });
  return { show: 'text', text, code: null };
}

/** The form is closed where it stands, by somebody who could use it: nothing starts, and it can be opened anew. */
export async function closeBreakGlass(turn: Turn, { stored, voter, digest }: OnRequest): Promise<Answer | Refusal> {
  const { deps, unit, inbound, context } = turn;
  const { request, copies } = stored;
  const refused = whyNoBreakGlass(request, { voter, digest }, { here: deps.clock.now() });
  if (refused) return refused;
  const here = inbound.conversation.id;
  const form = copies.find(({ conversation, glass }) => glass && conversation === here);
  if (!form || request.state !== 'pending') return refuse('unknown-dialog');
  const { say } = words(context);
  const data = { mark: 'stopped' as const, title: say('glass.form-closed'), text: [say('glass.form-closed-text')] };
  const drawn = renderMessage({ template: 'notice', data }, context);
  await removeCopy(unit.q, request.id, form.message);
  await setDesiredState(unit.q, form.message, drawn);
  unit.wake({ to: 'deliver', id: here });
  return { show: 'card', drawn };
}

/** Starts it after everything has been read again; a wrong input gets its error at the field, and starts nothing. */
export async function breakGlass(turn: Turn, click: Click, on: OnRequest): Promise<Answer | Refusal> {
  const { deps, unit, inbound } = turn;
  const { stored, voter, digest } = on;
  const plan = readPlan(stored.plan);
  const refused = whyNot(turn, on);
  if (refused || !plan) return shownIfNoneLeft(turn, stored, refused ?? refuse('unreadable-plan'));
  const inputs = inputsIn(click);
  const wrong = whatIsWrong(inputs, namesToType(plan) ?? '');
  if (wrong.length > 0) return askAgain(turn, click, { stored, inputs, wrong });
  const event = { kind: 'break-glass', voter, digest, reason: inputs.reason, typed: inputs.vm } as const;
  const moved = await moveRequest({ deps, unit }, stored, event);
  if (isRefusal(moved)) return shownIfNoneLeft(turn, stored, moved);
  await tellPassedOver({ deps, unit }, moved);
  await showNoneLeft({ deps, unit });
  const place = await conversationById(unit.q, inbound.conversation.id);
  if (!place) return { show: 'nothing' };
  const shown = { ...place, conversationId: place.id, dialog: null, reader: readerAt(moved, place.id) };
  return { show: 'card', drawn: drawRequest(deps, moved, shown) };
}

/** Why this person can't, or why nobody can any more this month; null: they can. */
function whyNot({ deps }: Turn, { stored, rights, voter, digest }: OnRequest): Refusal | null {
  const plan = readPlan(stored.plan);
  if (!plan) return refuse('unreadable-plan');
  if (namesToType(plan) === null) return refuse('other-plan');
  const barred = refusalOf(gateNow(deps, rights, asksOf(plan)));
  const refused = barred ?? whyNoBreakGlass(stored.request, { voter, digest }, { here: deps.clock.now() });
  if (refused) return refused;
  const breaker = [voter.person ?? '', ...(voter.slack ? [memberKey(voter.slack)] : [])];
  if (isNobody(reviewersOf(deps, stored, breaker))) return refuse('no-reviewer');
  const isLeft = deps.breakGlass !== null && glassLeft(deps.breakGlass, stored).left > 0;
  return isLeft ? null : refuse('break-glass-limit');
}

type Wrong = { readonly field: keyof GlassInputs; readonly refusal: Refusal };

function inputsIn({ inputs }: Click): GlassInputs {
  const given = (name: keyof GlassInputs) => {
    const value = ownOf(inputs, name);
    return typeof value === 'string' ? value.trim() : '';
  };
  return { vm: cut(given('vm'), 2000), reason: cut(given('reason'), 300) };
}

function whatIsWrong({ vm, reason }: GlassInputs, names: string): readonly Wrong[] {
  const isName = vm.split(/[\s,]+/).join(' ') === names;
  return [
    ...(isName ? [] : [{ field: 'vm' as const, refusal: refuse('break-glass-name') }]),
    ...(reason === '' ? [{ field: 'reason' as const, refusal: refuse('break-glass-reason') }] : []),
  ];
}

type Again = { readonly stored: StoredRequest; readonly inputs: GlassInputs; readonly wrong: readonly Wrong[] };

/**
 * The form again with what was typed and what is wrong with it; a form that is still open gets the errors at its
 * fields.
 */
async function askAgain(turn: Turn, { inForm }: Click, { stored, inputs, wrong }: Again): Promise<Answer> {
  const { deps, unit, inbound, context } = turn;
  const { say } = words({ ...context, locale: inbound.reader.locale });
  const told = wrong.map(({ field, refusal }) => [field, say(`refusal.${refusal.refused}`, refusal.params)] as const);
  for (const { refusal } of wrong) noteTurnRefused(turn, refusal);
  const notes: GlassNotes = Object.fromEntries(told);
  const note = told.map(([, text]) => text).join(' ');
  if (inForm) return { show: 'text', text: note, code: wrong[0]?.refusal.refused ?? null, fields: { ...notes } };
  const place = await conversationById(unit.q, inbound.conversation.id);
  if (!place) return { show: 'text', text: note, code: null };
  const shown = { ...place, conversationId: place.id, dialog: null, glass: true, filled: { inputs, notes } };
  return { show: 'card', drawn: drawRequest(deps, stored, shown), note };
}

/** After the last one of the month, the other requests say so instead of offering it. */
async function showNoneLeft({ deps, unit }: Within): Promise<void> {
  const isOver = ({ brokenThisMonth }: StoredRequest) => brokenThisMonth >= (deps.breakGlass?.perMonth ?? 0);
  const others = (await openRequests(unit.q, maxRedrawn, 'unlocked')).filter(isOver);
  knowAccountsOf(deps, others);
  for (const other of others) await showRequest(deps, unit, other);
}

const maxRedrawn = 200;

/** Somebody else had the last one of the month since the card was drawn: it says so now. */
async function shownIfNoneLeft({ deps, unit }: Turn, { request }: StoredRequest, refused: Refusal): Promise<Refusal> {
  const stored = refused.refused === 'break-glass-limit' ? await requestById(unit.q, request.id) : null;
  if (stored) await showRequest(deps, unit, stored);
  return refused;
}

/** Everybody who was asked, or would have been later, gets a message; so does the requester, unless they did it. */
async function tellPassedOver(within: Within, moved: StoredRequest): Promise<void> {
  const { deps, unit } = within;
  const { request, requestedBy } = moved;
  const { glass } = request;
  if (!glass) return;
  const plan = readPlan(moved.plan);
  const later = { ...namedNow(moved), isLate: true };
  const asks = plan ? asksOf(plan) : [];
  const asked = later.named.length > 0 ? together(deps.authority.deciders(asks, later)) : nobody;
  const stored = await copiesInPerson(within, moved, asked);
  const text = (said: ReturnType<typeof words>) =>
    said.say('glass.told', {
      name: glass.name,
      vm: subjectOf(said, plan),
      ...approvalsOf(request),
      reason: sentence(glass.reason),
    });
  await tellDeciders(within, stored, { text, deciders: reviewersOf(deps, stored), withQuiet: true });
  const dialog = await loadDialog(unit.q, stored.dialogId);
  if (!dialog || requestedBy.id === glass.person) return;
  const said = words(renderContextIn(deps, dialog.conversationId, dialog));
  const about = { messageId: dialog.messageId, words: said };
  const desired = messageAbout(about, text(said), mentionOf(requestedBy));
  await enqueueMessage(unit.q, { id: deps.newId(), conversationId: dialog.conversationId, desired });
}

const nobody = { people: [], groups: [] };

/** A reason becomes one of several sentences. */
function sentence(text: string): string {
  return /[.!?…]$/u.test(text) ? text : `${text}.`;
}
