/**
 * A policy created on the way to protecting a VM: from the pick-list to its form and back, by people whom the gate
 * allows.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newForm } from '../../src/operations/policy/form/form.ts';
import { readForm } from '../../src/operations/policy/form/read-form.ts';
import { fillsInPolicy } from '../support/fills-in-policy.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

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
    await chat.untilTitle('❓ Create the policy night-45 in rsv-prod-weu?');
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
    await chat.untilTitle('❓ Create the policy never-1 in rsv-prod-weu?');
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
    await chat.untilTitle('❓ Create the policy night-46 in rsv-prod-weu?');
    expect((await chat.card()).titles).toContain('Request approval');
    await chat.clicks('Request approval');
    await chat.untilTitle('waiting for approval (0 of 1)');
    bot.rules.splice(0, bot.rules.length);
    expect(await bot.azure.requests('PUT', /backupPolicies\/night-46/i)).toEqual([]);
  });

  test('a Standard policy is an error on the form if the VM can’t use one', () => {
    const form = { ...newForm('UTC'), name: 'std-1', kind: 'Standard' };
    expect(readForm(form, { was: null, onlyEnhanced: true })).toEqual({
      problems: [{ field: 'kind', why: 'vm-needs-enhanced' }],
    });
  });

  test('is offered only to people who may create one', async () => {
    const chat = await bot.asks('ben', 'backup vm-sql-01');
    expect((await chat.untilLooked()).text).not.toContain('New policy…');
  });
});
