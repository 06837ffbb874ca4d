import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { DrillFile } from '../../src/audit/drill-file.ts';
import { diskId, same, vmId } from '../../src/sim/ids.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { drillRoles, requestsOrRepeatsDrill } from '../support/drill-talk.ts';
import { approvesRestore, choosesNewVm } from '../support/restore-talk.ts';
import { changesVm } from '../support/changes-new-vm.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

let bot: TestBot;
let untouched: SimState;
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config: drillRoles, speed: 20_000, leases: { sweep: 300 } });
  untouched = (await bot.azure.state()) as SimState;
});
afterEach(async () => {
  bot.failpoint = () => {};
  const { disks, blobs, jobs, vms, networkInterfaces } = untouched;
  await bot.azure.change({ disks, blobs, jobs, vms, networkInterfaces });
});
afterAll(() => bot?.[Symbol.asyncDispose]());

type Disk = { managedDisk: { id: string }; lun?: number };
type Storage = { osDisk: Disk; dataDisks: Disk[] };

/** Somebody who can write to the staging account changes the template there, once it is there. */
function changesTemplate(change: (storage: Storage) => void): void {
  let isChanged = false;
  bot.failpoint = async () => {
    const { blobs } = await bot.azure.state('blobs');
    const staged = blobs.find(({ name }) => name.startsWith('azuredeploy'));
    if (isChanged || !staged || !('text' in staged)) return;
    isChanged = true;
    bot.failpoint = () => {};
    const template = JSON.parse(staged.text) as { resources: { properties: { storageProfile?: Storage } }[] };
    change(template.resources.find(({ properties }) => properties.storageProfile)!.properties.storageProfile!);
    const text = JSON.stringify(template);
    await bot.azure.change({ blobs: blobs.map((one) => (one === staged ? { ...staged, text } : one)) });
  };
}

const deployments = async () => (await bot.azure.requests('PUT', /Microsoft\.Resources\/deployments\//i)).length;
const over = (chat: BotChat) =>
  chat.until('the end', async () => (await bot.operationsIn(chat)).every(({ status }) => status !== 'running'));
const signed = async (): Promise<DrillFile[]> =>
  (await bot.rows('audit')).flatMap(({ entry }) => (entry as { file?: DrillFile }).file ?? []);

const foreign = `/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups/rg-restore/providers/Microsoft.Compute/disks/disk-of-others`;
const templates = [
  { what: 'lost its data disks', change: (storage: Storage) => void (storage.dataDisks = []) },
  {
    what: 'has somebody’s disk in place of a data disk',
    change: ({ dataDisks }: Storage) => void (dataDisks[0]!.managedDisk.id = foreign),
  },
  {
    what: 'has somebody’s disk to boot from',
    change: ({ osDisk }: Storage) => void (osDisk.managedDisk.id = foreign),
  },
  {
    what: 'has the same disk twice, and so another one not',
    change: ({ osDisk, dataDisks }: Storage) => void (dataDisks[0]!.managedDisk.id = osDisk.managedDisk.id),
  },
  {
    what: 'boots from a data disk',
    change: ({ osDisk, dataDisks: [data] }: Storage) =>
      void ([osDisk.managedDisk, data!.managedDisk] = [data!.managedDisk, osDisk.managedDisk]),
  },
];

test.each(templates)('the staged template $what: a restore deploys nothing, and says why', async (one) => {
  const before = await deployments();
  // Another name is another plan: the approval of one that failed covers it for a day.
  const name = `vm-app-01-t${templates.indexOf(one)}`;
  const chat = await choosesNewVm(bot, 'vm-app-01', name);
  changesTemplate(one.change);
  await approvesRestore(chat);
  const failed = await chat.untilTitle(/^❌/u);
  await over(chat);
  expect(failed.text).toContain(say('trouble.template-other-disks'));
  expect(await deployments()).toBe(before);
  expect((await bot.azure.state('vms')).vms.map(({ name }) => name)).not.toContain(name);
});

test.each(templates)('the same in a drill: $what; its report says that it failed', async ({ change }) => {
  const [before, reports] = [await deployments(), (await signed()).length];
  changesTemplate(change);
  const chat = await requestsOrRepeatsDrill(bot, 'vm-app-01');
  await chat.untilTitle(new RegExp(say('trouble.template-other-disks')));
  await over(chat);
  expect(await deployments()).toBe(before);
  const [file, ...others] = (await signed()).slice(reports);
  expect([file!.report['result'], others]).toEqual(['failed', []]);
  const { disks } = await bot.azure.state('disks');
  expect(disks.filter(({ resourceGroup }) => resourceGroup === 'rg-drills')).toEqual([]);
});

/** What became of the new VM between Azure's deployment and Kluis's look at it. */
const machines = [
  {
    what: 'has a disk that isn’t restored',
    why: 'other-disks',
    change: ({ disks }: SimState, vm: SimState['vms'][number]) => {
      const { managedBy: _, ...like } = disks.find(({ managedBy }) => same(managedBy, vmId(vm)))!;
      const own = { ...like, resourceGroup: 'rg-app', name: 'disk-of-others', tags: {}, managedBy: vmId(vm) };
      disks.push(own);
      vm.disks.push({ role: 'data', lun: 9, name: own.name, diskId: diskId(own) });
    },
  },
  {
    what: 'has lost a restored disk',
    why: 'disks-missing',
    change: ({ disks }: SimState, vm: SimState['vms'][number]) => {
      const lost = vm.disks.find(({ role }) => role === 'data')!;
      vm.disks = vm.disks.filter((one) => one !== lost);
      for (const disk of disks) if (same(diskId(disk), lost.diskId)) delete disk.managedBy;
    },
  },
] as const;

test.each(machines)('the new VM $what: that is told, and not that it was restored', async ({ why, change }) => {
  const name = `vm-app-01-${why}`;
  const chat = await choosesNewVm(bot, 'vm-app-01', name);
  changesVm(bot, name, change);
  await approvesRestore(chat);
  const failed = await chat.untilTitle(/^❌/u);
  await over(chat);
  expect(failed.text).toContain(say(`trouble.${why}`));
  expect((await chat.card()).title).toMatch(/^❌/u);
});

test.each(machines)('the same in a drill: it $what, and no report says that it succeeded', async ({ why, change }) => {
  const reports = (await signed()).length;
  changesVm(bot, 'vm-app-01-drill', change);
  const chat = await requestsOrRepeatsDrill(bot, 'vm-app-01');
  await chat.untilTitle(new RegExp(say(`trouble.${why}`)));
  await over(chat);
  expect((await signed()).slice(reports).map(({ report }) => report['result'])).toEqual(['failed']);
});
