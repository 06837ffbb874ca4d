/**
 * The card of a request for approval: what would happen and who asks, who has decided so far, and the time left. Pure.
 */
import type { ApprovalRequest } from '../../approval/request.ts';
import { approvalsOf, endsAt, isClosed, isForReview, isHeld } from '../../approval/request.ts';
import type { Block, Button, CardMessage, SheetData } from '../../message/card-data.ts';
import { firstFitting } from '../../message/verdict-texts.ts';
import type { Words } from '../../message/words.ts';
import type { PlanText, ToApprove } from '../conversation.ts';
import type { Plan } from '../plan.ts';
import { glassSteps, namesToType } from './break-glass-card.ts';
import { foldedPlan, planSections, subjectOf, wholePlan, whoCan, type EntryOfApprovers } from './plan-subject.ts';

/**
 * What it is rendered from. `plan` null: this release can't read it. `dialog`: where it can be requested again, on the
 * requester's own card.
 */
type RequestDrawing = {
  readonly words: Words;
  readonly request: ApprovalRequest;
  readonly plan: Plan | null;
  readonly planText: (plan: Plan) => PlanText;
  /** What differs from the earlier request that it replaces, line by line; empty: it replaces none. */
  readonly changes: readonly string[];
  readonly requestedBy: string;
  /** The ticket that the requester named; null: none. */
  readonly ticket: string | null;
  /** Why Azure refused it after it was approved, in its words. */
  readonly objections: readonly string[];
  /** Why the gate refused it at its start, in words; null: it didn't. */
  readonly refusal: string | null;
  /** Who can still approve it, as far as they are named: of each of these entries so many. */
  readonly deciders: readonly EntryOfApprovers[];
  /** Who was to be asked in person and isn't, and why; `opening`: not yet. */
  readonly unreached: readonly {
    readonly name: string;
    readonly quiet?: true;
    readonly is: 'opening' | 'never-wrote' | 'refused';
  }[];
  /** The reader is notified but not asked to decide. */
  readonly quiet: boolean;
  /** Whether there are people who can start it by break-glass. */
  readonly breakGlass: boolean;
  readonly dialog: { readonly id: string; readonly revision: number } | null;
};

/** Renders it: with the decision buttons while it is open, with who decided afterwards. */
export function requestCard(drawing: RequestDrawing): CardMessage {
  const { words, request, plan, quiet } = drawing;
  const text = plan && drawing.planText(plan);
  const beside = [...ticketBlock(drawing), ...decisions(drawing)];
  const unreached = unreachedBlocks(drawing);
  const changes = changeBlocks(drawing);
  const first = [...refusalBlocks(drawing), ...changes.above];
  const { above, below } = planBlocks(drawing, text, [...first, ...beside, ...unreached]);
  const data: SheetData = {
    mark: isRefused(drawing) ? 'block' : markOf(request, plan),
    title: isRefused(drawing)
      ? words.say('request.objected', { vm: subjectOf(words, plan) })
      : requestTitle(words, request, plan),
    why: whyOf(drawing),
    body: [...first, ...above, ...beside, ...unreached],
    inputs: quiet ? [] : inputsOf(words, request),
    buttons: quiet ? [] : buttonsOf(drawing),
    line: lineOf(drawing),
    details: [...changes.below, ...below, ...planSections(words, text, request.digest)],
  };
  return { template: 'sheet', data };
}

/** What would be done; a request that has ended without it keeps that in the details, since nobody decides about it. */
function planBlocks(drawing: RequestDrawing, text: PlanText | null, beside: readonly Block[]) {
  const { words, request, changes, unreached } = drawing;
  if (!text) return { above: [], below: [] };
  if (isOver(request)) return { above: [], below: [wholePlan(words, text)] };
  // Little else stands on it while it waits.
  const isBare = request.state === 'pending' && request.votes.length + unreached.length === 0;
  return foldedPlan(words, text, { beside, least: changes.length > 0 ? 2 : isBare ? 4 : 3 });
}

/** Whether it has ended, and nothing was started. */
function isOver(request: ApprovalRequest): boolean {
  return isClosed(request) && request.state !== 'started';
}

/** The offers of a card that need approval, and the format of the ticket (null: none). */
type Asking = { readonly offers: readonly ToApprove[]; readonly ticket: { readonly required: boolean } | null };

/** A card whose offers need approval: its buttons request it, and start nothing. */
export function withApprovalButtons(card: CardMessage, { offers, ticket }: Asking, { say }: Words): CardMessage {
  if (card.template !== 'sheet' && card.template !== 'notice') return card;
  const asked = (one: Button) => (one.verb === 'submit' ? offers.find(({ go }) => one.data['go'] === go) : undefined);
  const found = (card.data.buttons ?? []).flatMap((one) => asked(one) ?? []);
  if (found.length === 0) return card;
  const buttons = card.data.buttons?.map((one) =>
    asked(one) ? askingButton(one, { isOnly: found.length === 1, withTicket: ticket !== null }, { say }) : one,
  );
  const line = say('request.asks', { approvals: Math.max(...found.map(({ approvals }) => approvals)) });
  if (card.template === 'notice')
    return { ...card, data: { ...card.data, buttons, text: [...(card.data.text ?? []), line] } };
  const inputs = [...(card.data.inputs ?? []), ...(ticket ? [ticketInput(ticket, { say })] : [])];
  const told = [line, card.data.line].filter(Boolean).join(' ');
  return { ...card, data: { ...card.data, buttons, ...(inputs.length > 0 && { inputs }), line: told } };
}

function ticketInput({ required }: { readonly required: boolean }, { say }: Pick<Words, 'say'>) {
  const label = say(required ? 'request.ticket' : 'request.ticket-optional');
  return { kind: 'text', id: 'ticket', label, maxLength: 60 } as const;
}

type HowAsked = { readonly isOnly: boolean; readonly withTicket: boolean };

function askingButton(one: Button, { isOnly, withTicket }: HowAsked, { say }: Pick<Words, 'say'>): Button {
  const title = isOnly ? say('button.ask-approval') : say('button.ask-approval-to', { what: one.title });
  return {
    ...one,
    title,
    about: say('button.ask-approval-to', { what: one.title }),
    ...(withTicket && { withInputs: true }),
  };
}

/** Whether Azure refused what is approved, and another try would be under the same approval. */
function isRefused({ request, plan, objections }: RequestDrawing): boolean {
  return request.state === 'approved' && plan !== null && objections.length > 0;
}

/** How many differences are shown above the buttons; if there are more, all of them are in the details, too. */
const maxChangesAbove = 2;

/** What differs from the request that it replaces, for those who know that one. */
function changeBlocks({ words: { say }, changes }: RequestDrawing) {
  if (changes.length === 0) return { above: [], below: [] };
  const title = say('request.changes');
  const shown = changes.slice(0, maxChangesAbove);
  const { length: count } = changes;
  const isAll = shown.length === count;
  const heading = isAll ? title : say('request.changes-some', { shown: shown.length, count });
  const listed = (lines: readonly string[]) => lines.map((text): Block => ({ kind: 'text', text }));
  const above: Block[] = [{ kind: 'text', text: heading, tone: 'strong' }, ...listed(shown)];
  return { above, below: isAll ? [] : [{ title, body: listed(changes) }] };
}

/** Why the gate refused it at its start; or what Azure said, also if the approval has run out since. */
function refusalBlocks(drawing: RequestDrawing): Block[] {
  const { words, request, objections, refusal } = drawing;
  if (request.state === 'refused') return refusal === null ? [] : [{ kind: 'text', text: refusal, tone: 'strong' }];
  if (!isRefused(drawing) && request.state !== 'expired') return [];
  return objections.map((text) => ({
    kind: 'text',
    text: words.say('restore.azure-objects', { text }),
    tone: 'strong',
  }));
}

function markOf(request: ApprovalRequest, plan: Plan | null): SheetData['mark'] {
  const { state } = request;
  if (isForReview(request) || (plan === null && !isClosed(request))) return 'warn';
  if (state === 'pending' || isHeld(request)) return 'ask';
  return state === 'approved' ? 'busy' : state === 'started' ? 'ok' : 'stopped';
}

/** The state of a request, in one line. */
export function requestTitle(words: Words, request: ApprovalRequest, plan: Plan | null): string {
  if (isUnreadable(request, plan)) return words.say('request.unreadable');
  const vm = subjectOf(words, plan);
  if (request.state === 'pending') return words.say('request.pending', { vm, ...approvalsOf(request) });
  if (isHeld(request)) return words.say('request.held', { vm });
  const glass = glassTitle(words, request, vm);
  if (glass) return glass;
  const state = request.state === 'expired' && request.approvedAt ? 'unused' : request.state;
  const short = words.say(`request.${state}`, { vm });
  const who = request.votes.findLast(({ decision }) => decision === 'deny')?.name;
  if (who === undefined || (state !== 'denied' && state !== 'revoked')) return short;
  return firstFitting([words.say(`request.${state}-by`, { vm, who }), short]);
}

/** Whether it leads nowhere, because this release can't read what would be done. */
function isUnreadable(request: ApprovalRequest, plan: Plan | null): boolean {
  return plan === null && (!isClosed(request) || request.state === 'superseded');
}

function glassTitle({ say }: Words, { state, glass }: ApprovalRequest, vm: string): string | null {
  if (!glass || (state !== 'approved' && state !== 'started' && state !== 'refused')) return null;
  if (state === 'refused') return say('glass.refused', { vm });
  if (state === 'approved') return say('glass.starting', { vm });
  return glass.review ? say('glass.closed', { vm }) : say('glass.to-review', { vm });
}

function whyOf({ words, request, plan, requestedBy: who, quiet, dialog }: RequestDrawing): string {
  if (isUnreadable(request, plan))
    return words.say('request.why-unreadable', { who, open: isClosed(request) ? 'no' : 'yes' });
  if (request.state === 'started' && request.glass)
    return words.say('glass.why-started', { who, reviewed: request.glass.review ? 'yes' : 'no' });
  if (request.state === 'superseded') return words.say('request.why-superseded', { who });
  if (isClosed(request))
    return words.say('request.why-closed', { who, started: request.state === 'started' ? 'yes' : 'no' });
  if (request.state === 'approved') return words.say('request.why-approved', { who });
  const key = quiet ? 'request.why-quiet' : dialog ? 'request.why-own' : 'request.why';
  const [reason] = plan?.parts.flatMap((part) => ('reason' in part ? [part.reason] : [])) ?? [];
  return [words.say(key, { who }), ...(reason ? [words.say('plan.restore-reason', { reason })] : [])].join(' ');
}

function lineOf(drawing: RequestDrawing): string | undefined {
  const { words, request, plan, deciders, quiet } = drawing;
  if (isForReview(request)) return words.say('glass.line-review');
  if (request.state === 'refused') return words.say('request.line-refused', { who: drawing.requestedBy });
  if (isClosed(request) || plan === null) return undefined;
  const until = words.dateTime(endsAt(request));
  if (isRefused(drawing)) return words.say('request.line-objected', { until });
  if (request.state === 'approved')
    return words.say(isHeld(request) ? 'request.line-begin' : 'request.line-approved', { until });
  const asked = whoCan(words, deciders);
  const span = words.duration(request.terms.withinMs);
  return `${asked} ${words.say(quiet ? 'request.line-told' : 'request.line', { span, until })}`;
}

function decisions({ words, request }: RequestDrawing): NonNullable<SheetData['body']> {
  if (request.votes.length === 0 && !request.glass) return [];
  const steps = request.votes.map(({ name, decision, reason, at }) => ({
    state: decision === 'approve' ? ('done' as const) : ('failed' as const),
    text: words.say(`request.vote-${request.state === 'revoked' && decision === 'deny' ? 'revoke' : decision}`, {
      name,
      at: words.dateTime(at),
    }),
    ...(reason !== null && { note: reason }),
  }));
  return [{ kind: 'steps', steps: [...steps, ...glassSteps(words, request)] }];
}

/** Who has to be told otherwise that they are asked. */
function unreachedBlocks({ words, request, unreached }: RequestDrawing): Block[] {
  if (request.state !== 'pending') return [];
  return (['never-wrote', 'refused'] as const).flatMap((because) => {
    const who = unreached.filter(({ is, quiet }) => is === because && !quiet).map(({ name }) => name);
    const text = words.say('request.unreached', { who: words.names(who), because });
    return who.length > 0 ? [{ kind: 'text', text } as const] : [];
  });
}

function ticketBlock({ words, ticket }: RequestDrawing): NonNullable<SheetData['body']> {
  return ticket === null ? [] : [{ kind: 'facts', facts: [{ title: words.say('request.ticket'), value: ticket }] }];
}

function inputsOf(words: Words, request: ApprovalRequest): NonNullable<SheetData['inputs']> {
  if (isForReview(request)) return [{ kind: 'text', id: 'note', label: words.say('glass.note-label'), maxLength: 300 }];
  return isClosed(request) ? [] : [reasonInput(words)];
}

function reasonInput({ say }: Words) {
  const label = say('request.reason');
  return { kind: 'text', id: 'reason', label, maxLength: 300, placeholder: say('request.reason-for') } as const;
}

function buttonsOf(drawing: RequestDrawing): Button[] {
  const { words, request, plan, dialog, breakGlass } = drawing;
  const { say } = words;
  const { id, digest } = request;
  const data = { request: id, digest };
  if (isForReview(request))
    return [{ title: say('glass.review'), verb: 'review', data, style: 'positive', withInputs: true }];
  if (isClosed(request)) {
    if (!dialog || request.state === 'started') return [];
    return [
      {
        title: say('button.ask-anew'),
        verb: 'reopen',
        data: { dialog: dialog.id, revision: dialog.revision },
        withInputs: false,
        style: 'positive',
      },
    ];
  }
  const approve: Button = { title: say('button.approve'), verb: 'approve', data, style: 'positive', withInputs: false };
  const deny: Button = { title: say('button.deny'), verb: 'deny', data, style: 'destructive', withInputs: true };
  const withdraw: Button = { title: say('button.withdraw'), verb: 'withdraw', data, withInputs: false };
  const toBegin = say(isRefused(drawing) ? 'button.try-again' : 'button.begin');
  const begin: Button = { title: toBegin, verb: 'begin', data, style: 'positive', withInputs: false };
  const isOffered = breakGlass && request.state === 'pending' && plan !== null && namesToType(plan) !== null;
  const glass: Button = { title: say('button.break-glass'), verb: 'open-break-glass', data, withInputs: false };
  return [
    ...(request.state === 'pending' && plan ? [approve] : []),
    ...((isHeld(request) || isRefused(drawing)) && dialog && plan ? [begin] : []),
    deny,
    ...(dialog ? [withdraw] : []),
    ...(isOffered ? [glass] : []),
  ];
}
