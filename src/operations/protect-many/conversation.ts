import type { Conversation, Offer } from '../conversation.ts';
import { choices, manyFlow, type ManyKnown, type ManyPorts } from './flow.ts';
import { drawMany } from './messages.ts';
import { planMany } from './plan-many.ts';

/** The dialog behind `/backup a b c`. */
export const manyConversation: Conversation<ManyKnown, ManyPorts> = {
  flow: manyFlow,
  draw: drawMany,
  answers: ['go', 'sure'],
  offers: ({ asked, table }, asksOf): readonly Offer[] =>
    asked && table ? choices(table).map((go) => ({ go, asks: asksOf(planMany({ asked, table, go })) })) : [],
  plan: planMany,
};
