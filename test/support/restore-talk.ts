import { words } from '../../src/message/words.ts';
import type { BotChat } from './bot-chat.ts';
import type { TestBot } from './start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const groups = '/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups';

/** Ana asks for a restore; Ben approves it, since restores take one other person where nothing else is said. */
export const restoreRoles = `
roles:
  operator: [everyone]
  approver: ['user:00000000-0000-0000-0000-0000000000a1', 'user:00000000-0000-0000-0000-0000000000b1']
`;

/** The dialog of a restore up to its last question, from the newest point. */
export async function choosesRestore(bot: TestBot, vm: string, reason = 'a table was dropped'): Promise<BotChat> {
  const chat = await bot.asks('ana', `backup restore ${vm}`);
  await chat.untilTitle(say('restore.which', { vm }));
  const { items } = await bot.azure.state();
  const points = items.find(({ vmId }) => vmId.endsWith(`/${vm}`))!.points;
  await chat.clicks('Continue', { point: points.toSorted((a, b) => b.time.localeCompare(a.time))[0]!.id });
  await chat.untilTitle(say('restore.where', { vm }));
  const account = `${groups}/rg-staging/providers/Microsoft.Storage/storageAccounts/stkluisweu`;
  await chat.clicks('Continue', { group: `${groups}/rg-restore`, account, reason });
  await chat.untilTitle(say('restore.sure', { vm }));
  return chat;
}

/** Its request, and its approval by somebody else. */
export async function approvesRestore(chat: BotChat): Promise<void> {
  await chat.clicks(say('button.ask-approval'));
  await chat.untilTitle('waiting for approval (0 of 1)');
  await chat.as('ben').clicks(say('button.approve'));
}
