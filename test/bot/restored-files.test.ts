import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { approvesRestore, choosesNewVm, restoreRoles } from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config: restoreRoles, speed: 20_000 });
});
afterAll(() => bot?.[Symbol.asyncDispose]());

test('of the staging account exactly the files of the restore are deleted, and none that only begins like one', async () => {
  const name = 'vm-app-01-files';
  const chat = await choosesNewVm(bot, 'vm-app-01', name);
  const placed = { own: [] as string[], others: [] as string[] };
  bot.failpoint = async () => {
    const { vms, blobs, disks } = await bot.azure.state('vms', 'blobs', 'disks');
    const vm = vms.find((one) => one.name === name);
    const staged = blobs.find((one) => one.name.startsWith('azuredeploy'));
    // Several failpoints may be reached at once.
    if (!vm || !staged || placed.own.length > 0) return;
    bot.failpoint = () => {};
    const restored = disks.filter(({ managedBy }) => managedBy?.endsWith(`/${name}`)).map((disk) => disk.name);
    placed.own.push(...restored.map((disk) => `${disk}.vhd`));
    placed.others.push(
      ...restored.flatMap((disk) => [`${disk}.vhd.bak`, `${disk}-copy.vhd`, `${disk}`, `x${disk}.vhd`]),
    );
    placed.others.push(`${staged.name}.old`, `copy-of-${staged.name}`);
    const { account, container, made } = staged;
    const more = [...placed.own, ...placed.others].map((blob) => ({ account, container, made, name: blob, bytes: 1 }));
    await bot.azure.change({ blobs: [...blobs, ...more] });
  };
  await approvesRestore(chat);
  const closing = await chat.untilTitle(say('closing.check-vm', { vm: name }));
  expect(placed.own.length).toBeGreaterThan(1);
  const left = (await bot.azure.state('blobs')).blobs.map((blob) => blob.name);
  expect(left.toSorted()).toEqual(placed.others.toSorted());
  const deleted = (await bot.azure.requests('DELETE', /^\/vm-app-01-/)).map(({ path }) =>
    path.split('?')[0]!.split('/').at(-1),
  );
  for (const other of placed.others) expect(deleted).not.toContain(other);
  const account = 'stkluisweu';
  const others = placed.others.length;
  expect(closing.text).toContain(say('cleaned.deleted', { deleted: deleted.length, others, account }));
});
