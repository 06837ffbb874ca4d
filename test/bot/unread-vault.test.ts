/** A Recovery Services vault that can't be read for an hour: one alert for all such, with what is missing. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { words } from '../../src/message/words.ts';
import { IDENTITIES } from '../../src/sim/http/call.ts';
import type { LabMessage } from '../support/lab-client.ts';
import { channelCards, untilCard, untilNoted } from '../support/channel-cards.ts';
import { SlackChat, textOf } from '../slack/support/slack-client.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

let bot: TestBot;
beforeAll(async () => {
  const often = {
    leases: { sweep: 300, poll: 400, failedTtlMs: 200 },
    waits: { vaultLook: 3_600_000, vaultIdle: 300 },
  };
  bot = await startBot({ database: 'postgres', ...often });
  await bot.asks('ana', 'backup vaults');
  await (await bot.thread('ana', 'backup watch')).untilTitle(say('watch.on'));
  await bot.as('ana').until('every vault to be polled', async () => {
    const polls = await bot.rows('vault_poll');
    return polls.length >= 3 && polls.every(({ polled_at }) => polled_at !== null);
  });
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const action = 'Microsoft.RecoveryServices/Vaults/backupJobs/read';
const says = (vault: string) =>
  `The client 'k' with object id 'k' does not have authorization to perform action '${action}' over scope '${vault}' or the scope is invalid.`;
/** Azure refuses everything about these vaults. */
const refuses = (...vaults: readonly string[]) =>
  bot.azure.fault(
    ...vaults.map((vault) => ({
      match: { path: `/vaults/${vault}[/?]` },
      status: 403,
      body: { error: { code: 'AuthorizationFailed', message: says(vault) } },
    })),
  );
const open = async () =>
  (await bot.rows('alert')).filter(
    ({ cause_key, closed_at }) => cause_key.startsWith('vault-unread') && closed_at === null,
  );
const untilClosed = () => bot.as('ana').until('no vault unread', async () => (await open()).length === 0 || null);
const readyz = async () =>
  (await (await fetch(`${bot.url}/readyz?full`)).json()) as { vaults?: boolean; because?: { vaults?: string } };
const shown = async () =>
  (await channelCards(bot, 'rsv-prod-weu')).map(({ message }: { message: LabMessage }) => message.id);

test('one vault is refused for an hour: one alert with the missing permission and its role, and it closes', async () => {
  await refuses('rsv-prod-weu');
  const { message, card } = await untilCard(bot, "Kluis can't read rsv-prod-weu");
  expect(card.title).toBe("❌ Kluis can't read rsv-prod-weu: no permission");
  expect(card.text).toContain('Backups there may run or fail unseen');
  expect(card.text).toContain(action);
  expect(card.text).toContain('kluis-reader');
  expect(card.text).toContain(says('rsv-prod-weu'));
  expect(card.titles[0]).toBe(say('alert.take-on'));
  await bot
    .as('ana')
    .until('/readyz?full to say so', async () => (await readyz()).because?.vaults?.includes('rsv-prod-weu'));
  // Azure itself answers: that alert is another one.
  expect((await bot.rows('alert')).filter(({ cause_key }) => cause_key.startsWith('azure-away'))).toEqual([]);

  // A second vault joins the same card; a restart repeats nothing.
  await refuses('rsv-prod-neu');
  const two = await untilCard(bot, "Kluis can't read 2 vaults");
  expect(two.message.id).toBe(message.id);
  expect(two.card.title).toBe("❌ Kluis can't read 2 vaults: no permission");
  expect(two.card.text).toMatch(/rsv-prod-neu[^]*rsv-prod-weu|rsv-prod-weu[^]*rsv-prod-neu/);
  await bot.restart();
  await bot.as('ana').until('another poll after the restart', async () => {
    const polls = await bot.rows('vault_poll');
    return polls.some(({ fence, vault_id }) => vault_id.endsWith('/rsv-prod-weu') && fence > 3) || null;
  });
  expect(await open()).toHaveLength(1);
  expect((await channelCards(bot, "Kluis can't read")).map((one) => one.message.id)).toEqual([message.id]);

  await bot.azure.mend();
  await untilClosed();
  const closed = await untilCard(bot, 'Resolved');
  expect(closed.message.id).toBe(message.id);
  await bot.as('ana').until('/readyz?full', async () => (await readyz()).vaults === true || null);
});

test('every vault is refused: Azure answers, so it is the same one card and not an outage', async () => {
  const names = (await bot.rows('vault_poll')).map(({ vault_id }) => vault_id.split('/').at(-1)!);
  await refuses(...names);
  const { card } = await untilCard(bot, `Kluis can't read ${names.length} vaults`);
  expect(card.title).toContain('no permission');
  expect((await bot.rows('alert')).filter(({ cause_key }) => cause_key.startsWith('azure-away'))).toEqual([]);
  await bot.azure.mend();
  await untilClosed();
});

test('a vault without an answer says so, in Slack too; one that is deleted meanwhile isn’t unread', async () => {
  const slack = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
  await slack.says('@Kluis backup watch');
  const before = await shown();
  await bot.azure.fault({ match: { path: '/vaults/rsv-prod-neu[/?]' }, status: 503, body: {} });
  const told = await slack.until(/Kluis can't read rsv-prod-neu: Azure answered 503/);
  await untilNoted(bot, told.ts);
  expect(textOf(told)).toContain('Azure answered with 503');
  expect(await shown()).toEqual(before);

  const { vaults } = await bot.azure.state('vaults');
  await bot.azure.mend();
  await bot.azure.change({ vaults: vaults.filter(({ name }) => name !== 'rsv-prod-neu') });
  await refreshInventory(bot.deps);
  await untilClosed();
  // Nor is one of which only its list is out of date.
  await bot.azure.change({ vaults });
  await refreshInventory(bot.deps);
  await untilClosed();
});

test('a vault that a deny assignment hides from every list stays watched and is reported; one that is gone is not', async () => {
  const { vaults, denyAssignments } = await bot.azure.state('vaults', 'denyAssignments');
  const hiddenId = (await bot.rows('vault_poll')).find(({ vault_id }) => vault_id.endsWith('/rsv-prod-weu'))!.vault_id;
  const none = { notActions: [], dataActions: [], notDataActions: [] };
  const deny = {
    ...{ id: crypto.randomUUID(), name: 'hidden', scope: hiddenId, permissions: { actions: ['*/read'], ...none } },
    ...{ principals: [{ id: IDENTITIES['kluis-operate'], type: 'ServicePrincipal' }], excluded: [] },
  };
  await bot.azure.change({ denyAssignments: [...denyAssignments, deny] });
  await refreshInventory(bot.deps);
  const { card } = await untilCard(bot, "Kluis can't read rsv-prod-weu: no permission");
  expect(card.text).toContain('backupJobs/read');
  await refreshInventory(bot.deps);
  expect(await open()).toHaveLength(1);
  await bot.azure.change({ denyAssignments });
  await untilClosed();
  expect((await bot.rows('vault_poll')).map(({ vault_id }) => vault_id)).toContain(hiddenId);
  await bot.azure.change({ vaults: vaults.filter(({ name }) => name !== 'rsv-prod-weu') });
  await refreshInventory(bot.deps);
  await bot
    .as('ana')
    .until(
      'its poll to end',
      async () => (await bot.rows('vault_poll')).every(({ vault_id }) => vault_id !== hiddenId) || null,
    );
  expect(await open()).toEqual([]);
  await bot.azure.change({ vaults });
});

test('what a process that is stopped left behind opens nothing: only failed polls an hour apart do', async () => {
  await bot.stop();
  const old = sql<Date>`now() - interval '2 hours'`;
  await bot.database.db
    .updateTable('vault_poll')
    .set({
      unread: JSON.stringify({ why: 'silent', action: null }),
      unread_since: old,
      unread_at: old,
      unread_polls: 9,
    })
    .execute();
  const before = (await bot.rows('alert')).length;
  await bot.start();
  await bot
    .as('ana')
    .until(
      'every vault to be read again',
      async () => (await bot.rows('vault_poll')).every(({ unread_since }) => unread_since === null) || null,
    );
  expect((await bot.rows('alert')).length).toBe(before);
});
