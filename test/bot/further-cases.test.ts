import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { scenarioNames } from '../../src/sim/scenarios/scenarios.ts';
import type { CardView } from '../support/card-view.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { estateVms, ownVms, type FurtherCase } from './further-cases.ts';

function expectAnswer(card: CardView, { title, says, saysNot = [], folded = [], buttons }: FurtherCase): void {
  expect(card.title).toMatch(title);
  for (const words of says) expect(card.shown).toMatch(words);
  for (const words of saysNot) expect(card.shown).not.toMatch(words);
  for (const words of folded) expect(card.text).toMatch(words);
  expect(card.titles).toEqual(buttons);
}

const named = (cases: readonly FurtherCase[]) => cases.map((one) => [one.case, one] as const);

/** Scenarios that a test below loads itself; the last two are loaded in test/scenarios/just-started.test.ts. */
const played = [
  'kek-of-certificate',
  'backup-running',
  'protected-by-policy',
  'vm-moved',
  'backup-app-unreadable',
  'provider-not-registered',
];

test('every simulator scenario has its expected answer here', () => {
  const laid = new Set([...[...ownVms, ...estateVms].flatMap(({ lays }) => lays), ...played]);
  expect(Object.keys(scenarioNames()).filter((name) => !laid.has(name))).toEqual([]);
});

describe('further real-world cases', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', speed: 20_000 });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  describe('on VMs of their own', () => {
    const cards = new Map<string, CardView>();
    beforeAll(async () => {
      await bot.azure.reset();
      for (const name of ownVms.flatMap(({ lays }) => lays)) await bot.azure.scenario(name);
      // All at once, so the last of them is checked after all others.
      const asked = ownVms.map(async ({ vm }) => {
        const chat = await bot.thread('ana', `backup ${vm}`);
        cards.set(vm, await chat.untilLooked());
      });
      await Promise.all(asked);
    });

    test.each(named(ownVms))('%s', (_, one) => expectAnswer(cards.get(one.vm)!, one));
  });

  describe('on VMs of the estate', () => {
    beforeEach(() => bot.azure.reset());

    test.each(named(estateVms))('%s', async (_, one) => {
      for (const name of one.lays) await bot.azure.scenario(name);
      expectAnswer(await (await bot.asks('ana', `backup ${one.vm}`)).card(), one);
    });
  });

  describe('and what then happens', () => {
    beforeEach(() => bot.azure.reset());

    test('1 a grant in two key vaults is one plan: both are given, then the VM is backed up', async () => {
      await bot.azure.scenario('keys-in-two-vaults-without-access');
      const chat = await bot.asks('ana', 'backup vm-case-01b');
      await chat.clicks('Give access, protect and back up');
      await chat.untilTitle(/vm-case-01b is backed up/);
      const given = await bot.azure.writes(/accessPolicies\/add/);
      expect(given.map(({ path }) => /vaults\/([^/]+)\//.exec(path)?.[1])).toEqual(
        expect.arrayContaining(['kv-bek-weu', 'kv-kek-weu']),
      );
      expect(await bot.operationsIn(chat)).toHaveLength(1);
    });

    test('5 a KEK of a certificate: Azure says that permissions are missing, and no grant is offered', async () => {
      await bot.azure.scenario('kek-of-certificate');
      const chat = await bot.asks('ana', 'backup vm-case-05');
      const before = await chat.card();
      expect(before.title).toBe('🔎 vm-case-05 is probably ready; 1 check incomplete');
      expect(before.shown).toMatch(/The KEK \(kek-disks\) has a start and an end date, as a certificate's key has/);
      expect(before.details).toContain('25 of 26 checks completed');
      await chat.clicks('Try anyway');
      const card = await chat.untilTitle(/^❌ vm-case-05/u);
      expect(card.text).toContain('UserErrorKeyVaultPermissionsNotConfigured');
      expect(card.titles.filter((title) => /access/i.test(title))).toEqual([]);
      expect(card.title).toMatch(/: KEK probably from a certificate$/);
      expect(card.shown).toContain('the KEK (kek-disks) belongs to a certificate');
      expect(card.shown).toMatch(
        /az keyvault key show --id https:\/\/kv-[^/]+\/keys\/kek-disks\/\S+ --query managed[^]*standalone key/,
      );
      expect(card.shown).not.toContain('shows which permissions are missing');
      expect(await bot.azure.writes(/accessPolicies|roleAssignments/)).toEqual([]);
    });

    test('10 soft-deleted in one vault: protected in another, and the old points stay', async () => {
      await bot.azure.scenario('soft-deleted-item');
      const chat = await bot.asks('ana', 'backup vm-case-10');
      await chat.clicks('Protect and back up now');
      await chat.untilTitle(/vm-case-10 is backed up/);
      const { items } = await bot.azure.state('items');
      const mine = items.filter(({ vmId }) => vmId.endsWith('vm-case-10'));
      expect(mine.map(({ vaultId, deletedAt }) => [vaultId.split('/').at(-1), deletedAt !== undefined])).toEqual([
        ['rsv-test-weu', true],
        ['rsv-prod-weu', false],
      ]);
    });

    test('13 a scheduled backup runs: "backup now" joins it; one job, one card', async () => {
      await bot.azure.scenario('backup-running');
      const chat = await bot.thread('ana', 'backup now vm-app-01');
      await chat.untilTitle(/vm-app-01 is backed up/);
      expect(await bot.azure.writes(/\/backup\?/)).toEqual([]);
      expect(await chat.cards()).toHaveLength(1);
    });

    test('13 Azure Policy protects the VM between card and click: adopted, and said', async () => {
      const chat = await bot.asks('ana', 'backup vm-sql-01');
      await bot.azure.scenario('protected-by-policy');
      await chat.clicks('Protect and back up now');
      const card = await chat.untilLooked();
      expect(card.title).toMatch(/vm-sql-01 is protected/);
      expect(card.titles).toContain('Back up now');
      await chat.clicks('Back up now');
      await chat.untilTitle(/vm-sql-01 is backed up/);
      expect(await bot.azure.writes(/protectedItems\/[^/]+$|protectedItems\/[^/]+\?/)).toEqual([]);
    });

    test('20 the key vault is recovered, without its role assignments: then access is what is missing', async () => {
      await bot.azure.scenario('key-vault-deleted');
      const chat = await bot.asks('ana', 'backup vm-rbac-01');
      await chat.untilTitle(/key vault deleted/);
      const { deletedKeyVaults, keyVaults } = await bot.azure.state('deletedKeyVaults', 'keyVaults');
      const back = deletedKeyVaults.find(({ vault }) => vault.name === 'kv-rbac-weu')!;
      await bot.azure.change({ keyVaults: [...keyVaults, back.vault], deletedKeyVaults: [] });
      await chat.clicks('Check again');
      const card = await chat.untilTitle(/^🔑 vm-rbac-01: Azure Backup needs access to kv-rbac-weu$/u);
      expect(card.titles).toContain('Give access, protect and back up');
    });

    test('20 the VM moved to another group: it is found there, and counts as new', async () => {
      await bot.asks('ana', 'backup vm-app-01');
      await bot.azure.scenario('vm-moved');
      const chat = await bot.asks('ana', 'backup vm-app-01');
      expect((await chat.card()).shown).toMatch(/moved to another group/);
      await chat.clicks('Check again');
      const card = await chat.untilTitle(/^✅ vm-app-01 is ready to back up$/u);
      expect(card.shown).toMatch(/Not protected yet · rg-web · /);
      expect(card.titles).toContain('Protect and back up now');
    });
  });
});
