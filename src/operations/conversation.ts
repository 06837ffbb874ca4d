/**
 * What the bot needs from a dialog: its flow, its cards, which answers a click can give, which right an answer needs,
 * and the plan it ends in. A dialog that only views has no plan: its last question stays open.
 */
import type { z } from 'zod';
import type { Json } from '../core/json.ts';
import { refuse, type Refusal } from '../core/refusal.ts';
import type { Flow, Known, Parsed } from '../dialog/flow.ts';
import type { DialogState } from '../dialog/state.ts';
import type { Block, CardMessage, Section } from '../message/card-data.ts';
import type { Words } from '../message/words.ts';
import type { OperationName } from '../people/operations.ts';
import type { Ask } from '../people/rights.ts';
import type { Plan } from './plan.ts';
import type { BlockedOffer } from './cards/ruled-words.ts';

/** What a card of a dialog is rendered from. `because` is what it has to say in addition to the question. */
export type Drawing<K extends Known = Known> = {
  readonly words: Words;
  readonly known: Partial<K>;
  readonly next: string | null;
  /** What was answered to that question before, which may not fit any more; undefined: nothing. */
  readonly earlier?: Json | undefined;
  readonly status: DialogState['status'];
  readonly dialog: string;
  readonly revision: number;
  readonly canGoBack: boolean;
  readonly because: Refusal | null;
  /** What the rules of `kluis.yaml` keep back from everybody: such an offer has no button, and the card says why. */
  readonly blockedOffers: readonly BlockedOffer[];
  /** The offers that need the approval of others: their buttons request it. */
  readonly toApprove: readonly ToApprove[];
  /** What a plan will do, in words and as commands. */
  readonly planText: (plan: Plan) => PlanText;
  readonly takenOverBy: string | null;
  /** When the bot checks again automatically; null if it does not. */
  readonly checksAgain: Date | null;
  /** Whether the person who acts in it can do this; false if it is not known who does. */
  readonly may: (asks: readonly Ask[]) => boolean;
  readonly now: Date;
};

/** An offer that needs the approval of that many others. */
export type ToApprove = { readonly go: string; readonly approvals: number };

/** The rights that a plan needs. */
export type AsksOf = (plan: Plan) => readonly Ask[];

/** What a button starts: the answer `go` that it gives, and the rights that its plan needs. */
export type Offer = { readonly go: string; readonly asks: readonly Ask[] };

/**
 * A plan in words: one line per step, and as the commands that do the same, a line each. `notes`: what follows from it
 * for others; `more`: that in full.
 */
export type PlanText = {
  readonly lines: Block;
  readonly commands: Block;
  readonly notes: readonly Block[];
  readonly more: readonly Section[];
};

/** The inputs of a submission by step id. */
export type Inputs = Readonly<Record<string, unknown>>;

/** A dialog that is opened next to another one: its flow, what it begins with, and the rights that it needs. */
export type Beside = { readonly flow: string; readonly inputs: Inputs; readonly asks: readonly Ask[] };

/** The dialog to which one that was opened next to it returns, with the answers that it brings. */
export type Returns = { readonly dialog: string; readonly inputs: Readonly<Record<string, Json>> };

/** One kind of dialog. */
export type Conversation<K extends Known = Known, Ports = unknown> = {
  readonly flow: Flow<K, Ports>;
  /** Its card while it is not closed: a closed one is rendered from what it had asked. */
  readonly draw: (drawing: Drawing<K>) => CardMessage;
  /** What it is about in a few words, as far as it is known: a VM, or the command. */
  readonly about: (known: Partial<K>) => string;
  /** The fields that a click can answer; everything else in it is ignored. */
  readonly answers: readonly string[];
  /** Turns the fields of a click into inputs of steps; absent: they are the same. */
  readonly inputs?: (fields: Readonly<Record<string, string>>, known: Partial<K>) => Inputs;
  /** The answer that "Back" gives here, so that nothing typed is lost; null, and absent: it undoes the last answer. */
  readonly back?: (fields: Readonly<Record<string, string>>, known: Partial<K>) => Inputs | null;
  /** What somebody must be allowed to do somewhere to open it at all; absent: looking is enough. */
  readonly opensFor?: (inputs: Inputs) => OperationName;
  /** What can be started from here, the first button first, as far as it is known; absent: nothing before the end. */
  readonly offers?: (known: Partial<K>, asksOf: AsksOf) => readonly Offer[];
  /** Steps whose answers already need the rights of what is offered, so that nobody fills in a form in vain. */
  readonly earlySteps?: readonly string[];
  /** What a finished dialog does; absent: it never starts anything. Its rights are read from it. */
  readonly plan?: (known: K) => Plan;
  /** What these answers open next to the dialog, which stays as it is; null: nothing. `dialog`: its own id. */
  readonly beside?: (inputs: Inputs, known: Partial<K>, dialog: string) => Beside | null;
  /** Where the end of its operation returns to; null: nowhere. */
  readonly returns?: (known: K) => Returns | null;
  /** Whether what was read may pass on its own, so that the bot checks again automatically, once. */
  readonly checksAgain?: (known: Partial<K>) => boolean;
  /** The errors in these inputs, by field, for a form that stays open until there are none; empty: they can be sent. */
  readonly wrong?: (inputs: Inputs, known: Partial<K>, words: Words) => Readonly<Record<string, string>>;
  /** What a typed text answers; null: the question on screen doesn't accept text. */
  readonly typed?: (text: string, known: Partial<K>, next: string | null) => Inputs | null;
};

/** How a client requests the choices of a dialog's list that do not fit on its card. */
export function searchIn(dialog: string, list: string): string {
  return `${dialog}/${list}`;
}

/** The step with which most dialogs begin: the words after the command, as `schema` has them; others are no name. */
export function argsStep(schema: z.ZodType<Json>) {
  const parse = (input: unknown): Parsed => {
    const parsed = schema.safeParse(input);
    return parsed.success ? { value: parsed.data } : refuse('bad-name', { given: '' });
  };
  return { kind: 'ask' as const, id: 'args', parse };
}
