import type { BotChat, PersonKey } from './bot-chat.ts';
import { eventually } from './eventually.ts';
import type { TestBot } from './start-bot.ts';

/** Somebody at the copy of the open request in the approvers' channel of Teams. */
export async function copyInTeams(bot: TestBot, person: PersonKey): Promise<BotChat> {
  const request = (await bot.rows('approval_request')).find(({ state }) => /^(pending|approved)$/.test(state));
  const copies = request!.copies as { message: string; conversation: string }[];
  const copy = copies.find(({ conversation }) => conversation.startsWith('teams:'));
  const posted = async () => (await bot.rows('message')).find(({ id }) => id === copy!.message)?.platform_id;
  return bot.in(person, `19:general@thread.tacv2;messageid=${await eventually('the copy', posted)}`);
}
