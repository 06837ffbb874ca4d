import { breakerOf, halfOf, type Identity, isOneOf, lackingEntries, missingApprovals } from '../../approval/request.ts';
import { isNeeded } from '../../approval/decide.ts';
import type { Refusal } from '../../core/refusal.ts';
import { words, type Words } from '../../message/words.ts';
import { requestCard } from '../../operations/cards/approval-card.ts';
import {
  breakGlassForm,
  namesToType,
  type GlassInputs,
  type GlassLeft,
  type GlassNotes,
} from '../../operations/cards/break-glass-card.ts';
import { changesBetween } from '../../operations/cards/changes/plan-changes.ts';
import type { EntryOfApprovers } from '../../operations/wording/plan-subject.ts';
import { planText } from '../../operations/cards/plan-words.ts';
import { whyOf } from '../../operations/cards/request/why-of.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import { planDigest, type Plan } from '../../operations/parts/plan.ts';
import { readPlan } from '../../operations/stored-operation.ts';
import type { RequestCopy, StoredRequest } from '../../store/approvals.ts';
import { allowsBreakGlass } from '../../people/operations.ts';
import type { Ask } from '../../people/rights.ts';
import { conversationById, type Conversation } from '../../store/conversations.ts';
import type { StoredDialog } from '../../store/dialogs.ts';
import { setDesiredState } from '../../store/messages.ts';
import type { Locale } from '../../core/person.ts';
import type { Deciders, Deps, Unit } from '../deps.ts';
import type { OutgoingMessage } from '../port.ts';
import { knowAccountsOf, namedNow } from './named-now.ts';
import { renderMessage } from '../render-message.ts';
import { renderContextIn } from '../render-context.ts';
import { loadDialog } from '../stored-dialog.ts';
import { permissionHint, shortPermissionHint } from '../refusal-text.ts';

/** A place where a request is shown. `dialog`: it is the requester's own card. */
type ShownAt = {
  readonly conversationId: string;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly dialog: StoredDialog | null;
  /** Why Azure refused it after it was approved; absent: as the dialog says, if that is here. */
  readonly objections?: readonly string[];
  /** Why the gate refused it at its start, as told there; absent: as the dialog says, if that is here. */
  readonly refusal?: { readonly because: Refusal; readonly short: boolean };
  /** The people there are informed but not asked. */
  readonly quiet?: boolean;
  /** The one person who reads it; absent: others do, too, or the requester alone on their own card. */
  readonly reader?: string | undefined;
  /** Who is mentioned with it there, once it is posted. */
  readonly mentions?: RequestCopy['mentions'] | undefined;
  /** It is the break-glass form, while the request waits; `filled`: as somebody sent it. */
  readonly glass?: boolean;
  readonly filled?: { readonly inputs: GlassInputs; readonly notes: GlassNotes };
};

/** Renders a request as it is shown at one place. */
export function drawRequest(deps: Deps, stored: StoredRequest, place: ShownAt): OutgoingMessage {
  const context = renderContextIn(deps, place.conversationId, place);
  const said = words(context);
  const plan = readPlan(stored.plan);
  const { request, requestedBy } = stored;
  const asks = plan ? asksOf(plan) : [];
  const glass = plan && allowsBreakGlass(asks.map(({ operation }) => operation)) ? deps.breakGlass : null;
  const reader = place.reader ?? (place.dialog?.isPersonal ? request.requester : null);
  if (place.glass && plan && glass && request.state === 'pending' && namesToType(plan) !== null) {
    const text = planText(said, plan, deps.clock.now());
    const left = glassLeft(glass, stored);
    const form = { words: said, request, plan, text, requestedBy: requestedBy.name, glass: left };
    return renderMessage(breakGlassForm({ ...form, ...(place.filled && { filled: place.filled }) }), context);
  }
  const unreached = stored.unreached.filter(({ person }) => !deps.authority.hasLeft(person));
  const card = requestCard({
    words: said,
    request,
    plan,
    deciders: lackingDeciders(deps, stored),
    unreached,
    untold: isUntold(stored.copies, unreached) && ringsNobody(deps, stored, place),
    quiet: place.quiet ?? false,
    breakGlass:
      glass && (reader === null || deps.authority.breaksGlass(reader, asks)) ? glassLeft(glass, stored) : null,
    reader: reader === null ? null : readAs(deps, stored, { reader, asks }),
    planText: (plan) => planText(said, plan, deps.clock.now()),
    changes: plan ? changesSince(said, readPlan(stored.replaced), { plan, now: deps.clock.now() }) : [],
    requestedBy: requestedBy.name,
    ticket: stored.ticket,
    reason: whyOf(plan, stored.reason),
    objections: place.objections ?? place.dialog?.state.objections ?? [],
    refusal: refusalLine(said, stored, place),
    dialog: place.dialog && { id: place.dialog.id, revision: place.dialog.state.revision },
    now: deps.clock.now(),
  });
  const drawn = renderMessage(card, context);
  const isRinging = request.state === 'pending' && (place.mentions ?? []).length > 0;
  return isRinging ? { ...drawn, rings: place.mentions } : drawn;
}

/** How often the glass can still be broken, as of when a request was read. */
export function glassLeft(
  { perMonth }: { readonly perMonth: number },
  { brokenThisMonth, now }: Pick<StoredRequest, 'brokenThisMonth' | 'now'>,
): GlassLeft {
  const next = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
  return { perMonth, left: Math.max(0, perMonth - brokenThisMonth), nextMonth: next.toISOString().slice(0, 10) };
}

/** Whether nobody who can decide is notified of it, in person or by a mention, nor will be. */
function isUntold(copies: StoredRequest['copies'], unreached: StoredRequest['unreached']): boolean {
  const isHeard = ({ quiet, glass, mentions }: RequestCopy) => !quiet && !glass && mentions?.length !== 0;
  return !copies.some(isHeard) && unreached.every(({ quiet }) => quiet);
}

/** Whether nobody is mentioned at a place: in somebody's own chat, or because those who decide are known as groups. */
function ringsNobody(deps: Deps, stored: StoredRequest, { dialog, mentions }: ShownAt): boolean {
  if (dialog === null) return mentions?.length === 0;
  return dialog.isPersonal || decidersOf(deps, stored).people.length === 0;
}

/** The one person who reads a request at a place; undefined: others do, too. */
export function readerAt({ copies }: StoredRequest, conversation: string): string | undefined {
  return copies.find((copy) => copy.conversation === conversation && copy.person !== undefined)?.person;
}

/** What somebody can do about a request whose card only they read, as far as is known without asking anybody. */
function readAs(
  { authority }: Deps,
  stored: StoredRequest,
  { reader, asks }: { readonly reader: string; readonly asks: readonly Ask[] },
) {
  const { request } = stored;
  const { askers, makers, votes } = request;
  const is = (ids: readonly string[]) => isOneOf({ person: reader }, ids);
  const { approver, admin = false, ...voter } = authority.decides(reader, asks, namedNow(stored));
  const isOther = !is([...askers, ...makers]);
  const mayDeny = isOther && approver;
  return {
    isAsker: is(askers),
    mayDeny,
    mayApprove: mayDeny && !is(votes.map(({ person }) => person)) && isNeeded(request, voter),
    mayReview: isOther && (approver || admin) && !is(breakerOf(request)),
  };
}

/** What the requester lacks personally is told in full only where their own card is read. */
function refusalLine(said: Words, { requestedBy }: StoredRequest, { refusal, dialog }: ShownAt): string | null {
  if (refusal?.short) return shortPermissionHint(said, refusal.because, requestedBy.name);
  const because = refusal?.because ?? dialog?.state.refused;
  return because ? permissionHint(said, because, requestedBy.name) : null;
}

/** What differs from the request that it replaces, if it replaces one that is readable and isn't the same plan. */
function changesSince(said: Words, replaced: Plan | null, { plan, now }: { plan: Plan; now: Date }): readonly string[] {
  if (!replaced || planDigest(replaced) === planDigest(plan)) return [];
  return changesBetween({ words: said, now }, replaced, plan);
}

/** Somebody whom `kluis.yaml` names, by all the IDs that it gives them. */
export function identityOf({ id, slack }: Deciders['people'][number]): Identity {
  return { person: id, ...(slack !== null && { also: [slack] }) };
}

/** Those of one entry of named approvers who can still approve, and how many of them have to. */
type DecidersOfEntry = Deciders & Pick<EntryOfApprovers, 'missing' | 'nobody'>;

/**
 * Who can still approve it, for each entry of named approvers that lacks a vote; without any, in one entry. The click
 * reads the same: neither the requester, nor who made the plan, nor who has voted counts.
 */
function lackingDeciders(deps: Deps, stored: StoredRequest): readonly DecidersOfEntry[] {
  const { request } = stored;
  const plan = readPlan(stored.plan);
  const lacking = lackingEntries(request);
  const { isLate } = namedNow(stored);
  const entries = lacking.map(({ entry }) => entry);
  const own = [...request.askers, ...request.makers, ...request.votes.map(({ person }) => person)];
  const others = (late: boolean) =>
    deps.authority.deciders(plan ? asksOf(plan) : [], { named: entries, isLate: late }).map((all) => {
      const people = all.people.filter((one) => !isOneOf(identityOf(one), own));
      return { ...all, people, isNobody: isNobody({ ...all, people }) && (all.less ?? all.people.length > 0) };
    });
  const later = isLate ? [] : others(true);
  return others(isLate).map(({ people, groups, isNobody: nobody }, at) => ({
    people,
    groups,
    missing: lacking[at]?.missing ?? missingApprovals(request),
    ...(nobody && { nobody: { later: isLate || later[at]?.isNobody ? null : halfOf(request) } }),
  }));
}

/** All of them together. */
export function decidersOf(deps: Deps, stored: StoredRequest): Deciders {
  return together(lackingDeciders(deps, stored));
}

/** The people and groups of several entries, each once. */
export function together(all: readonly Deciders[]): Deciders {
  const people = new Map(all.flatMap((one) => one.people).map((person) => [person.id, person]));
  const groups = [...new Set(all.flatMap((one) => one.groups))];
  return {
    people: [...people.values()],
    groups,
    ...(all.some(({ anybody }) => anybody) && { anybody: true as const }),
  };
}

/**
 * Who can review its break-glass, as far as they are named: those who could have approved it; if that is certainly
 * nobody else, the administrators. Whoever asked, made the plan or (`breaker`) used break-glass isn't among them.
 */
export function reviewersOf(deps: Deps, stored: StoredRequest, breaker = breakerOf(stored.request)): Deciders {
  const plan = readPlan(stored.plan);
  const { askers, makers } = stored.request;
  const own = [...askers, ...makers, ...breaker];
  const others = (all: Deciders) => ({ ...all, people: all.people.filter((one) => !isOneOf(identityOf(one), own)) });
  const approvers = others(together(deps.authority.deciders(plan ? asksOf(plan) : [], namedNow(stored))));
  return isNobody(approvers) ? others(deps.authority.administrators()) : approvers;
}

/** Whether certainly nobody is among them: who is in a group isn't known. */
export function isNobody({ people, groups, anybody }: Deciders): boolean {
  return people.length + groups.length === 0 && !anybody;
}

/** Whether a copy goes on: one person's has to be in their chat still, and they have an account. */
export function isRead({ authority }: Deps, { person }: RequestCopy, at: Conversation): boolean {
  return person === undefined || (at.person === person && !authority.hasLeft(person));
}

/**
 * Renders a request again wherever it is shown: in its copies, and on the requester's card unless that has moved on.
 */
export async function showRequest(deps: Deps, unit: Unit, stored: StoredRequest): Promise<void> {
  knowAccountsOf(deps, [stored]);
  const dialog = await loadDialog(unit.q, stored.dialogId);
  const { objections = [], refused } = dialog?.state ?? {};
  const refusal = refused && { because: refused, short: dialog?.isPersonal ?? true };
  for (const copy of stored.copies) {
    const { message, conversation, quiet = false, glass = false, person: reader, mentions } = copy;
    const at = await conversationById(unit.q, conversation);
    if (!at || !isRead(deps, copy, at)) continue;
    const shown = { ...at, conversationId: at.id, dialog: null, quiet, glass, objections, reader, mentions };
    const place = refusal ? { ...shown, refusal } : shown;
    const drawn = drawRequest(deps, stored, place);
    await setDesiredState(unit.q, message, drawn);
    unit.wake({ to: 'deliver', id: conversation });
  }
  if (!dialog || !['waiting', 'cancelled', 'expired'].includes(dialog.state.status)) return;
  await setDesiredState(unit.q, dialog.messageId, drawRequest(deps, stored, { ...dialog, dialog }));
  unit.wake({ to: 'deliver', id: dialog.conversationId });
}
