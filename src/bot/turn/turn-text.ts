import { begin, type DialogEvent } from '../../dialog/advance.ts';
import { reopened } from '../../dialog/reopen.ts';
import { positionIn } from '../../dialog/state.ts';
import type { Person } from '../../core/person.ts';
import { isRefusal, refuse, type Refusal } from '../../core/refusal.ts';
import type { CardMessage } from '../../message/card-data.ts';
import { dialogKindOf } from '../dialog-kinds.ts';
import type { StoredDialog } from '../../store/dialogs.ts';
import { loadDialogThatStarted, loadNewestDialog, type LiveDialog } from '../stored-dialog.ts';
import { operationById } from '../../store/operations.ts';
import { alsoAnswer, enqueueMessage } from '../../store/messages.ts';
import type { Inputs } from '../../operations/dialogs/dialog-kind.ts';
import { backIn } from './back-in.ts';
import { causesCard } from '../causes/turn-causes.ts';
import { isGreeting, parseCommand, type Command } from '../commands/parse-command.ts';
import { inventoryNamed } from '../../store/inventory.ts';
import { plainWords } from '../commands/plain-words.ts';
import { moveDialog } from '../dialog/dialog-turn.ts';
import { makersOf } from '../rights/dialog-actors.ts';
import { viewRefusal } from '../rights/gate.ts';
import { forReader, whyNotOpened } from '../rights/may-open.ts';
import { renderMessage, endBy, messageAbout } from '../render-message.ts';
import { offering, signInOffer } from '../rights/sign-in-offer.ts';
import { unlinkMember } from '../rights/unlink-member.ts';
import {
  askerUnlinked,
  commandNotice,
  helpCard,
  inviteCard,
  nothingOpenCard,
  notLinkedYet,
  refusalCard,
  withOffer,
} from './notices.ts';
import { words } from '../../message/words.ts';
import { openThread } from './open-thread.ts';
import { watchCard } from './turn-watch.ts';
import { requestList, showOneRequest } from './turn-requests.ts';
import type { Answer, InboundEvent, OutgoingMessage } from '../port.ts';
import { newDialog, type Turn } from '../turn-context.ts';

const nothing: Answer = { show: 'nothing' };

/** A typed message: a command, or the answer to the question on screen. */
export async function turnText(turn: Turn, event: { text: string; private: boolean }): Promise<Answer> {
  const barred = viewRefusal(turn.rights);
  if (barred) return sayRefusal(turn, barred, 'person');
  const command = await vmsFirst(turn, parseCommand(event.text));
  const refused = turn.rights && whyNotOpened(command, turn.rights);
  if (refused) return sayRefusal(turn, refused, 'person');
  if (turn.inbound.conversation.opensThread) return outsideThread(turn, command, event.text);
  if (turn.inbound.conversation.onlyShows && startsSomething(command)) return say(turn, inviteCard(turn));
  return answerTo(turn, command);
}

/** A button types a command; `picked`: for the VM that was picked next to it. */
export async function commandIn(
  turn: Turn,
  { inputs }: Click,
  { command, picked }: { readonly command: string; readonly picked: true | undefined },
): Promise<Answer> {
  const vm = typeof inputs['vm'] === 'string' ? inputs['vm'].slice(0, 300) : '';
  if (picked && vm === '') return { show: 'text', text: words(turn.context).say('home.pick-first'), code: null };
  return turnText(turn, { text: picked ? `${command} ${vm}` : command, private: false });
}

async function answerTo(turn: Turn, command: Command): Promise<Answer> {
  switch (command.kind) {
    case 'backup': {
      const { kind: _, ...asked } = command;
      return openDialog(turn, { flow: 'backup', inputs: { asked } });
    }
    case 'open':
      return openDialog(turn, { flow: command.flow, inputs: { args: command.args } });
    case 'several':
      return openDialog(turn, {
        flow: 'backup-many',
        inputs: { asked: { names: command.names, keepDays: command.keepDays } },
      });
    case 'help':
      return say(turn, helpCard(turn, command.about));
    case 'word':
      return dialogWord(turn, command.word);
    case 'other':
      return answerOrHelp(turn, command.text);
    case 'requests':
      return answerRequests(turn, command);
    case 'watch':
      return sayEither(turn, await watchCard(turn, command), 'all');
    case 'causes':
      return answerCauses(turn, command.about);
    case 'unlink':
      return sayEither(turn, await unlinkMember(turn, command.member));
    default:
      return say(turn, await commandNotice(turn, command));
  }
}

/** Whether a command leads to more than a view: its card would be useless where buttons don't work. */
function startsSomething(command: Command): boolean {
  if (command.kind === 'causes') return command.about !== null;
  if (command.kind === 'watch') return true;
  if (command.kind === 'open') return dialogKindOf(command.flow).plan !== undefined;
  return command.kind === 'backup' && command.wish !== 'look';
}

/** A VM's name may be a word with another meaning. If the inventory has such a VM, the name is meant. */
async function vmsFirst(turn: Turn, command: Command): Promise<Command> {
  if (command.kind !== 'mistyped' && command.kind !== 'lists') return command;
  const { names, keepDays } = command;
  const [first = ''] = names;
  if ((await inventoryNamed(turn.unit.q, 'vm', first)).length === 0) return command;
  return names.length > 1
    ? { kind: 'several', names, keepDays }
    : { kind: 'backup', text: first, wish: 'look', keepDays };
}

/**
 * If a command is given outside any thread, one that leads to a dialog opens a thread, and so does one that needs the
 * bot to be able to write in the channel; the others are answered privately.
 */
async function outsideThread(turn: Turn, command: Command, text: string): Promise<Answer> {
  switch (command.kind) {
    case 'backup':
    case 'open':
    case 'several':
    case 'watch':
      return openThread(turn, text);
    case 'help':
      return say(turn, helpCard(turn, command.about), 'person');
    case 'requests':
      return command.one === null ? answerRequests(turn, command) : openThread(turn, text);
    case 'word':
      return say(turn, nothingOpenCard(turn), 'person');
    case 'causes':
      return command.about === null ? answerCauses(turn, null) : openThread(turn, text);
    case 'unlink':
      return answerTo(turn, command);
    default:
      return say(turn, await commandNotice(turn, command), 'person');
  }
}

/** The list is private; the form is public, so that everybody sees what is written. */
async function answerCauses(turn: Turn, about: string | null): Promise<Answer> {
  return sayEither(turn, await causesCard(turn, about), about === null ? 'person' : 'all');
}

/** A refusal is for the person alone. */
function sayEither(turn: Turn, card: CardMessage | Refusal, to: 'all' | 'person' = 'person'): Promise<Answer> {
  return isRefusal(card) ? sayRefusal(turn, card, 'person') : say(turn, card, to);
}

/** A list is private; the card of one request is for everybody there who can decide. */
async function answerRequests(turn: Turn, wanted: Extract<Command, { kind: 'requests' }>): Promise<Answer> {
  const { rights } = turn;
  if (!rights) return sayRefusal(turn, refuse('not-trusted-now', { what: 'identity' }), 'person');
  const isShown = wanted.one !== null && (await showOneRequest(turn, rights, wanted)) !== null;
  return isShown ? nothing : say(turn, await requestList(turn, rights, wanted.list), 'person');
}

/** Posts a new card into the conversation; if it concerns only one person, only to them. */
export async function say(turn: Turn, card: CardMessage, to: 'all' | 'person' = 'all'): Promise<Answer> {
  const isAlone = to === 'person' || turn.inbound.conversation.kind === 'personal';
  const shown = isAlone && turn.rights ? forReader(card, turn.rights) : card;
  return sayMessage(turn, { ...renderMessage(shown, turn.context), ends: endBy(card.data.mark) }, to);
}

async function sayMessage(turn: Turn, drawn: OutgoingMessage, to: 'all' | 'person'): Promise<Answer> {
  const { unit, inbound, deps } = turn;
  const privateTo = to === 'person' && inbound.conversation.kind !== 'personal' ? inbound.person.platformId : null;
  const { asked, conversation, aside } = inbound;
  const pressed = inbound.event.kind === 'click' ? inbound.event.messageId : null;
  const alone = { ...drawn, ...(aside && { aside }), ...(pressed !== null && { pressed }) };
  const desired = privateTo === null ? drawn : alone;
  await enqueueMessage(unit.q, { id: deps.newId(), conversationId: conversation.id, privateTo, asked, desired });
  unit.wake({ to: 'deliver', id: inbound.conversation.id });
  return nothing;
}

/** A refusal without a card to answer on. How somebody gets linked is for them alone. */
export async function sayRefusal(turn: Turn, refusal: Refusal, to: 'all' | 'person' = 'all'): Promise<Answer> {
  if (refusal.refused !== 'not-linked') return say(turn, refusalCard(turn, refusal), to);
  const { asked, conversation } = turn.inbound;
  // People who read the question there see that it had no result, and no more than that.
  if (asked !== undefined && conversation.kind !== 'personal') await say(turn, askerUnlinked(turn));
  return sayOffer(turn, refusalCard(turn, refusal));
}

/** A notice with how its reader gets linked, for them alone. */
async function sayOffer(turn: Turn, notice: CardMessage): Promise<Answer> {
  const card = withOffer(notice, signInOffer(turn.deps, turn.inbound));
  return sayMessage(turn, offering(renderMessage(card, turn.context), turn.inbound), 'person');
}

/** `id`: for callers that must not open a second one when repeated. `changedBy`: others who made what it is about. */
type Opened = {
  readonly flow: string;
  readonly inputs: Inputs;
  readonly id?: string;
  readonly changedBy?: readonly Person[];
};

/** Opens a dialog with its own card. */
export async function openDialog(turn: Turn, opened: Opened): Promise<Answer> {
  const { flow: flowName, inputs, ...more } = opened;
  const dialog = { ...newDialog(turn, begin(flowName)), ...more };
  return showOpened(turn, dialog, { kind: 'submit', inputs, revision: 'typed' });
}

/** A failed choice is made again, on a new card that is filled in; if its dialog is gone, its command is typed. */
export async function chooseAgain(turn: Turn, click: Click, again: ChosenAgain): Promise<Answer | Refusal> {
  const { unit, inbound } = turn;
  const operation = await operationById(unit.q, again.operation);
  if (!operation || operation.conversationId !== inbound.conversation.id) return refuse('unknown-dialog');
  const ended = await loadDialogThatStarted(unit.q, operation.messageId);
  if (!ended) return commandIn(turn, click, { command: again.command, picked: undefined });
  const state = reopened(dialogKindOf(ended.state.flow).flow, ended.state);
  const dialog = { ...newDialog(turn, state), changedBy: makersOf(ended) };
  return showOpened(turn, dialog, { kind: 'revived', shortened: false });
}

type Click = Extract<InboundEvent, { kind: 'click' }>;
type ChosenAgain = { readonly operation: string; readonly command: string };

async function showOpened(turn: Turn, dialog: StoredDialog, event: DialogEvent): Promise<Answer> {
  const { person } = turn.inbound;
  const moved = await moveDialog(turn.deps, turn.unit, {
    dialog,
    event,
    actor: person,
    rights: turn.rights,
    isNew: true,
    asked: turn.inbound.asked,
  });
  if (isRefusal(moved)) return sayRefusal(turn, moved);
  // Starting anything from the card requires being linked, and how to get linked is said privately.
  return person.unlinked && dialogKindOf(dialog.state.flow).plan ? sayOffer(turn, notLinkedYet(turn)) : nothing;
}

async function dialogWord(turn: Turn, word: 'back' | 'cancel' | 'again'): Promise<Answer> {
  const dialog = await loadNewestDialog(turn.unit.q, turn.inbound.conversation.id);
  if (!dialog) return say(turn, nothingOpenCard(turn));
  const back = { fields: {}, revision: 'typed' } as const;
  const event: DialogEvent = word === 'back' ? backIn(dialog, back) : { kind: word, revision: 'typed' };
  return moveByText(turn, dialog, { event, word });
}

/**
 * Text that isn't a command answers the newest open question, if that takes text; otherwise the answer says what helps.
 */
async function answerOrHelp(turn: Turn, text: string): Promise<Answer> {
  const dialog = await loadNewestDialog(turn.unit.q, turn.inbound.conversation.id);
  const inputs = dialog ? typedInputs(dialog, text) : null;
  if (!dialog || !inputs) return outsideDialog(turn, text);
  return moveByText(turn, dialog, { event: { kind: 'submit', inputs, revision: 'typed' }, word: 'answer' });
}

/** A VM's name alone asks about it; a greeting gets the help; otherwise the answer says what was probably meant. */
async function outsideDialog(turn: Turn, text: string): Promise<Answer> {
  if (isGreeting(text)) return say(turn, helpCard(turn));
  const [word, ...others] = plainWords(text);
  const isAlone = word !== undefined && others.length === 0;
  if (isAlone && (await inventoryNamed(turn.unit.q, 'vm', word)).length > 0)
    return openDialog(turn, { flow: 'backup', inputs: { asked: { text: word, wish: 'look', keepDays: null } } });
  return say(turn, await commandNotice(turn, { kind: 'other', text }));
}

type Typed = { readonly event: DialogEvent; readonly word: 'back' | 'cancel' | 'again' | 'answer' };

/** The card may be far above: the effect of the word is reported where it was typed, with a link to the card. */
async function moveByText(turn: Turn, dialog: LiveDialog, { event, word }: Typed): Promise<Answer> {
  const { deps, unit, inbound, rights, context } = turn;
  const moved = await moveDialog(deps, unit, { dialog, event, actor: inbound.person, rights });
  if (isRefusal(moved)) return sayRefusal(turn, moved);
  if (inbound.asked !== undefined) await alsoAnswer(unit.q, dialog.messageId, inbound.asked);
  const said = words(context);
  const kind = dialogKindOf(dialog.state.flow);
  const about = kind.about(positionIn(kind.flow, moved.dialog.state).known);
  const line = said.say(`word.${word}`, { about });
  const desired = messageAbout({ messageId: dialog.messageId, words: said }, line);
  await enqueueMessage(unit.q, { id: deps.newId(), conversationId: inbound.conversation.id, desired });
  return nothing;
}

function typedInputs(dialog: StoredDialog, text: string) {
  const kind = dialogKindOf(dialog.state.flow);
  const { known, next } = positionIn(kind.flow, dialog.state);
  return kind.typed?.(text, known, next?.id ?? null) ?? null;
}
