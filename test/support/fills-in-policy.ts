import type { BotChat, ClickAnswer } from './bot-chat.ts';

/** Fills in both cards of a policy form; the second only if the first was accepted. Returns the last answer. */
export async function fillsInPolicy(chat: BotChat, answers: Readonly<Record<string, string>>): Promise<ClickAnswer> {
  const first = await chat.clicks('Continue', await askedOf(chat, answers));
  if (!(await chat.card()).titles.includes('Back')) return first;
  return chat.clicks('Continue', await askedOf(chat, answers));
}

async function askedOf(chat: BotChat, answers: Readonly<Record<string, string>>) {
  const { inputs } = await chat.card();
  return Object.fromEntries(Object.entries(answers).filter(([field]) => Object.hasOwn(inputs, field)));
}
