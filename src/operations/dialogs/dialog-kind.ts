/**
 * What the bot needs from a dialog: its flow, its cards, the answers that a click can give, the rights that an answer
 * needs, and the plan it ends in. A dialog that only views has no plan: its last question stays open.
 */
import type { z } from 'zod';
import type { Json } from '../../core/json.ts';
import { refuse, type Refusal } from '../../core/refusal.ts';
import type { Flow, Known, Parsed } from '../../dialog/flow.ts';
import type { DialogState } from '../../dialog/state.ts';
import type { Block, CardMessage, Section } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import type { OperationName } from '../../people/operations.ts';
import type { Ask } from '../../people/rights.ts';
import type { Plan } from '../parts/plan.ts';
import type { Effect } from '../wording/part-words.ts';
import type { BlockedOffer } from '../wording/ruled-words.ts';
import type { Estate } from './estate.ts';

/** What a dialog's card is rendered from. `because`: what it says in addition to the question. */
export type Drawing<K extends Known = Known> = {
  readonly words: Words;
  readonly known: Partial<K>;
  readonly next: string | null;
  /** The previous answer to that question, which may not fit any more; undefined: none. */
  readonly earlier?: Json | undefined;
  readonly status: DialogState['status'];
  readonly dialog: string;
  readonly revision: number;
  readonly canGoBack: boolean;
  readonly because: Refusal | null;
  /** Offers that the rules of `kluis.yaml` deny to everybody: they have no button, and the card says why. */
  readonly blockedOffers: readonly BlockedOffer[];
  /** The offers that need others' approval: their buttons request it. */
  readonly toApprove: readonly ToApprove[];
  /** What a plan will do, in words and as commands. */
  readonly planText: (plan: Plan) => PlanText;
  readonly takenOverBy: string | null;
  /** What a reason starts with, if it is asked here; absent: nothing is known of it. */
  readonly reason?: string | undefined;
  /** When the bot checks again automatically; null: it doesn't. */
  readonly checksAgain: Date | null;
  /** Whether the person who acts in it can do this; false if nobody is known to act. */
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
 * A plan in words, one line per step, and as the equivalent commands, one per line. `remarks`: how its steps do that;
 * `effects`: its consequences, the gravest first; `more`: some of those in full.
 */
export type PlanText = {
  readonly lines: Extract<Block, { kind: 'list' }>;
  readonly remarks: readonly Block[];
  readonly commands: Block;
  readonly effects: readonly Effect[];
  readonly more: readonly Section[];
};

/** The inputs of a submission by step id. */
export type Inputs = Readonly<Record<string, unknown>>;

/** A dialog opened next to another one: its flow, its first inputs, and the rights that it needs. */
export type Beside = { readonly flow: string; readonly inputs: Inputs; readonly asks: readonly Ask[] };

/** The dialog to which a dialog opened next to it returns, with the answers that it brings. */
export type Returns = { readonly dialog: string; readonly inputs: Readonly<Record<string, Json>> };

/** Where a dialog asks why, for what it starts keeps that. */
type AsksWhy<K extends Known> = {
  /** The step whose answer says it. */
  readonly step: string;
  /** The rights that are needed for what can come of its answers, one list each; absent: those of the offers. */
  readonly leadsTo?: (known: Partial<K>, asksOf: AsksOf) => readonly (readonly Ask[])[];
};

/** One kind of dialog. */
export type DialogKind<K extends Known = Known> = {
  readonly flow: Flow<K, Estate>;
  /** Its card while it is open: a closed one is rendered from its last question. */
  readonly draw: (drawing: Drawing<K>) => CardMessage;
  /** What it is about in a few words, as far as known: a VM, or the command. */
  readonly about: (known: Partial<K>) => string;
  /** The fields that a click can answer; everything else in it is ignored. */
  readonly answers: readonly string[];
  /** Turns a click's fields into inputs of steps; absent: they are the same. */
  readonly inputs?: (fields: Readonly<Record<string, string>>, known: Partial<K>) => Inputs;
  /** The answer that "Back" gives here, so that nothing typed is lost; null or absent: it undoes the last answer. */
  readonly back?: (fields: Readonly<Record<string, string>>, known: Partial<K>) => Inputs | null;
  /**
   * What it leads to: one of these, for some target, is needed to open it and to answer its questions, so that nobody
   * fills in a form that ends in a refusal. None: it shows something to everyone who can view.
   */
  readonly opensFor: (first: Inputs) => readonly OperationName[];
  /** It shows nothing before its forms, so a read-only installation doesn't open it either. */
  readonly onlyForms?: true;
  /** What can be started from here, the first button first, as far as known; absent: nothing before the end. */
  readonly offers?: (known: Partial<K>, asksOf: AsksOf) => readonly Offer[];
  /** Absent: a request for the approval of what it starts asks why. */
  readonly why?: AsksWhy<K>;
  /** A finished dialog's plan; absent: it never starts anything. The required rights are read from the plan. */
  readonly plan?: (known: K) => Plan;
  /** What these answers open next to the dialog, which stays as it is; null: nothing. `dialog`: its own ID. */
  readonly beside?: (inputs: Inputs, known: Partial<K>, dialog: string) => Beside | null;
  /** Where the end of its operation returns to; null: nowhere. */
  readonly returns?: (known: K) => Returns | null;
  /** Whether what was read may pass by itself, so that the bot checks again automatically, once. */
  readonly checksAgain?: (known: Partial<K>) => boolean;
  /** The errors in these inputs, by field, for a form that stays open until there are none; empty: they can be sent. */
  readonly wrong?: (inputs: Inputs, known: Partial<K>, words: Words) => Readonly<Record<string, string>>;
  /** What a typed text answers; null: the question on screen doesn't accept text. */
  readonly typed?: (text: string, known: Partial<K>, next: string | null) => Inputs | null;
};

/** How a client requests the choices of a dialog's list that don't fit on its card. */
export function searchIn(dialog: string, list: string): string {
  return `${dialog}/${list}`;
}

/** The first step of most dialogs: the words after the command, as `schema` accepts them; any others aren't names. */
export function argsStep(schema: z.ZodType<Json>) {
  const parse = (input: unknown): Parsed => {
    const parsed = schema.safeParse(input);
    return parsed.success ? { value: parsed.data } : refuse('bad-name', { given: '' });
  };
  return { kind: 'ask' as const, id: 'args', parse };
}
