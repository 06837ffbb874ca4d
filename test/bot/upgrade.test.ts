import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { firstBreak } from '../../src/audit/chain.ts';
import { words } from '../../src/message/words.ts';
import { auditAfter } from '../../src/store/audit.ts';
import { linkOf } from '../../src/store/person-links.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { titleOf } from '../support/card-view.ts';
import { previousRelease, type PreviousChats } from '../support/previous-release.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

/** This release, on the database, the chat and the Azure that the previous one left in the middle of its work. */
const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const left = previousRelease();
const channel = '19:general@thread.tacv2';
const config = `
roles: { operator: [everyone], approver: [everyone] }
rules:
  - { operation: protect, vm: vm-more-01, approvals: 1, within: 4h, start: 1h }
  - { operation: grant-key-vault-access, vm: vm-web-01, approvals: 1, within: 4h, start: 1h }
`;

let bot: TestBot;
/** What an administrator runs before the start to stop what must not continue: the statement in docs/run.md. */
const setFailed = (schema: string) => `;
  update ${schema}.operation set status = 'failed', ended_at = now(), due_at = null
  where conversation_id = 'teams:${left.chats.unwanted}'`;
beforeAll(async () => {
  const database: typeof left.database = (schema, port) => left.database(schema, port) + setFailed(schema);
  bot = await startBot({ database: 'postgres', left: { ...left, database }, config, leases: { sweep: 300 } });
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const placeOf = (name: keyof PreviousChats): BotChat => bot.in('ana', left.chats[name]);

/** This release's requests to Azure for a VM; those of the previous one aren't among them. */
async function asked(vm: string): Promise<{ protect: number; backUp: number }> {
  const protect = await bot.azure.requests('PUT', new RegExp(`;${vm}\\?`));
  const backUp = await bot.azure.requests('POST', new RegExp(`;${vm}/backup\\?`));
  return { protect: protect.length, backUp: backUp.length };
}

async function endsOnce(chat: BotChat, title: string): Promise<void> {
  await chat.untilTitle(title);
  await chat.until('the mention', async () => (await chat.pings()).length > 0);
  expect(await chat.pings()).toHaveLength(1);
  expect(await chat.cards()).toHaveLength(1);
  expect((await bot.operationsIn(chat)).map(({ status }) => status)).toEqual(['succeeded']);
}

test('a write that was about to be sent is sent once, and what follows it too', async () => {
  await endsOnce(placeOf('unsent'), 'vm-more-03 is backed up');
  expect(await asked('vm-more-03')).toEqual({ protect: 1, backUp: 1 });
});

test('a backup that runs in Azure is followed to its end', async () => {
  const chat = placeOf('running');
  expect((await chat.card()).title).toContain('Backing up vm-more-05');
  await bot.azure.pass(86_400);
  await endsOnce(chat, 'vm-more-05 is backed up');
  expect(await asked('vm-more-05')).toEqual({ protect: 0, backUp: 0 });
});

test('a write whose answer was not stored is found in Azure and not sent again', async () => {
  await endsOnce(placeOf('sent'), 'vm-more-04 is backed up');
  expect(await asked('vm-more-04')).toEqual({ protect: 0, backUp: 0 });
});

test('the button of an open card works', async () => {
  const chat = placeOf('open');
  await chat.clicks(say('button.protect+back-up-now'));
  await endsOnce(chat, 'vm-more-02 is backed up');
  expect(await asked('vm-more-02')).toEqual({ protect: 1, backUp: 1 });
});

test('a pending request is approved, and runs once', async () => {
  const chat = placeOf('waiting');
  expect((await chat.clicks(say('button.approve'))).text).toBe(say('refusal.own-request'));
  await chat.as('ben').clicks(say('button.approve'));
  await chat.untilTitle('vm-more-01 is protected');
  expect(await asked('vm-more-01')).toEqual({ protect: 1, backUp: 0 });
  const [operation] = await bot.operationsIn(chat);
  const requests = await bot.rows('approval_request');
  expect(requests.find(({ operation_id }) => operation_id === operation!.id)).toMatchObject({ state: 'started' });
});

test('a request that gives access to a key vault is approved, and each part of it is done once', async () => {
  const chat = placeOf('granting');
  await chat.as('ben').clicks(say('button.approve'));
  await chat.untilTitle('vm-web-01 is backed up');
  expect(await asked('vm-web-01')).toEqual({ protect: 1, backUp: 1 });
  expect((await bot.azure.writes(/Microsoft\.KeyVault/i)).map(({ identity }) => identity)).toEqual(['kluis-grant']);
});

/** The restores that this release requested from Azure. */
const restoresOf = (vm: string) => bot.azure.requests('POST', new RegExp(`;${vm}/recoveryPoints/[^/]+/restore\\?`));

test('a requested restore is approved, and runs once', async () => {
  const chat = placeOf('requested');
  expect((await chat.clicks(say('button.approve'))).text).toBe(say('refusal.own-request'));
  await chat.as('ben').clicks(say('button.approve'));
  await chat.untilTitle(say('closing.restore-disks', { vm: 'vm-more-07' }));
  expect(await restoresOf('vm-more-07')).toHaveLength(1);
});

test('a restore that runs in Azure is followed to its end and not requested again', async () => {
  await placeOf('restoring').untilTitle(say('closing.restore-disks', { vm: 'vm-more-08' }));
  expect(await restoresOf('vm-more-08')).toEqual([]);
  const { disks } = await bot.azure.state('disks');
  expect(disks.filter((one) => one.resourceGroup === 'rg-restore' && one.name.startsWith('vm-more-08'))).toHaveLength(
    1,
  );
});

test('a posted alert is still that of its cause, on its card', async () => {
  const { rows } = await sql<{ at: Date }>`select now() as at`.execute(bot.database.db);
  await bot
    .in('ana', channel)
    .until('a look at the vault', async () =>
      (await bot.rows('vault_poll')).some(({ polled_at }) => polled_at && polled_at > rows[0]!.at),
    );
  const before = [...left.database('it', 1).matchAll(/INTO it\.alert VALUES \('([^']+)', '([^']+)'/g)];
  expect(before).toHaveLength(2);
  const alerts = await bot.rows('alert');
  for (const [, id, cause] of before) expect(alerts.filter((each) => each.cause_key === cause)).toMatchObject([{ id }]);
  const posted = (await bot.lab.messages(channel, 'ana')).filter(({ from, card }) => card && from.person === null);
  const titles = posted.map(({ card }) => titleOf(card));
  expect(new Set(titles).size).toBe(titles.length);
});

test('what was set to failed before the start doesn’t continue, and its card says so when used', async () => {
  // All others have ended by now.
  const [operation] = await bot.operationsIn(placeOf('unwanted'));
  expect(operation).toMatchObject({ status: 'failed', due_at: null });
  expect(await asked('vm-more-06')).toEqual({ protect: 0, backUp: 0 });
  const cancel = await placeOf('unwanted').sends({ verb: 'cancel-backup', data: { operation: operation!.id } });
  expect(cancel.text).toContain(say('refusal.job-not-running'));
  expect((await (await bot.asks('ana', 'backup vm-more-06')).card()).title).toContain('is ready');
});

test('the audit log continues where it was, and links remain', async () => {
  const entries = await auditAfter(bot.database.db, 0, 1000);
  expect(firstBreak(entries)).toBeNull();
  expect(entries.length).toBeGreaterThan(left.database('it', 1).match(/INTO it\.audit /g)!.length);
  expect(await linkOf(bot.database.db, { team: 'T0LAB', platformId: 'U0LINKED' })).toMatch(/c1$/);
});
