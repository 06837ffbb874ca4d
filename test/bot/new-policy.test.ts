/**
 * A policy created on the way to protecting a VM: from the pick-list to its form and back, by people whom the gate
 * allows.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { fillsInPolicy } from '../support/fills-in-policy.ts';
import { viewOf } from '../support/card-view.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

/** Ana may create policies; everybody may do what an operator may. */
const config = `
people:
  - { entra: 00000000-0000-0000-0000-0000000000a1, name: Ana de Vries }
roles:
  operator: [everyone]
  admin: [user:00000000-0000-0000-0000-0000000000a1]
`;

describe('a new policy in between', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  /** The VM's card, and the policy form below it. */
  const opens = async (vm: string): Promise<{ chat: BotChat; press: string }> => {
    const chat = await bot.asks('ana', `backup ${vm}`);
    const card = await chat.untilLooked();
    const press = card.titles.find((title) => title.startsWith('Protect')) ?? '';
    await chat.clicks(press, { policy: 'new-policy' });
    await chat.untilTitle('❓ A new policy in rsv-prod-weu');
    return { chat, press };
  };
  const said = async (chat: BotChat) => JSON.stringify(await chat.messages());
  /** The selected policy on each card of the conversation. */
  const chosen = async (chat: BotChat): Promise<string[]> => {
    const found: string[] = [];
    JSON.parse(await said(chat), (_, node: unknown) => {
      if (typeof node === 'object' && node !== null && 'id' in node && node.id === 'policy' && 'value' in node)
        found.push(String(node.value));
      return node;
    });
    return found;
  };

  test('is created by its own form and operation, and is then selected on the card; nothing else began', async () => {
    const { chat } = await opens('vm-sql-01');
    expect((await chat.card()).shown).toContain('For vm-sql-01');
    await fillsInPolicy(chat, { name: 'night-45', kind: 'Enhanced', often: 'daily', daily: '45' });
    await chat.untilTitle('❓ Create policy night-45 in rsv-prod-weu?');
    await chat.clicks('Create this policy');
    const isChosen = async () => (await chosen(chat)).some((id) => id.endsWith('/night-45')) || null;
    await chat.until('the policy chosen on the card', isChosen);
    expect(await bot.azure.requests('PUT', /backupPolicies\/night-45\?/i)).toHaveLength(1);
    expect(await bot.azure.requests('PUT', /protectedItems\//i)).toEqual([]);
    expect(await bot.operationsIn(chat)).toHaveLength(1);
  });

  test('Cancel in the form leaves the card as it was', async () => {
    const { chat, press } = await opens('vm-plain-01');
    await chat.clicks('Cancel');
    await chat.untilTitle(/^⏹/u);
    expect(await bot.operationsIn(chat)).toEqual([]);
    expect(await said(chat)).toContain(press);
  });

  test('Azure refuses it: the VM’s card says so and offers it again', async () => {
    const { chat } = await opens('vm-sql-01');
    const body = {
      error: { code: 'BMSUserErrorInvalidPolicyInput', message: 'Input for policy is not in proper format.' },
    };
    await bot.azure.fault({ match: { method: 'PUT', path: 'backupPolicies/never-1' }, status: 400, body });
    await fillsInPolicy(chat, { name: 'never-1', kind: 'Enhanced', often: 'daily', daily: '45' });
    await chat.untilTitle('❓ Create policy never-1 in rsv-prod-weu?');
    await chat.clicks('Create this policy');
    const tells = async () => (await said(chat)).includes("The new policy wasn't created") || null;
    await chat.until('what the card says', tells);
    expect(await said(chat)).toContain('New policy…');
    await bot.azure.mend();
  });

  test('a second press finds the open form', async () => {
    const { chat, press } = await opens('vm-cmk-01');
    const forms = async () => (await bot.rows('dialog')).filter((row) => row.conversation_id === chat.id);
    const [before, cards] = [await forms(), (await chat.cards()).length];
    await Promise.all([1, 2].map(() => chat.clicks(press, { policy: 'new-policy' })));
    expect(await forms()).toHaveLength(before.length);
    expect(await chat.cards()).toHaveLength(cards);
  });

  test('somebody who may not create one is refused on the card of somebody who may, and no form opens', async () => {
    const chat = await bot.thread('ana', 'backup vm-lock-01');
    const card = await chat.untilLooked();
    const press = card.titles.find((title) => title.startsWith('Protect')) ?? '';
    const answer = await chat.as('ben').clicks(press, { policy: 'new-policy' });
    expect(JSON.stringify(answer)).toMatch(/admin/i);
    expect((await bot.rows('dialog')).filter((row) => row.conversation_id === chat.id)).toHaveLength(1);
    expect(await bot.operationsIn(chat)).toEqual([]);
  });

  test('if a rule requires approvals, the form still opens and its last card requests them', async () => {
    const verdict = { deny: false as const, approval: { approvals: 1, withinMs: 14_400_000, startMs: 3_600_000 } };
    bot.rules.push({ operation: 'create-policy', match: {}, verdict });
    const { chat } = await opens('vm-off-01');
    await fillsInPolicy(chat, { name: 'night-46', kind: 'Enhanced', often: 'daily', daily: '45' });
    await chat.untilTitle('❓ Create policy night-46 in rsv-prod-weu?');
    expect((await chat.card()).titles).toContain('Request approval');
    await chat.clicks('Request approval');
    await chat.untilWaits('0 of 1');
    bot.rules.splice(0, bot.rules.length);
    expect(await bot.azure.requests('PUT', /backupPolicies\/night-46/i)).toEqual([]);
  });

  test('is offered only to people who may create one', async () => {
    const chat = await bot.asks('ben', 'backup vm-sql-01');
    expect((await chat.untilLooked()).text).not.toContain('New policy…');
  });

  /** Leaves out the data disk of a VM with Azure Disk Encryption, which only an Enhanced policy can do. */
  const leavesOut = async (chat: BotChat): Promise<void> => {
    await chat.clicks('Choose disks');
    const { choices } = (await chat.untilTitle(/to leave out\?$/)).inputs['disks']!;
    await chat.clicks('Continue', { disks: choices[0]!.value });
    await chat.untilLooked();
  };
  const created = say('button.create-policy');
  const puts = (name: string) => bot.azure.requests('PUT', new RegExp(`backupPolicies/${name}\\?`, 'i'));

  test.each(['with Enhanced policies there', 'in a vault without any other policy'])(
    'a Standard policy for a VM that can’t have one is an error on the form, with the reason, %s',
    async (where) => {
      const { policies } = await bot.azure.state('policies');
      const chat = await bot.asks('ana', 'backup vm-sql-01');
      if (where.includes('without'))
        await bot.azure.change({ policies: policies.filter(({ name }) => name === 'enhanced-4h') });
      await leavesOut(chat);
      await chat.clicks(say('button.protect'), { policy: 'new-policy' });
      const form = await chat.untilTitle('❓ A new policy in rsv-prod-weu');
      expect(form.inputs['kind']!.value).toBe('Enhanced');
      const answer = await fillsInPolicy(chat, { name: 'std-1', kind: 'Standard', often: 'daily', daily: '45' });
      expect(answer.card?.title).toBe(`⚠️ ${say('policy-form.wrong', { count: 1 })}`);
      expect(answer.card?.text).toContain(
        "vm-sql-01 can't have a Standard policy, which can't leave out disks of a VM with Azure Disk Encryption",
      );
      expect(answer.card?.titles).not.toContain('Back');
      await bot.azure.change({ policies });
    },
  );

  test('a vault that is deleted meanwhile isn’t replaced by another one, which might not fit the VM', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    const { vaults } = await bot.azure.state('vaults');
    await chat.untilLooked();
    await bot.azure.change({ vaults: vaults.filter(({ name }) => name !== 'rsv-prod-weu') });
    await chat.clicks(say('button.protect'), { policy: 'new-policy' });
    const card = await chat.untilTitle(say('policy-stop.vault-gone', { vault: 'rsv-prod-weu' }).slice(0, -1));
    expect(card.inputs).toEqual({});
    await bot.azure.change({ vaults });
  });

  describe('in Recovery Services vaults of which no policy fits', () => {
    const button = say('input.new-policy');
    beforeEach(async () => {
      await bot.azure.reset();
      const { policies } = await bot.azure.state('policies');
      const standard = policies.filter(({ name }) => name !== 'enhanced-4h');
      await bot.azure.change({ policies: standard });
    });

    /** The card of a VM for which nothing but a policy is missing. */
    const asksFor = async (chat: BotChat) => {
      await leavesOut(chat);
      return chat.untilTitle(/^⛔ vm-sql-01/u);
    };

    test('the card offers to create one in the chosen vault, and is then ready with it and the chosen disks', async () => {
      const chat = await bot.asks('ana', 'backup vm-sql-01');
      const card = await asksFor(chat);
      expect(card.titles).toEqual([button, 'Check again', 'Choose disks', 'Back', 'Close']);
      expect(card.inputs['vault']!.value).toMatch(/rsv-prod-weu$/);
      const test = card.inputs['vault']!.choices.find(({ title }) => title.startsWith('rsv-test-weu'))!;
      await Promise.all([1, 2].map(() => chat.clicks(button, { vault: test.value })));
      await chat.untilTitle('❓ A new policy in rsv-test-weu');
      await fillsInPolicy(chat, { name: 'first-1', kind: 'Enhanced', often: 'daily', daily: '45' });
      await chat.untilTitle('❓ Create policy first-1 in rsv-test-weu?');
      await chat.clicks(created);
      const isChosen = async () => (await chosen(chat)).some((id) => id.endsWith('/first-1')) || null;
      await chat.until('the policy chosen on the card', isChosen);
      expect(await puts('first-1')).toHaveLength(1);
      const views = (await chat.cards()).map(({ card }) => viewOf(card!));
      const protect = views.find(({ titles }) => titles.includes(say('button.protect')))!;
      expect(protect.title).toMatch(/^✅ vm-sql-01/u);
      expect(protect.shown).toContain(say('disks.out', { disks: ['vm-sql-01-data-1'] }));
      expect(await bot.azure.requests('PUT', /protectedItems\//i)).toEqual([]);
    });

    test('a vault without any policy: the same', async () => {
      await bot.azure.change({ policies: [] });
      const chat = await bot.asks('ana', 'backup vm-plain-01');
      const card = await chat.untilTitle(/^⛔ vm-plain-01/u);
      expect(card.shown).toContain('No policy in rsv-prod-weu and rsv-test-weu fits this VM.');
      await chat.clicks(button);
      await chat.untilTitle('❓ A new policy in rsv-prod-weu');
      await fillsInPolicy(chat, { name: 'first-2', kind: 'Standard', often: 'daily', daily: '45' });
      await chat.untilTitle('❓ Create policy first-2 in rsv-prod-weu?');
    });

    test('a vault that has no fitting policy and is chosen instead of the default offers it for itself', async () => {
      const { policies, vaults } = await bot.azure.state('policies', 'vaults');
      await bot.azure.change({ policies: policies.filter(({ vaultId }) => !vaultId.endsWith('/rsv-test-weu')) });
      const chat = await bot.asks('ana', 'backup vm-plain-01');
      const test = (await chat.untilLooked()).inputs['vault']!.choices.find(({ title }) => title.includes('test'))!;
      await chat.clicks(say('button.protect'), { vault: test.value });
      const card = await chat.untilTitle(/^⛔ vm-plain-01/u);
      expect(Object.keys(card.inputs)).toEqual([]);
      await chat.clicks(button);
      await chat.untilTitle('❓ A new policy in rsv-test-weu');
      expect(vaults).toHaveLength(3);
    });

    test('disks that have to be left out can be chosen first', async () => {
      await bot.azure.scenario('shared-disk');
      const chat = await bot.asks('ana', 'backup vm-case-18c');
      expect((await chat.untilLooked()).titles).toEqual(['Check again', 'Choose disks', 'Close']);
      await chat.clicks('Choose disks');
      await chat.untilTitle(/to leave out/);
      await chat.clicks('Continue');
      await chat.untilLooked();
      await chat.untilButton(button);
    });

    test('who may not create one sees why, in a channel beside the button', async () => {
      const shared = await bot.asks('ben', 'backup vm-sql-01');
      expect((await asksFor(shared)).shown).toMatch(
        /Ben Jansen can view this, but can't create policies. .*Ask Ana de Vries/,
      );
      const answer = await shared.clicks(button);
      expect(answer.text).toMatch(/admin.*Ana de Vries/s);
      expect((await bot.rows('dialog')).filter((row) => row.conversation_id === shared.id)).toHaveLength(1);
      const own = bot.as('ben');
      await own.says('backup vm-sql-01');
      await own.untilLooked();
      const card = await asksFor(own);
      expect(card.titles).toEqual(['Check again', 'Back', 'Close']);
      expect(card.shown).toMatch(/can't create policies. .*Ask Ana de Vries/);
    });

    test('a rule that forbids creating one in a vault is named, and the other is offered', async () => {
      bot.rules.push({ operation: 'create-policy', match: { vault: 'rsv-prod-weu' }, verdict: { deny: true } });
      const chat = await bot.asks('ana', 'backup vm-sql-01');
      const card = await asksFor(chat);
      expect(card.shown).toContain('Blocked by a rule: create policies (rsv-prod-weu).');
      expect(Object.keys(card.inputs)).toEqual([]);
      await chat.clicks(button);
      await chat.untilTitle('❓ A new policy in rsv-test-weu');
      bot.rules.splice(0, bot.rules.length);
    });
  });
});
