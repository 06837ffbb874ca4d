/**
 * The card of a request for approval: what would happen and who asks, who has decided so far, and the time left. Pure.
 */
import { type ApprovalRequest, approvalsOf, endsAt, isClosed, isForReview, isHeld } from '../../approval/request.ts';
import type { Block, Button, CardMessage, SheetData } from '../../message/card-data.ts';
import { firstFitting } from '../../message/verdict-texts.ts';
import type { Words } from '../../message/words.ts';
import type { PlanText } from '../dialogs/dialog-kind.ts';
import type { Plan } from '../parts/plan.ts';
import { glassSteps, leftText, namesToType, type GlassLeft } from './break-glass-card.ts';
import { subjectOf, whoCan, type EntryOfApprovers } from '../wording/plan-subject.ts';
import { askedTitle } from './request/asked.ts';
import { destroys, effectBlocks, planSections } from '../dialogs/effect-blocks.ts';

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
  /** Why they ask; null: they didn't say. */
  readonly reason: string | null;
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
  /** Nobody was asked, in person or in a channel: whoever asks has to tell an approver. */
  readonly untold: boolean;
  /** The reader is notified but not asked to decide. */
  readonly quiet: boolean;
  /** The one person who reads it, who gets no button that would be refused; null: others do, too. */
  readonly reader: {
    readonly isAsker: boolean;
    readonly mayApprove: boolean;
    readonly mayDeny: boolean;
    readonly mayReview: boolean;
  } | null;
  /** How often the glass can still be broken; null: nobody among its readers can start it that way. */
  readonly breakGlass: GlassLeft | null;
  readonly dialog: { readonly id: string; readonly revision: number } | null;
  readonly now: Date;
};

/** Renders it: with the decision buttons while it is open, with who decided afterwards. */
export function requestCard(drawing: RequestDrawing): CardMessage {
  const { words, request, plan, quiet } = drawing;
  const text = plan && drawing.planText(plan);
  const changes = changeBlocks(drawing);
  const { above, below } = planBlocks(drawing, text);
  const data: SheetData = {
    mark: isRefused(drawing) ? 'block' : markOf(drawing, text),
    title: isRefused(drawing)
      ? words.say('request.objected', { vm: subjectOf(words, plan) })
      : requestTitle(words, request, { plan, who: drawing.requestedBy }),
    why: stateOf(drawing),
    body: [
      ...refusalBlocks(drawing),
      ...changes.above,
      ...above,
      ...factsBlock(drawing),
      ...decisions(drawing),
      ...unreachedBlocks(drawing),
    ],
    inputs: quiet ? [] : inputsOf(drawing),
    buttons: quiet ? [] : buttonsOf(drawing),
    line: lineOf(drawing),
    details: [...changes.below, ...below, ...planSections(words, text, request.digest)],
  };
  return { template: 'sheet', data };
}

/** What it brings about: next to the buttons while somebody decides about it, and then in the details. */
function planBlocks({ words: { say }, request }: RequestDrawing, text: PlanText | null) {
  if (!text) return { above: [], below: [] };
  const effects = effectBlocks(text);
  if (request.state === 'pending' || isForReview(request)) return { above: effects, below: [] };
  return { above: [], below: [{ title: say('request.effects'), body: effects }] };
}

/** Whether Azure refused what is approved, and another try would be under the same approval. */
function isRefused({ request, plan, objections }: RequestDrawing): boolean {
  return request.state === 'approved' && plan !== null && objections.length > 0;
}

/** That it differs from the request that it replaces, for those who know that one; how is in the details. */
function changeBlocks({ words: { say }, changes }: RequestDrawing) {
  if (changes.length === 0) return { above: [], below: [] };
  const text = say('request.changes-count', { count: changes.length });
  const above: Block[] = [{ kind: 'text', text, tone: 'strong' }];
  const body = changes.map((line): Block => ({ kind: 'text', text: line }));
  return { above, below: [{ title: say('request.changes'), body }] };
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

function markOf({ request, plan }: RequestDrawing, text: PlanText | null): SheetData['mark'] {
  const { state } = request;
  if (state === 'pending' && destroys(text)) return 'warn';
  if (isForReview(request) || (plan === null && !isClosed(request))) return 'warn';
  if (state === 'pending' || isHeld(request)) return 'ask';
  return state === 'approved' ? 'busy' : state === 'started' ? 'ok' : 'stopped';
}

/** What a title names besides the state: the plan (null: this release can't read it), and who asks. */
type Asked = { readonly plan: Plan | null; readonly who: string };

/** The state of a request, in one line: while it waits, who asks for what. */
export function requestTitle(words: Words, request: ApprovalRequest, { plan, who: by }: Asked): string {
  if (isUnreadable(request, plan)) return words.say('request.unreadable');
  const vm = subjectOf(words, plan);
  if (request.state === 'pending')
    return plan ? askedTitle(words, { who: by, plan }) : words.say('asks.plan', { who: by });
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

function stateOf({ words, request, plan, requestedBy: who, quiet }: RequestDrawing): string | undefined {
  if (isUnreadable(request, plan))
    return words.say('request.why-unreadable', { who, open: isClosed(request) ? 'no' : 'yes' });
  if (request.state === 'started' && request.glass)
    return words.say('glass.why-started', { who, reviewed: request.glass.review ? 'yes' : 'no' });
  if (request.state === 'superseded') return words.say('request.why-superseded', { who });
  if (isClosed(request))
    return words.say('request.why-closed', { who, started: request.state === 'started' ? 'yes' : 'no' });
  if (request.state === 'approved') return words.say('request.why-approved', { who });
  return quiet ? words.say('request.why-quiet') : undefined;
}

function lineOf(drawing: RequestDrawing): string | undefined {
  const { words, request, plan, deciders, quiet } = drawing;
  if (isForReview(request)) return words.say('glass.line-review');
  if (request.state === 'refused') return words.say('request.line-refused', { who: drawing.requestedBy });
  if (isClosed(request) || plan === null) return undefined;
  const until = words.dated(endsAt(request), drawing.now);
  if (isRefused(drawing)) return words.say('request.line-objected', { until });
  if (request.state === 'approved')
    return words.say(isHeld(request) ? 'request.line-begin' : 'request.line-approved', { until });
  const asked = whoCan(words, deciders);
  return [
    words.say('request.why'),
    asked,
    ...(quiet || drawing.reader?.isAsker ? [] : [words.say('request.line')]),
    ...(breakable(drawing)?.left === 0 && !quiet ? [`${leftText(words, drawing.breakGlass as GlassLeft)}.`] : []),
  ].join(' ');
}

/** How often the glass can still be broken for it; null: it can't be started that way. */
function breakable({ breakGlass, request, plan }: RequestDrawing): GlassLeft | null {
  return request.state === 'pending' && plan !== null && namesToType(plan) !== null ? breakGlass : null;
}

function decisions({ words, request, now }: RequestDrawing): NonNullable<SheetData['body']> {
  if (request.votes.length === 0 && !request.glass) return [];
  const steps = request.votes.map(({ name, decision, reason, at }) => ({
    state: decision === 'approve' ? ('done' as const) : ('failed' as const),
    text: words.say(`request.vote-${request.state === 'revoked' && decision === 'deny' ? 'revoke' : decision}`, {
      name,
      at: momentOf(words, request, { at, now }),
    }),
    ...(reason !== null && { note: reason }),
  }));
  return [{ kind: 'steps', steps: [...steps, ...glassSteps(words, request, now)] }];
}

/** A time in the life of a request: without its day, if it can only be within a day of now. */
function momentOf(words: Words, { state, terms }: ApprovalRequest, { at, now }: { at: Date; now: Date }): string {
  return state === 'pending' && terms.withinMs < 24 * 3_600_000 ? words.time(at) : words.dated(at, now);
}

/** Who has to be told otherwise that they are asked. */
function unreachedBlocks({ words, request, plan, unreached, untold, deciders, now }: RequestDrawing): Block[] {
  if (request.state !== 'pending') return [];
  const one = plan?.vms.length === 1 ? plan.vms[0]?.name : undefined;
  const command = `backup approvals ${one ?? request.id.slice(0, 8)}`;
  const [nobody] = deciders.flatMap((entry) => entry.nobody ?? []);
  if (untold && !nobody) return [{ kind: 'text', text: words.say('request.told-nobody', { command }), tone: 'strong' }];
  const unasked = (['never-wrote', 'refused'] as const).flatMap((because) => {
    const who = unreached.filter(({ is, quiet }) => is === because && !quiet).map(({ name }) => name);
    const text = words.say('request.unreached', { who: words.names(who), because });
    return who.length > 0 ? [{ kind: 'text', text } as const] : [];
  });
  return nobody ? [{ kind: 'text', text: untilSomebody(words, nobody, now), tone: 'strong' }, ...unasked] : unasked;
}

/** What can be done, or from when on somebody else can. */
function untilSomebody(words: Words, { later }: NonNullable<EntryOfApprovers['nobody']>, now: Date): string {
  if (later) return words.say('request.until-others', { at: words.dated(later, now) });
  return words.say('request.until-named');
}

/** Why it is asked for, the ticket, and until when it can be decided, and how many have. */
function factsBlock({ words, request, plan, reason, ticket, requestedBy: who, now }: RequestDrawing): Block[] {
  const { say } = words;
  const isPending = request.state === 'pending';
  const isNamed = !isPending || requestTitle(words, request, { plan, who }).includes(who);
  const until = momentOf(words, request, { at: endsAt(request), now });
  const stands = say('request.stands', { ...approvalsOf(request), until });
  const facts = [
    ...(isNamed ? [] : [{ title: say('request.asked-by'), value: who }]),
    ...(reason !== null ? [{ title: say('request.why-fact'), value: reason }] : []),
    ...(ticket === null ? [] : [{ title: say('request.ticket'), value: ticket }]),
    ...(isPending ? [{ title: say('request.approvals'), value: stands }] : []),
  ];
  return facts.length > 0 ? [{ kind: 'facts', facts }] : [];
}

function inputsOf({ words, request, reader }: RequestDrawing): NonNullable<SheetData['inputs']> {
  if (isForReview(request) ? reader?.mayReview === false : reader?.mayDeny === false) return [];
  if (isForReview(request)) return [{ kind: 'text', id: 'note', label: words.say('glass.note-label'), maxLength: 300 }];
  return isClosed(request) ? [] : [reasonInput(words)];
}

function reasonInput({ say }: Words) {
  const label = say('request.reason');
  return { kind: 'text', id: 'reason', label, maxLength: 300, placeholder: say('request.reason-for') } as const;
}

function buttonsOf(drawing: RequestDrawing): Button[] {
  const { words, request, plan, dialog, reader } = drawing;
  const { say } = words;
  const { id, digest } = request;
  const data = { request: id, digest };
  if (isForReview(request) && reader?.mayReview === false) return [];
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
  const glass: Button = { title: say('button.break-glass'), verb: 'open-break-glass', data, withInputs: false };
  return [
    ...(request.state === 'pending' && plan && reader?.mayApprove !== false ? [approve] : []),
    ...((isHeld(request) || isRefused(drawing)) && dialog && plan ? [begin] : []),
    ...(reader?.mayDeny === false ? [] : [deny]),
    ...(dialog || reader?.isAsker ? [withdraw] : []),
    ...((breakable(drawing)?.left ?? 0) > 0 ? [glass] : []),
  ];
}
