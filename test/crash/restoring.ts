import type { BotAzure } from '../support/bot-azure.ts';
import type { BotChat } from '../support/bot-chat.ts';
import type { ChatPlatform } from '../support/chat-platform.ts';
import { speed } from './replica-host.ts';

/** Ana's thread, once the bot has checked what she typed. */
export async function asked(platform: ChatPlatform, text: string): Promise<BotChat> {
  const { chat } = await platform.says('ana', text);
  await chat.until('a card', async () => (await chat.cards()).length > 0);
  await chat.untilLooked();
  return chat;
}

/** A replacement of the disks of vm-dup-01, which is off, up to the approval that starts it. */
export async function replacing(platform: ChatPlatform, azure: BotAzure): Promise<BotChat> {
  await azure.control('POST', 'clock', { speed });
  const { vms } = await azure.state('vms');
  await azure.change({ vms: vms.map((vm) => (vm.name === 'vm-dup-01' ? { ...vm, power: 'deallocated' } : vm)) });
  const chat = await asked(platform, 'backup restore rg-app/vm-dup-01 replace');
  await chat.clicks('Continue');
  await chat.untilTitle(/staging, and why/);
  const group = '/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups/rg-staging';
  const account = `${group}/providers/Microsoft.Storage/storageAccounts/stkluisweu`;
  await chat.clicks('Continue', { account, reason: 'a test' });
  await chat.untilButton('Request approval');
  await chat.clicks('Request approval', { typed: 'vm-dup-01' });
  await chat.untilWaits('0 of 2');
  await chat.as('ben').clicks('Approve');
  await chat.untilWaits('1 of 2');
  return chat.as('chris');
}

type In = { readonly platform: ChatPlatform; readonly azure: BotAzure };
/**
 * `point`: absent: the newest. `name`: of the VM that is created from the disks; absent: none is. `button`: the last
 * one, which starts.
 */
type Wanted = { readonly vm: string; readonly point?: string; readonly name?: string; readonly button: string };

/** A restore up to its last button. Nothing of it is cancelled, so Azure needn't be slow from there on. */
export async function restoring({ platform, azure }: In, { vm, point, name, button }: Wanted): Promise<BotChat> {
  await azure.control('POST', 'clock', { speed });
  const chat = await asked(platform, `backup restore ${vm}`);
  const group = '/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups';
  const account = `${group}/rg-staging/providers/Microsoft.Storage/storageAccounts/stkluisweu`;
  await chat.clicks('Continue', point === undefined ? {} : { point });
  await chat.untilTitle(/Where should the disks/);
  const make = name === undefined ? 'disks' : 'vm';
  await chat.clicks('Continue', { group: `${group}/rg-restore`, account, reason: 'a test', make });
  if (name !== undefined) {
    await chat.untilTitle(/Create a new VM/);
    const network = `${group}/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-prod-weu`;
    await chat.clicks('Continue', { name, subnet: `${network}/subnets/snet-restore` });
  }
  await chat.untilButton(button);
  return chat;
}

/** A drill up to the button that starts it. */
export async function drilling(platform: ChatPlatform, azure: BotAzure, button = 'Start the drill'): Promise<BotChat> {
  await azure.control('POST', 'clock', { speed });
  const chat = await asked(platform, 'backup drill vm-app-01');
  await chat.untilButton(button);
  return chat;
}

/** The oldest recovery point of a VM. */
export async function oldestPoint(azure: BotAzure, vm: string): Promise<string> {
  const { items } = await azure.state('items');
  const { points } = items.find(({ vmId }) => vmId.endsWith(`/${vm}`))!;
  return points.toSorted((a, b) => a.time.localeCompare(b.time))[0]!.id;
}
