import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { DrillFile } from '../../src/audit/drill-file.ts';
import { diskId, interfaceId, same, vmId } from '../../src/sim/ids.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import { drillTag } from '../../src/core/drill-tag.ts';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { drillRoles, requestsOrRepeatsDrill } from '../support/drill-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config: drillRoles, speed: 20_000, leases: { sweep: 300 } });
  for (const entry of bot.deps.drills as unknown as { keepMs: number }[]) entry.keepMs = 3_600_000;
});
afterEach(() => {
  bot.failpoint = () => {};
});
afterAll(() => bot?.[Symbol.asyncDispose]());

/** A drill whose VM is created and kept for an hour. */
async function keptDrill(vm: string): Promise<BotChat> {
  const chat = await requestsOrRepeatsDrill(bot, vm);
  await chat.untilTitle(say('progress.now-keep-drill', { vm: `${vm.split('/').pop()}-drill` }));
  return chat;
}

/** The hour has passed. */
async function hourPasses(chat: BotChat): Promise<void> {
  const past = new Date(Date.now() - 61 * 60_000).toISOString();
  const [operation] = await bot.operationsIn(chat);
  await sql`update operation set due_at = now(), parts = jsonb_set(parts, '{delete}', parts -> 'delete' ||
    ${JSON.stringify({ began: past, dueAt: past })}::jsonb) where id = ${operation!.id}`.execute(bot.database.db);
}

/** Changes the drill's VM, its interface and disks, with something of somebody's beside them. */
async function change(name: string, edit: (state: SimState, vm: SimState['vms'][number]) => void): Promise<void> {
  const state = await bot.azure.state();
  edit(
    state,
    state.vms.find((one) => one.name === name)!,
  );
  const { vms, disks, networkInterfaces, publicAddresses } = state;
  await bot.azure.change({ vms, disks, networkInterfaces, publicAddresses });
}

const deletions = async () =>
  (await bot.azure.requests('DELETE', /Microsoft\.(Compute|Network)/i)).map(({ path }) => path.split('?')[0]!);
const inDrills = async () => {
  const { vms, disks, networkInterfaces } = await bot.azure.state('vms', 'disks', 'networkInterfaces');
  return [...vms, ...disks, ...networkInterfaces].filter(({ resourceGroup }) => resourceGroup === 'rg-drills');
};

const attached = [
  {
    what: 'a disk that would be deleted with the VM',
    name: 'disk-of-tester',
    attach: ({ disks }: SimState, vm: SimState['vms'][number]) => {
      const { managedBy: _, ...like } = disks.find(({ managedBy }) => same(managedBy, vmId(vm)))!;
      const own = { ...like, resourceGroup: 'rg-app', name: 'disk-of-tester', tags: {}, managedBy: vmId(vm) };
      disks.push(own);
      vm.disks.push({ role: 'data', lun: 9, name: own.name, diskId: diskId(own), deleteOption: 'Delete' });
    },
    detach: ({ disks }: SimState, vm: SimState['vms'][number]) => {
      vm.disks = vm.disks.filter(({ name }) => name !== 'disk-of-tester');
      for (const disk of disks) if (disk.name === 'disk-of-tester') delete disk.managedBy;
    },
  },
  {
    what: 'an interface that would be deleted with the VM',
    name: 'nic-of-tester',
    attach: ({ networkInterfaces }: SimState, vm: SimState['vms'][number]) => {
      const like = networkInterfaces.find((one) => same(one.vmId, vmId(vm)))!;
      const own = {
        ...like,
        resourceGroup: 'rg-app',
        name: 'nic-of-tester',
        tags: {},
        deleteOption: 'Delete' as const,
      };
      networkInterfaces.push(own);
      vm.interfaceIds!.push(interfaceId(own));
    },
    detach: ({ networkInterfaces }: SimState, vm: SimState['vms'][number]) => {
      vm.interfaceIds = vm.interfaceIds!.filter((id) => !id.endsWith('/nic-of-tester'));
      for (const one of networkInterfaces) if (one.name === 'nic-of-tester') delete one.vmId;
    },
  },
  {
    what: 'a public address of its interface that would be deleted with the VM',
    name: 'ip-of-tester',
    attach: ({ networkInterfaces, publicAddresses }: SimState, vm: SimState['vms'][number]) => {
      const nic = networkInterfaces.find((one) => same(one.vmId, vmId(vm)))!;
      const { subscription, location } = nic;
      const own = { subscription, location, resourceGroup: 'rg-app', name: 'ip-of-tester', tags: {} };
      publicAddresses.push({ ...own, deleteOption: 'Delete' });
      nic.publicAddressId = `/subscriptions/${subscription}/resourceGroups/rg-app/providers/Microsoft.Network/publicIPAddresses/ip-of-tester`;
    },
    detach: ({ networkInterfaces }: SimState, vm: SimState['vms'][number]) => {
      for (const one of networkInterfaces) if (same(one.vmId, vmId(vm))) delete one.publicAddressId;
    },
  },
];

test.each(attached)(
  '$what, and that the drill didn’t create: neither is deleted, and the card says why',
  async (one) => {
    const name = 'vm-app-01-drill';
    const chat = await keptDrill('vm-app-01');
    await change(name, one.attach);
    const [before, made] = [await deletions(), await inDrills()];
    const exists = async () => {
      const { disks, networkInterfaces, publicAddresses } = await bot.azure.state();
      return [...disks, ...networkInterfaces, ...publicAddresses].some((each) => each.name === one.name);
    };
    await hourPasses(chat);
    await chat.until('the end', async () => (await bot.operationsIn(chat)).every(({ status }) => status !== 'running'));
    expect(await exists()).toBe(true);
    expect(await deletions()).toEqual(before);
    expect(await inDrills()).toEqual(made);
    const failed = await chat.untilTitle(new RegExp(say('trouble.others-attached')));
    expect(failed.text).toContain(say('deleted.kept', { what: name, has: one.name }));
    for (const { name: left } of made) expect(failed.text).toContain(left);
    const files = (await bot.rows('audit')).flatMap(({ entry }) => (entry as { file?: DrillFile }).file ?? []);
    const { result, left, deleted } = files.at(-1)!.report as unknown as {
      result: string;
      left: string[];
      deleted: string[];
    };
    expect({ result, deleted }).toEqual({ result: 'failed', deleted: [] });
    expect(left.map((id) => id.split('/').pop()).toSorted()).toEqual(made.map((each) => each.name).toSorted());
    // Detached, what the drill created is deleted with one tap, and nothing else.
    await change(name, one.detach);
    const sweeping = await bot.asks('ana', 'backup leftovers');
    await sweeping.untilButton(say('button.delete-left'));
    await sweeping.clicks(say('button.delete-left'));
    await sweeping.untilTitle(say('closing.delete-left', { group: 'rg-drills' }));
    expect(await inDrills()).toEqual([]);
    expect(await exists()).toBe(true);
  },
);

test('the tag in another case, as a policy may write it: a leftover is listed and deleted with one tap', async () => {
  const chat = await keptDrill('vm-app-01');
  // Its VM isn't deleted, since it has somebody's disk; then that is gone, and the tags have another case.
  await change('vm-app-01-drill', attached[0]!.attach);
  await hourPasses(chat);
  await chat.untilTitle(new RegExp(say('trouble.others-attached')));
  await chat.until('the end', async () => (await bot.operationsIn(chat)).every(({ status }) => status !== 'running'));
  await change('vm-app-01-drill', attached[0]!.detach);
  await change('vm-app-01-drill', ({ vms, disks, networkInterfaces }) => {
    for (const one of [...vms, ...disks, ...networkInterfaces]) {
      const { [drillTag]: drill, ...others } = one.tags ?? {};
      if (drill !== undefined) one.tags = { ...others, 'Kluis-Drill': drill };
    }
  });
  const sweeping = await bot.asks('ana', 'backup leftovers');
  await sweeping.untilButton(say('button.delete-left'));
  await sweeping.clicks(say('button.delete-left'));
  await sweeping.untilTitle(say('closing.delete-left', { group: 'rg-drills' }));
  expect(await inDrills()).toEqual([]);
});

/** What somebody does to the drill's VM after Kluis has looked at it, and undoes later. */
const meanwhile = [
  {
    what: 'takes its tag away',
    why: 'not-of-drill',
    does: (_: SimState, vm: SimState['vms'][number]) => void (vm.tags = {}),
    undoes: (operation: string) => (_: SimState, vm: SimState['vms'][number]) =>
      void (vm.tags = { [drillTag]: operation }),
  },
  {
    what: 'attaches a disk of theirs to it',
    why: 'others-attached',
    does: attached[0]!.attach,
    undoes: () => attached[0]!.detach,
  },
] as const;

test.each(meanwhile)('somebody $what between the look and the deletion: nothing of it is deleted', async (one) => {
  for (const entry of bot.deps.drills as unknown as { keepMs: number }[]) entry.keepMs = 0;
  const before = await deletions();
  let isDone = false;
  bot.failpoint = async (failpoint) => {
    if (failpoint !== 'write:after-attempt' || isDone) return;
    const attempts = (await bot.rows('attempt')).filter(
      ({ call, outcome }) => /^delete .*virtualMachines/i.test(call) && !outcome,
    );
    if (isDone || attempts.length === 0) return;
    isDone = true;
    await change('vm-app-02-drill', one.does);
  };
  const chat = await requestsOrRepeatsDrill(bot, 'vm-app-02');
  const failed = await chat.untilTitle(new RegExp(say(`trouble.${one.why}`)));
  await chat.until('the end', async () => (await bot.operationsIn(chat)).every(({ status }) => status !== 'running'));
  expect(isDone).toBe(true);
  expect(failed.text).toContain('vm-app-02-drill');
  expect((await deletions()).slice(before.length).filter((path) => path.includes('virtualMachines'))).toEqual([]);
  expect((await inDrills()).map(({ name }) => name)).toContain('vm-app-02-drill');
  const [operation] = await bot.operationsIn(chat);
  await change('vm-app-02-drill', one.undoes(operation!.id));
  const sweeping = await bot.asks('ana', 'backup leftovers');
  await sweeping.untilButton(say('button.delete-left'));
  await sweeping.clicks(say('button.delete-left'));
  await sweeping.untilTitle(say('closing.delete-left', { group: 'rg-drills' }));
  expect(await inDrills()).toEqual([]);
});
