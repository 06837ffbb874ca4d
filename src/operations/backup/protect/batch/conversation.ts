import type { Conversation, Offer } from '../../../dialogs/conversation.ts';
import { choices, batchFlow, type BatchKnown, type BatchPorts } from './flow.ts';
import { drawBatch } from './messages.ts';
import { planBatch } from './plan-batch.ts';

/** The dialog behind `/backup a b c`. */
export const batchConversation: Conversation<BatchKnown, BatchPorts> = {
  flow: batchFlow,
  draw: drawBatch,
  opensFor: () => [],
  about: ({ asked }) => ['backup', ...(asked?.names ?? [])].join(' '),
  answers: ['go', 'sure'],
  offers: ({ asked, table }, asksOf): readonly Offer[] =>
    asked && table ? choices(table).map((go) => ({ go, asks: asksOf(planBatch({ asked, table, go })) })) : [],
  plan: planBatch,
};
