/** The cards that the bot posted in the channel itself, not in a thread. */
import type { BotChat, PersonKey } from './bot-chat.ts';
import { viewOf, type CardView } from './card-view.ts';
import type { LabMessage } from './lab-client.ts';
import type { TestBot } from './start-bot.ts';

/** The channel by its ID in Teams. */
export const channel = '19:general@thread.tacv2';

/** A card as it was posted. */
export type Posted = { readonly message: LabMessage; readonly card: CardView };

/** Those whose title contains this, newest last. */
export async function channelCards({ lab }: TestBot, title: string): Promise<Posted[]> {
  const all = (await lab.messages(channel, 'ana')).filter(({ card, from }) => card && from.person === null);
  return all
    .map((message) => ({ message, card: viewOf(message.card) }))
    .filter(({ card }) => card.title.includes(title));
}

/** Waits for one whose title contains this and whose text contains `says`: the newest. */
export function untilCard(bot: TestBot, title: string, says = ''): Promise<Posted> {
  const look = async () => (await channelCards(bot, title)).findLast(({ card }) => card.text.includes(says)) ?? null;
  return bot.as('ana').until(`a card "${title}" that says "${says}"`, look);
}

/** The thread below a card, with somebody in it. */
export function threadOf(bot: TestBot, { message }: Pick<Posted, 'message'>, person: PersonKey): BotChat {
  return bot.in(person, `${channel};messageid=${message.id}`);
}

/** Ben presses a button of a card once the bot has stored it; the answer is in the thread below it. */
export async function presses(bot: TestBot, posted: Posted, title: string): Promise<BotChat> {
  const { verb, data } = posted.card.buttons.find((one) => one.title === title)!;
  await untilNoted(bot, posted.message.id);
  const thread = threadOf(bot, posted, 'ben');
  await thread.sends({ verb, data, on: posted.message });
  return thread;
}

/** A click on a card that the bot hasn't stored yet is on no message that it knows. */
export async function untilNoted(bot: TestBot, id: string): Promise<void> {
  const isNoted = async () => (await bot.rows('message')).some(({ platform_id }) => platform_id === id);
  await bot.as('ana').until('the card, noted', isNoted);
}
