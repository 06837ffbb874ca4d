import { words } from '../../src/message/words.ts';
import type { BotChat } from './bot-chat.ts';
import type { TestBot } from './start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const groups = '/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups';

/** Ana requests a restore; Ben approves it, since by default restores need one other person. */
export const restoreRoles = `
roles:
  operator: [everyone]
  approver: ['user:00000000-0000-0000-0000-0000000000a1', 'user:00000000-0000-0000-0000-0000000000b1']
`;

/** Where disks are restored to. */
export const restoreTarget = {
  group: `${groups}/rg-restore`,
  account: `${groups}/rg-staging/providers/Microsoft.Storage/storageAccounts/stkluisweu`,
  reason: 'a table was dropped',
};

/** A subnet for a new VM. */
export const restoreSubnet = `${groups}/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-prod-weu/subnets/snet-restore`;

/** The name of a VM's newest recovery point; the VM is given by name or group/name. */
export async function newestPoint(bot: TestBot, vm: string): Promise<string> {
  const { items } = await bot.azure.state('items');
  const points = items.find(({ vmId }) => vmId.endsWith(`/${vm.split('/').pop()}`))!.points;
  return points.toSorted((a, b) => b.time.localeCompare(a.time))[0]!.id;
}

/** The dialog of a restore up to its last question, from the newest point. */
export async function choosesRestore(bot: TestBot, vm: string, reason = restoreTarget.reason): Promise<BotChat> {
  const chat = await choosesTarget(bot, vm, { target: { ...restoreTarget, reason } });
  await chat.untilTitle(say('restore.sure', { vm }));
  return chat;
}

/** The same with a new VM, up to the question for its name and place; from the newest point or another. */
export async function choosesVm(bot: TestBot, vm: string, point?: string): Promise<BotChat> {
  const chat = await choosesTarget(bot, vm, { target: { ...restoreTarget, make: 'vm' }, point });
  await chat.untilTitle(say('restore.which-vm', { vm }));
  return chat;
}

/** The same, up to the last question. */
export async function choosesNewVm(bot: TestBot, vm: string, name: string): Promise<BotChat> {
  const chat = await choosesVm(bot, vm);
  await chat.clicks('Continue', { name, subnet: restoreSubnet });
  await chat.untilTitle(say('restore.sure-vm', { vm }));
  return chat;
}

type Wanted = { readonly target: Readonly<Record<string, string>>; readonly point?: string | undefined };

/** The same, up to the question where to; what follows isn't awaited. */
export async function choosesTarget(bot: TestBot, vm: string, { target, point }: Wanted): Promise<BotChat> {
  const chat = await bot.asks('ana', `backup restore ${vm}`);
  await chat.untilTitle(say('restore.which', { vm }));
  await chat.clicks('Continue', { point: point ?? (await newestPoint(bot, vm)) });
  await chat.untilTitle(say('restore.where', { vm }));
  await chat.clicks('Continue', target);
  return chat;
}

/** The replacement of a VM's disks by those of the newest point, up to the last question. */
export async function choosesReplacement(bot: TestBot, vm: string, reason = 'ransomware'): Promise<BotChat> {
  const chat = await bot.asks('ana', `backup restore ${vm} replace`);
  await chat.untilTitle(say('replace.which', { vm }));
  await chat.clicks('Continue', { point: await newestPoint(bot, vm) });
  await chat.untilTitle(say('replace.staging', { vm }));
  await chat.clicks('Continue', { account: restoreTarget.account, reason });
  await chat.untilTitle(say('replace.sure', { vm }));
  return chat;
}

/** Its request. */
export async function requestsRestore(chat: BotChat): Promise<void> {
  await chat.clicks(say('button.ask-approval'));
  await chat.untilWaits('0 of 1');
}

/** From now on Azure's validation of a restore objects with this message. */
export async function azureObjects(bot: TestBot, message: string): Promise<void> {
  const validationResults = [{ code: 'UserErrorX', message, recommendations: [] }];
  const at = new Date().toISOString();
  const properties = {
    objectType: 'OperationStatusValidateOperationExtendedInfo',
    validateOperationResponse: { validationResults },
  };
  const match = { method: 'GET', path: 'backupValidateOperationsStatuses' };
  const body = { id: '/x', name: 'x', status: 'Succeeded', startTime: at, endTime: at, properties };
  await bot.azure.fault({ match, status: 200, body });
}

/** The requests for approval that were made in this chat. */
export async function requestsIn(bot: TestBot, chat: BotChat) {
  const dialogs = (await bot.rows('dialog')).filter(({ conversation_id }) => conversation_id === chat.id);
  return (await bot.rows('approval_request')).filter((one) => dialogs.some(({ id }) => id === one.dialog_id));
}

/** Its request, and its approval by another person. */
export async function approvesRestore(chat: BotChat): Promise<void> {
  await requestsRestore(chat);
  await chat.as('ben').clicks(say('button.approve'));
}
