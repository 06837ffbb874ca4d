/** Played beside the scenes: what they never need of Azure, through the chat and by the doctor. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examine } from '../../src/cli/doctor/examine.ts';
import type { KeyVaultSpec } from '../../src/sim/state/state-keyvault.ts';
import { oldestPoint } from '../crash/restoring.ts';
import { untilCard } from '../support/channel-cards.ts';
import { fillsInPolicy } from '../support/fills-in-policy.ts';
import { nextLookOf } from '../support/looked-at.ts';
import { makeLinux } from '../support/make-linux.ts';
import { approvesRestore, choosesNewVm, choosesRestore, choosesVm, restoreSubnet } from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import type { LoggedRight } from './assigned.ts';

const config = `
encryption: { requireKek: 'off' }
roles:
  operator: [everyone]
  admin: [everyone]
  approver: ['user:00000000-0000-0000-0000-0000000000a1', 'user:00000000-0000-0000-0000-0000000000b1']
`;

/** Plays them on an estate of its own, and returns what they needed. */
export async function rareRights(): Promise<readonly LoggedRight[]> {
  const often = { leases: { sweep: 300, poll: 2_000 }, waits: { vaultLook: 3_600_000, vaultIdle: 300 } };
  await using bot = await startBot({ database: 'postgres', config, speed: 20_000, ...often });
  await examined(bot);
  await protectedWithoutKek(bot);
  for (const rbac of [true, false]) await keysPutBack(bot, rbac);
  await policyInUse(bot);
  await vmByCalls(bot);
  await linuxVm(bot);
  await drillBehindRoutes(bot);
  await deletedBackups(bot);
  return (await bot.azure.control('GET', 'rights')) as readonly LoggedRight[];
}

/** The doctor, with the alerts webhook. */
async function examined({ azure }: TestBot): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kluis-doctor-'));
  const { port } = new URL(azure.url);
  const env = { PORT: '65534', KLUIS_SIM_PORT: port, KLUIS_ALERT_SECRETS: 's'.repeat(32) };
  await examine({ ...env, KLUIS_DATA_DIR: join(folder, 'none') });
  await rm(folder, { recursive: true });
}

type Change = (vault: KeyVaultSpec) => Partial<KeyVaultSpec>;
async function changeKeyVault({ azure }: TestBot, change: Change, vault = 'kv-hr2-weu'): Promise<void> {
  const { keyVaults } = await azure.state('keyVaults');
  await azure.change({ keyVaults: keyVaults.map((one) => (one.name === vault ? { ...one, ...change(one) } : one)) });
}

async function restored(bot: TestBot, vm: string): Promise<void> {
  const chat = await choosesRestore(bot, vm);
  await approvesRestore(chat);
  await chat.untilTitle(`Disks of ${vm} are restored, with their keys`);
}

async function protectedWithoutKek(bot: TestBot): Promise<void> {
  const chat = await bot.asks('ana', 'backup vm-bek-01');
  await chat.untilButton('Protect and back up now');
  await chat.clicks('Protect and back up now');
  await chat.untilTitle(/vm-bek-01 is backed up/);
}

/** A key and secrets that are purged, and then deleted, where roles count or access policies do. */
async function keysPutBack(bot: TestBot, rbac: boolean): Promise<void> {
  const gone = <One>(list: readonly One[]) => list.map((one) => ({ ...one, deletedAt: '2026-11-25T08:00:00Z' }));
  await changeKeyVault(bot, () => ({ rbac, keys: [], secrets: [], deletedKeys: [], deletedSecrets: [] }));
  await restored(bot, 'vm-hr-02');
  await changeKeyVault(bot, ({ keys, secrets }) => ({
    ...{ keys: [], deletedKeys: gone(keys) },
    ...{ secrets: [], deletedSecrets: gone(secrets) },
  }));
  await restored(bot, 'vm-hr-02');
  // Without a KEK a secret is restored as a whole.
  await changeKeyVault(bot, () => ({ rbac, secrets: [] }), 'kv-prod-weu');
  await restored(bot, 'vm-bek-01');
}

/** Azure carries out the change of a policy in use by and by, and is asked how it ended. */
async function policyInUse(bot: TestBot): Promise<void> {
  const chat = await bot.asks('ana', 'backup policy change rsv-prod-weu/decade');
  await fillsInPolicy(chat, { daily: '80' });
  await chat.clicks('Change this policy');
  await chat.untilTitle('Policy decade in rsv-prod-weu changed');
}

/** A point so old that it has no template: the VM is created by calls. */
async function vmByCalls(bot: TestBot): Promise<void> {
  const chat = await choosesVm(bot, 'vm-app-01', await oldestPoint(bot.azure, 'vm-app-01'));
  await chat.clicks('Continue', { name: 'vm-app-01-old', subnet: restoreSubnet });
  await chat.untilButton('Request approval');
  await approvesRestore(chat);
  await chat.untilTitle(/vm-app-01-old runs/);
}

/** A new VM that needs the extension. */
async function linuxVm(bot: TestBot): Promise<void> {
  await makeLinux(bot.azure, 'vm-app-01');
  const chat = await choosesNewVm(bot, 'vm-app-01', 'vm-app-01-back');
  await approvesRestore(chat);
  await chat.untilTitle(/vm-app-01-back runs/);
}

/** A drill whose network has a route table. */
async function drillBehindRoutes(bot: TestBot): Promise<void> {
  const { virtualNetworks } = await bot.azure.state('virtualNetworks');
  const place = { subscription: virtualNetworks[0]!.subscription, resourceGroup: 'rg-network', name: 'rt-drills' };
  const group = `/subscriptions/${place.subscription}/resourceGroups/${place.resourceGroup}`;
  const routeTableId = `${group}/providers/Microsoft.Network/routeTables/${place.name}`;
  await bot.azure.change({
    routeTables: [{ ...place, location: 'westeurope', tags: {}, routes: [] }],
    virtualNetworks: virtualNetworks.map(({ subnets, ...one }) => ({
      ...one,
      subnets: subnets.map((subnet) => (subnet.name === 'snet-drills' ? { ...subnet, routeTableId } : subnet)),
    })),
  });
  const chat = await bot.asks('ana', 'backup drill vm-app-02');
  await chat.untilButton('Request approval');
}

/** An alert says who deleted backups. */
async function deletedBackups(bot: TestBot): Promise<void> {
  await bot.asks('ana', 'backup vaults');
  await (await bot.thread('ana', 'backup watch')).untilTitle(/^/);
  await nextLookOf(bot);
  const { items } = await bot.azure.state('items');
  const deletedAt = new Date().toISOString();
  await bot.azure.change({
    items: items.map((item) => (item.vmId.endsWith('/vm-app-02') ? { ...item, deletedAt } : item)),
  });
  await nextLookOf(bot);
  await untilCard(bot, 'Backups of vm-app-02 were deleted');
}
