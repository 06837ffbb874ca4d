import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { PEOPLE } from '../../src/sim/estate/known.ts';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const vm = 'vm-bek-01';
const holds = /Allowed without KEK until .*, by Ben Jansen\./;
const isForEarlier = /The exception until .*, allowed by Ben Jansen, is for an earlier VM with this name/;

let bot: TestBot;
beforeAll(async () => {
  const roles = `roles: { operator: [everyone], approver: ['user:${PEOPLE.ana}', 'user:${PEOPLE.ben}'] }`;
  bot = await startBot({ database: 'postgres', config: roles, speed: 20_000 });
});
afterEach(async () => {
  await sql`delete from kek_exception`.execute(bot.database.db);
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const guidNow = async () => (await bot.azure.state('vms')).vms.find(({ name }) => name === vm)!.vmId;
let times = 0;
/** Somebody deletes the VM and creates another one with its name. */
const recreates = async () => {
  const { vms } = await bot.azure.state('vms');
  const other = { vmId: `00000000-0000-0000-0000-0000000001${10 + times++}`, created: new Date().toISOString() };
  await bot.azure.change({ vms: vms.map((one) => (one.name === vm ? { ...one, ...other } : one)) });
};
const checks = async () => (await bot.asks('ana', `backup ${vm}`)).card();

async function asks(): Promise<BotChat> {
  const chat = await bot.asks('ana', `backup exception ${vm}`);
  await chat.untilTitle(say('exception.title', { vm }));
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await chat.clicks(say('button.ask-approval'), { reason: 'until the migration', until });
  await chat.untilWaits('0 of 1');
  return chat;
}

async function allows(): Promise<void> {
  const chat = await asks();
  await chat.as('ben').clicks(say('button.approve'));
  await chat.untilTitle(say('closing.exception', { vm }));
}

test('an exception is for the VM that had the name then: one that is created again needs its own', async () => {
  await allows();
  const first = await guidNow();
  expect(await bot.rows('kek_exception')).toMatchObject([{ vm_name: vm, vm_guid: first }]);
  const chat = await bot.asks('ana', `backup ${vm}`);
  expect((await chat.card()).text).toMatch(holds);

  await recreates();
  await chat.clicks('Protect only'); // on a card from before
  await chat.untilTitle('blocked by your rule');
  const blocked = await checks();
  expect(blocked.title).toContain('blocked by your rule');
  expect(blocked.text).toMatch(isForEarlier);
  expect(blocked.text).not.toMatch(holds);
  expect(blocked.titles[0]).toBe(say('button.ask-exception'));
  expect((await (await bot.asks('ana', `backup exception ${vm}`)).card()).text).toMatch(isForEarlier);
  expect(await bot.azure.writes()).toEqual([]);

  await allows();
  expect(await bot.rows('kek_exception')).toMatchObject([{ vm_guid: first }, { vm_guid: await guidNow() }]);
  await refreshInventory(bot.deps);
  await bot.as('ben').asks('backup approvals');
  const listed = await bot.as('ben').card();
  expect(listed.text.match(/for an earlier VM with this name, so it no longer counts/g)).toHaveLength(1);
  expect(listed.titles.filter((title) => title === say('exceptions.end'))).toHaveLength(1);
  const allowed = await bot.asks('ana', `backup ${vm}`);
  expect((await allowed.card()).text).toMatch(holds);
  expect((await allowed.card()).text).not.toMatch(isForEarlier);
});

test('a VM that is created again before its exception is approved: that isn’t noted', async () => {
  const chat = await asks();
  await recreates();
  await chat.as('ben').clicks(say('button.approve'));
  await chat.until('the end of the request', async () =>
    (await bot.rows('approval_request')).some(({ state }) => state === 'superseded'),
  );
  expect(await bot.rows('kek_exception')).toEqual([]);
  expect((await checks()).title).toContain('blocked by your rule');
});

test('an exception that an older release noted counts, unless the VM was created after it', async () => {
  await allows();
  await sql`update kek_exception set vm_guid = null`.execute(bot.database.db);
  expect((await checks()).text).toMatch(holds);
  await recreates();
  const blocked = await checks();
  expect(blocked.title).toContain('blocked by your rule');
  expect(blocked.text).toMatch(isForEarlier);
  const dutch = await bot.as('ana').inDutch().asks(`backup ${vm}`);
  expect(dutch.text).toMatch(/is voor een eerdere VM met deze naam\. Voor deze VM geldt die niet\./);
});
