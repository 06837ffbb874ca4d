/** Whether somebody can give a command: before a dialog opens, at each of its answers, for its button and in help. */
import type { Refusal } from '../../core/refusal.ts';
import { ownOf } from '../../core/own-of.ts';
import type { Button, CardMessage } from '../../message/card-data.ts';
import { asSheet } from '../../message/rendering/as-sheet.ts';
import type { Known } from '../../dialog/flow.ts';
import type { DialogKind, Inputs } from '../../operations/dialogs/dialog-kind.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import type { OperationName } from '../../people/operations.ts';
import { dialogKindOf } from '../dialog-kinds.ts';
import type { Deps, Gate, MayOffer, PersonRights } from '../deps.ts';
import { parseCommand, type Command } from '../commands/parse-command.ts';
import { gateNow, refusalOf } from './gate.ts';
import { buttonsIn, withoutButtons } from './without-buttons.ts';

/** Why somebody can't give a command; null: they can, as far as is known before a VM is named. */
export function commandRefusal(command: Command, rights: MayOffer): Refusal | null {
  const opened = openedBy(command);
  if (opened) return anyOf(dialogKindOf(opened.flow).opensFor(opened.first), rights);
  switch (command.kind) {
    case 'watch':
      return anyOf(['back-up-now'], rights);
    case 'causes':
      return command.about === null ? null : refusalOf(rights.mayAdminister('explain-errors'));
    case 'unlink':
      return refusalOf(rights.mayAdminister('unlink'));
    default:
      return null;
  }
}

/** The same, except for a dialog that a read-only installation shows. */
export function whyNotOpened(command: Command, rights: MayOffer): Refusal | null {
  const [refused, opened] = [commandRefusal(command, rights), openedBy(command)];
  return refused && opened && isStillShown(dialogKindOf(opened.flow), refused) ? null : refused;
}

/**
 * A card for one reader alone, without the buttons that would refuse them. What a read-only installation refuses is
 * left out of every card, with a sentence about it.
 */
export function forReader(card: CardMessage, rights: MayOffer): CardMessage {
  const stays = (button: Button) => [null, 'read-only'].includes(buttonRefusal(button, rights)?.refused ?? null);
  const sheet = asSheet(card);
  return buttonsIn(sheet).every(stays) ? card : { template: 'sheet', data: withoutButtons(sheet, stays) };
}

/** The same for a card that comes by itself: nobody is asked about. Of whom nothing was read yet, it stays whole. */
export function forOwner({ authority }: Deps, card: CardMessage, { kind, person }: Place): CardMessage {
  const rights = kind === 'personal' && person ? authority.offersTo(person) : null;
  return rights ? forReader(card, rights) : card;
}

type Place = { readonly kind: string; readonly person?: string | null };

/** Why a button would refuse somebody. What a dialog starts depends on its VM, and so is on its own card. */
function buttonRefusal({ verb, data }: Button, rights: MayOffer): Refusal | null {
  if (verb !== 'command') {
    if (ownOf(data, 'alert') !== undefined) return anyOf(['back-up-now'], rights);
    return ownOf(data, 'error') === undefined ? null : refusalOf(rights.mayAdminister('explain-errors'));
  }
  const typed = String(ownOf(data, 'command') ?? '');
  // The name of the VM that is picked beside it follows.
  return commandRefusal(parseCommand(ownOf(data, 'picked') ? `${typed} vm-name` : typed), rights);
}

type Opened = { readonly flow: string; readonly first: Inputs };

/** The dialog that a command opens, with its first answers; null: none that leads to anything. */
function openedBy(command: Command): Opened | null {
  if (command.kind === 'open') return { flow: command.flow, first: { args: command.args } };
  if (command.kind !== 'backup') return null;
  const { kind: _, ...asked } = command;
  return { flow: 'backup', first: { asked } };
}

/** Who answers a dialog, with what it knows then. */
type Answering = { readonly kind: DialogKind; readonly known: Known; readonly rights: PersonRights | null };

/**
 * The gate for an answer, or for opening a dialog again with its answers: it takes what the dialog leads to and, once
 * that is known, what one of its offers needs.
 */
export function gateToAnswer(deps: Deps, { kind, known, rights }: Answering): Gate {
  const needed = kind.opensFor(known);
  if (rights === null || needed.length === 0) return open;
  const barred = anyOf(needed, rights);
  if (barred) return isStillShown(kind, barred) ? open : { gate: 'refused', refusal: barred };
  const gates = (kind.offers?.(known, asksOf) ?? []).map(({ asks }) => gateNow(deps, rights, asks));
  const [first = open] = gates;
  return gates.every(({ gate }) => gate === 'refused') ? first : open;
}

const open: Gate = { gate: 'open' };

/**
 * Whether a dialog opens although nobody can start what it leads to: a read-only installation answers its questions to
 * the last, and where no rule demands enough approvals its first card says what can be done instead.
 */
function isStillShown({ onlyForms }: DialogKind, { refused }: Refusal): boolean {
  return (refused === 'read-only' || refused === 'too-few-approvals') && !onlyForms;
}

/** One of several is enough; the first says what is missing. */
function anyOf(operations: readonly OperationName[], rights: MayOffer): Refusal | null {
  const refused = operations.map((operation) => refusalOf(rights.maySomewhere(operation)));
  return refused.includes(null) ? null : (refused[0] ?? null);
}
