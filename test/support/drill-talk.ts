import { words } from '../../src/message/words.ts';
import type { BotChat } from './bot-chat.ts';
import { requestsRestore, restoreRoles } from './restore-talk.ts';
import type { TestBot } from './start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const groups = '/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups';

/** Where the drills of a test go. */
export const drillGroup = `${groups}/rg-drills`;
const drillSubnet = `${groups}/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-drills-weu/subnets/snet-drills`;
const staging = `${groups}/rg-staging/providers/Microsoft.Storage/storageAccounts/stkluisweu`;

/** Drills of some VMs, as in `kluis.yaml`. */
export const drillEntry = `
drills:
  - { vm: 'vm-app-*', group: ${drillGroup}, subnet: ${drillSubnet}, staging: ${staging} }
  - { vm: 'vm-dup-*', group: ${drillGroup}, subnet: ${drillSubnet}, staging: ${staging} }
`;

/** The same with a schedule, in a channel that nobody writes in, so that nothing starts by it. */
export const scheduledEntry = `
  - { vm: 'vm-neu-*', group: ${drillGroup}, subnet: ${drillSubnet}, staging: ${staging}, name: north, every: 30d, channel: C0NOBODY1 }
`;

/** Drills of some VMs that start every day at any time, one at once, every 30 days. */
export function dailyDrills(channel: string): string {
  const places = `group: ${drillGroup}, subnet: ${drillSubnet}, staging: ${staging}`;
  return `
drills:
  - { vm: 'vm-app-*', ${places}, name: apps, every: 30d, starts: daily 00:00, channel: '${channel}' }
`;
}

/** Drills of a VM from the points that are only in the vault. */
export function drillsFromVault(vm: string): string {
  return `
drills:
  - { vm: '${vm}', group: ${drillGroup}, subnet: ${drillSubnet}, staging: ${staging}, from: vault }
  - { vm: '*', group: ${drillGroup}, subnet: ${drillSubnet}, staging: ${staging} }
`;
}

/** Ana asks for a drill, and Ben approves it. */
export const drillRoles = `${restoreRoles}${drillEntry}`;

/** A drill of a VM up to its request for approval. */
export async function requestsDrill(bot: TestBot, vm: string): Promise<BotChat> {
  const chat = await bot.asks('ana', `backup drill ${vm}`);
  await chat.untilTitle(say('drill.sure', { vm }));
  await requestsRestore(chat);
  return chat;
}

/** A running drill: approved by Ben, unless an approval of the same plan that failed before covers it. */
export async function requestsOrRepeatsDrill(bot: TestBot, vm: string): Promise<BotChat> {
  const chat = await bot.asks('ana', `backup drill ${vm}`);
  await chat.untilTitle(say('drill.sure', { vm }));
  await chat.clicks(say('button.ask-approval'));
  const isStarted = async () => (await bot.operationsIn(chat)).length > 0;
  const isAsked = async () => (await chat.card()).titles.includes(say('button.approve'));
  await chat.until('a request or a drill', async () => (await isStarted()) || (await isAsked()));
  if (!(await isStarted())) await chat.as('ben').clicks(say('button.approve'));
  return chat;
}
