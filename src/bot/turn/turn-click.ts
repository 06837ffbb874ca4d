import { z } from 'zod';
import { digestOf } from '../../core/digest.ts';
import { maxCommand } from '../../core/one-command.ts';
import { isRefusal, refuse, type Refusal, type RefusalCode } from '../../core/refusal.ts';
import { isLive, type DialogEvent } from '../../dialog/advance.ts';
import { reopened } from '../../dialog/reopen.ts';
import { positionIn } from '../../dialog/state.ts';
import { insertDialog } from '../../store/dialogs.ts';
import { stableUuid } from '../../core/stable-uuid.ts';
import { asksToCancel } from '../../operations/plan-rights.ts';
import { readOperation } from '../../operations/stored-operation.ts';
import { withTags } from '../../operations/dialogs/tags-now.ts';
import { dialogKindOf } from '../dialog-kinds.ts';
import { loadDialog, type LiveDialog } from '../stored-dialog.ts';
import { messageById } from '../../store/messages.ts';
import { askCancel, operationById } from '../../store/operations.ts';
import { words } from '../../message/words.ts';
import { cardOf, withAsker } from '../dialog/dialog-card.ts';
import { moveDialog } from '../dialog/dialog-turn.ts';
import { atTicket, givenIn } from '../approval/request-fields.ts';
import { toldBy } from '../alerts/told-by-alert.ts';
import { clickOnAlert } from '../alerts/handle-alert.ts';
import { clickOnCause } from '../causes/turn-causes.ts';
import { clickOnRequest } from '../decisions/click-request.ts';
import { renderContextOf } from '../render-context.ts';
import { renderMessage } from '../render-message.ts';
import { gateNow, refusalOf, viewRefusal } from '../rights/gate.ts';
import { withPermissionHint } from '../rights/permission-hint.ts';
import type { Ask } from '../../people/rights.ts';
import { makersOf } from '../rights/dialog-actors.ts';
import { startersOf } from '../rights/job-starter.ts';
import { record } from '../record.ts';
import { pointerCard } from './notices.ts';
import { refusalText } from '../refusal-text.ts';
import { operationCardNow } from '../operation/operation-now.ts';
import type { Answer, OutgoingMessage, InboundEvent } from '../port.ts';
import { backIn } from './back-in.ts';
import { updateIfChanged } from '../update-if-changed.ts';
import type { Turn } from '../turn-context.ts';
import { cleanUp, goOn } from './turn-resume.ts';
import { chooseAgain, commandIn, openDialog } from './turn-text.ts';
import { ownOf } from '../../core/own-of.ts';

/** What a click claims. Everything in it is checked again: IDs, revision, inputs and permission. */
const claim = z.object({
  dialog: z.uuid().optional(),
  operation: z.uuid().optional(),
  revision: z.number().int().min(0).optional(),
  step: z.string().max(40).optional(),
  command: z.string().max(maxCommand).optional(),
  request: z.uuid().optional(),
  digest: z.string().max(64).optional(),
  inList: z.literal(true).optional(),
  alert: z.uuid().optional(),
  picked: z.literal(true).optional(),
  error: z.string().max(40).optional(),
});
const fields = z.record(z.string().max(40), z.string().max(2000));

type Click = Extract<InboundEvent, { kind: 'click' }>;

/** A click on a card: it moves its dialog, asks something of its operation, or types a command for the person. */
export async function turnClick(turn: Turn, click: Click): Promise<Answer | Refusal> {
  const claimed = claim.safeParse(click.data);
  if (!claimed.success) return refuse('unreadable-click');
  const { dialog, operation, command, request, digest, alert, inList = false, picked, error } = claimed.data;
  if (click.verb === 'command' && command)
    return commandIn(await toldBy(turn, click, alert), click, { command, picked });
  if (request && digest !== undefined) return clickOnRequest(turn, { click, id: request, digest, inList });
  if (alert) return clickOnAlert(turn, click, alert);
  if (error) return clickOnCause(turn, click, error);
  // What starts something is checked by the gate as well, when it moves the dialog.
  const barred = viewRefusal(turn.rights);
  if (barred) return barred;
  if (click.verb === 'choose-again' && operation && command) return chooseAgain(turn, click, { operation, command });
  if (dialog) return clickOnDialog(turn, { click, id: dialog, claimed: claimed.data });
  if (operation) return clickOnOperation(turn, { click, id: operation });
  return refuse('unreadable-click');
}

/** Refusals after which the person who clicked has an outdated card: they are shown the current state. */
const shownWithCard: readonly RefusalCode[] = ['outdated-card', 'dialog-closed'];

type OnDialog = { readonly click: Click; readonly id: string; readonly claimed: z.infer<typeof claim> };

async function clickOnDialog(turn: Turn, { click, id, claimed }: OnDialog): Promise<Answer | Refusal> {
  const { deps, unit, inbound } = turn;
  const dialog = await loadDialog(unit.q, id);
  if (!dialog || dialog.conversationId !== inbound.conversation.id) return refuse('unknown-dialog');
  if (await isOrphan(turn, dialog.messageId, click)) return showPointer(turn, dialog);
  if (click.verb === 'show') return showDialog(turn, dialog, null);
  if (click.verb === 'reopen') return reopenDialog(turn, dialog);
  const event = eventOf(click, claimed, dialog);
  if (isRefusal(event)) return event;
  const wrong = click.inForm ? wrongIn(turn, dialog, event) : null;
  if (wrong) return wrong;
  const beside = await openBeside(turn, dialog, event);
  if (beside) return beside;
  const given = event.kind === 'submit' ? givenIn(deps, click, dialog) : {};
  if (isRefusal(given)) return atTicket(turn, click, given);
  const moved = await moveDialog(deps, unit, { dialog, event, actor: inbound.person, rights: turn.rights, given });
  if (!isRefusal(moved)) return { show: 'card', drawn: moved.drawn, ...noteOf(turn, moved.because ?? null) };
  if (!shownWithCard.includes(moved.refused)) return moved;
  return showDialog(turn, dialog, isRepeated(event, dialog) ? null : moved);
}

/** Whether it is the last answer once more, as by a double click: that was done, so nothing is out of date. */
function isRepeated(event: DialogEvent, { state }: LiveDialog): boolean {
  const last = state.trail.at(-1);
  if (event.kind !== 'submit' || last?.did !== 'answer') return false;
  const isSame = ([step, input]: [string, unknown]) => digestOf(ownOf(last.inputs, step) ?? null) === digestOf(input);
  return Object.entries(event.inputs).every(isSame); // what was chosen on the card may no longer be on it
}

/**
 * A dialog that these answers open next to this one, which stays as it is and gets its answer when that one ends. A
 * second press finds the open one.
 */
async function openBeside(turn: Turn, dialog: LiveDialog, event: DialogEvent): Promise<Answer | Refusal | null> {
  if (event.kind !== 'submit' || dialog.state.status !== 'open' || event.revision !== dialog.state.revision)
    return null;
  const kind = dialogKindOf(dialog.state.flow);
  const { known } = positionIn(kind.flow, dialog.state);
  const beside = kind.beside?.(event.inputs, known, dialog.id);
  if (!beside) return null;
  // If it only needs approval, that is requested on the card that opens.
  const barred = refusalOf(gateNow(turn.deps, turn.rights, beside.asks));
  if (barred) return barred;
  let id = stableUuid(`${dialog.id} beside`);
  for (let one = await loadDialog(turn.unit.q, id); one; one = await loadDialog(turn.unit.q, id)) {
    if (one.state.status === 'open' || one.state.status === 'checking') return showDialog(turn, dialog, null);
    id = stableUuid(`${id} next`);
  }
  await openDialog(turn, { flow: beside.flow, inputs: beside.inputs, id });
  return showDialog(turn, dialog, null);
}

/**
 * A dialog that ended without a plan continues on its card as a new dialog with the same answers. It has only one
 * successor, so a second press shows that one.
 */
async function reopenDialog(turn: Turn, closed: LiveDialog): Promise<Answer | Refusal> {
  const { deps, unit, inbound, context, rights } = turn;
  const { status, flow } = closed.state;
  if (status !== 'cancelled' && status !== 'expired') return showDialog(turn, closed, refuse('outdated-card'));
  const event = { kind: 'revived', shortened: false } as const;
  const id = stableUuid(`${closed.id} reopened`);
  const successor = await loadDialog(unit.q, id);
  if (successor) return showDialog(turn, successor, refuse('outdated-card'));
  const state = reopened(dialogKindOf(flow).flow, closed.state);
  const { locale, timeZone } = context;
  const dialog = {
    ...closed,
    id,
    state,
    openedBy: inbound.person,
    changedBy: makersOf(closed),
    actor: inbound.person,
    locale,
    timeZone,
    lookup: null,
  };
  await insertDialog(unit.q, dialog, deps.dialogHours);
  const moved = await moveDialog(deps, unit, { dialog, event, actor: inbound.person, rights });
  return isRefusal(moved) ? moved : { show: 'card', drawn: moved.drawn };
}

function eventOf(click: Click, claimed: z.infer<typeof claim>, dialog: LiveDialog): DialogEvent | Refusal {
  const { revision, step } = claimed;
  if (revision === undefined) return refuse('unreadable-click');
  switch (click.verb) {
    case 'submit':
      return submitOf(click, revision, dialog);
    case 'change':
      return step === undefined ? refuse('unreadable-click') : { kind: 'change', step, revision };
    case 'back':
      return backIn(dialog, { fields: answersIn(click, dialog) ?? {}, revision });
    case 'again':
    case 'cancel':
      return { kind: click.verb, revision };
    default:
      return refuse('unreadable-click');
  }
}

function submitOf(click: Click, revision: number, dialog: LiveDialog): DialogEvent | Refusal {
  const given = answersIn(click, dialog);
  if (!given) return refuse('unreadable-click');
  const kind = dialogKindOf(dialog.state.flow);
  const { known } = positionIn(kind.flow, dialog.state);
  return { kind: 'submit', inputs: kind.inputs?.(given, known) ?? given, revision };
}

/** Answers are in the button's own data and in the card's inputs; an empty input is no answer. Null: there are none. */
function answersIn(click: Click, dialog: LiveDialog): Readonly<Record<string, string>> | null {
  const kind = dialogKindOf(dialog.state.flow);
  const data = click.data as Readonly<Record<string, unknown>>;
  const given = kind.answers.flatMap((id): [string, unknown][] => {
    const value = ownOf(data, id) ?? ownOf(click.inputs, id);
    return value === undefined || value === '' ? [] : [[id, value]];
  });
  const parsed = fields.safeParse(Object.fromEntries(given));
  return parsed.success && given.length > 0 ? parsed.data : null;
}

/** Errors in a form that is still open: they are shown there and change nothing, so the form can be sent again. */
function wrongIn(turn: Turn, { state }: LiveDialog, event: DialogEvent): Answer | null {
  if (event.kind !== 'submit' || state.status !== 'open' || event.revision !== state.revision) return null;
  const kind = dialogKindOf(state.flow);
  const reader = words({ ...turn.context, locale: turn.inbound.reader.locale });
  const fields = kind.wrong?.(event.inputs, positionIn(kind.flow, state).known, reader) ?? {};
  const texts = Object.values(fields);
  return texts.length === 0 ? null : { show: 'text', text: texts.join(' '), code: null, fields };
}

type OnOperation = { readonly click: Click; readonly id: string };

async function clickOnOperation(turn: Turn, { click, id }: OnOperation): Promise<Answer | Refusal> {
  const { deps, unit, inbound } = turn;
  const follows = click.verb === 'go-on' || click.verb === 'clean-up';
  const operation = await operationById(unit.q, id, ...(follows ? (['toFollow'] as const) : []));
  if (!operation || operation.conversationId !== inbound.conversation.id) return refuse('unknown-dialog');
  if (click.verb === 'cancel-backup') {
    const live = readOperation(operation);
    const asks = live ? asksToCancel(withTags(live.plan, turn.tags), await startersOf(unit.q, live)) : [];
    const cancels = gateNow(deps, turn.rights, asks);
    if (cancels.gate === 'approvals') return askToCancel(turn, operation.id, asks);
    if (cancels.gate === 'refused') return cancels.refusal;
    // If no backup is running there is nothing to cancel, so no rule was checked either.
    if (asks.length === 0 || !(await askCancel(unit.q, id, inbound.person))) return refuse('job-not-running');
    const detail = { askedBy: inbound.person };
    await record(unit, { now: deps.clock.now(), what: 'cancel-asked', operation, detail });
    unit.wake({ to: 'advance', id });
  }
  const live = follows ? readOperation(operation) : null;
  if (live && click.verb === 'go-on') return goOn(turn, live);
  const refused = live && (await cleanUp(turn, live));
  if (refused) return refused;
  const drawn = await operationCardNow(deps, unit.q, id);
  if (!drawn) return refuse('unknown-dialog');
  // If everybody sees the same card it comes through the outbox, in order with the run's other states.
  await updateIfChanged(unit.q, operation.messageId, drawn);
  unit.wake({ to: 'deliver', id: operation.conversationId });
  return { show: 'card', drawn };
}

/** A cancel that needs others' approval gets a separate card; a second press finds that one while it is open. */
async function askToCancel(turn: Turn, operationId: string, asks: readonly Ask[]): Promise<Answer> {
  const [ask, ...others] = asks;
  const { vm, resourceGroup } = ask?.target ?? {};
  const args = vm && others.length === 0 ? [resourceGroup ? `${resourceGroup}/${vm}` : vm] : [];
  let id = stableUuid(`${operationId} cancel`);
  for (let one = await loadDialog(turn.unit.q, id); one; one = await loadDialog(turn.unit.q, id)) {
    if (isLive(one.state)) return showDialog(turn, one, null);
    id = stableUuid(`${id} next`);
  }
  return openDialog(turn, { flow: 'cancel', inputs: { args }, id });
}

/**
 * The current state of a dialog, or of the operation that it started, for an outdated card: the person who clicked sees
 * it immediately, with the reason why the click did nothing.
 */
async function showDialog(turn: Turn, dialog: LiveDialog, because: Refusal | null): Promise<Answer> {
  const message = await messageById(turn.unit.q, dialog.messageId);
  const isOpen = dialog.state.status === 'open';
  const note = noteOf(turn, because);
  if (message && !isOpen) return { show: 'card', drawn: message.desired as OutgoingMessage, ...note };
  const context = renderContextOf(turn.deps, dialog);
  const { rights } = turn;
  const card = cardOf(turn.deps, dialog, { because, trouble: null, rights });
  const shown = dialog.isPersonal ? withPermissionHint(card, dialog, { rights, context }) : card;
  const drawn = renderMessage(withAsker(shown, dialog, words(context)), context);
  return { show: 'card', drawn, ...note };
}

/** The reason alone, for people who can't be shown a private card. */
function noteOf(turn: Turn, because: Refusal | null): { note?: string } {
  if (!because) return {};
  const { title, text } = refusalText(words({ ...turn.context, locale: turn.inbound.reader.locale }), because);
  return { note: [title, ...text].join(' ') };
}

/**
 * A card that was posted twice in a crash: the second one lives, and the first click on the other turns it into a
 * pointer.
 */
async function isOrphan(turn: Turn, messageId: string, click: Click): Promise<boolean> {
  if (click.messageId === null) return false;
  const message = await messageById(turn.unit.q, messageId);
  return message !== null && message.platformId !== null && message.platformId !== click.messageId;
}

function showPointer(turn: Turn, dialog: LiveDialog): Answer {
  const { say } = words(turn.context);
  const note = `${say('pointer.title')}. ${say('pointer.text')}`;
  return { show: 'card', drawn: renderMessage(pointerCard(turn.context), renderContextOf(turn.deps, dialog)), note };
}
