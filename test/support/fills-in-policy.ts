import type { BotChat, ClickAnswer } from './bot-chat.ts';
import type { CardView } from './card-view.ts';

/** Fills in both cards of a policy form; the second only if the first was accepted. Returns the last answer. */
export async function fillsInPolicy(chat: BotChat, answers: Readonly<Record<string, string>>): Promise<ClickAnswer> {
  const first = await chat.clicks('Continue', askedBy(await chat.card(), answers));
  // An edit of the card before, if it was on its way, may still show that one for an instant.
  if (!first.card?.titles.includes('Back')) return first;
  return chat.clicks('Continue', askedBy(first.card, answers));
}

function askedBy({ inputs }: CardView, answers: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(answers).filter(([field]) => Object.hasOwn(inputs, field)));
}
