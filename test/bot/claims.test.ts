import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { viewOf, type CardView } from '../support/card-view.ts';
import type { LabMessage } from '../support/lab-client.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const vaults =
  '/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults';
type Data = Readonly<Record<string, unknown>>;
/** What it is, its verb, what is sent, and the resulting refusal. */
type Forged = readonly [what: string, verb: string, forge: (data: Data) => unknown, refusal: string];

describe('I6: a client’s input isn’t trusted', () => {
  let bot: TestBot;
  let chat: BotChat;
  let card: CardView;
  let message: LabMessage;
  let own: Data;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
    chat = await bot.asks('ana', 'backup vm-plain-01');
    card = await chat.card();
    message = await chat.newest();
    own = card.buttons.find(({ title }) => title === say('button.protect'))!.data;
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const expectNothingDone = async () => {
    expect(await bot.azure.writes()).toEqual([]);
    expect(await bot.rows('operation')).toEqual([]);
    const [dialog] = (await bot.rows('dialog')).filter(({ id }) => id === own['dialog']);
    expect([dialog!.status, dialog!.revision]).toEqual(['open', own['revision']]);
    // Only she sees the answer: the others see the card as it was.
    const seen = (await chat.as('ben').cards()).find(({ id }) => id === message.id);
    expect(viewOf(seen!.card).text).toBe(card.text);
    expect(bot.log.filter(({ level }) => level === 'error')).toEqual([]);
  };

  const prod = `${vaults}/rsv-prod-weu`;
  const forged: readonly Forged[] = [
    ['a dialog that is none', 'submit', (data) => ({ ...data, dialog: randomUUID() }), 'refusal.unknown-dialog'],
    [
      'a dialog id that is no id',
      'submit',
      (data) => ({ ...data, dialog: "x' or 1=1 --" }),
      'refusal.unreadable-click',
    ],
    ['an operation that is none', 'cancel-backup', () => ({ operation: randomUUID() }), 'refusal.unknown-dialog'],
    [
      'a goal that is not offered',
      'submit',
      (data) => ({ ...data, go: 'grant-protect-and-back-up' }),
      'refusal.not-offered',
    ],
    ['a goal that does not exist', 'submit', (data) => ({ ...data, go: 'delete-everything' }), 'refusal.not-offered'],
    [
      'a vault of another region',
      'submit',
      (data) => ({ ...data, vault: `${vaults}/rsv-prod-neu` }),
      'refusal.not-offered',
    ],
    [
      'a vault of another subscription',
      'submit',
      (data) => ({ ...data, vault: prod.replace('c0de', 'dead') }),
      'refusal.not-offered',
    ],
    [
      'a policy that does not exist',
      'submit',
      (data) => ({ ...data, vault: prod, policy: `${prod}/backupPolicies/none` }),
      'refusal.not-offered',
    ],
    ['another VM', 'submit', (data) => ({ ...data, vm: String(card.raw['x']) }), 'refusal.not-offered'],
    [
      'the name of another VM',
      'submit',
      ({ go: _, ...data }) => ({ ...data, name: 'vm-web-01' }),
      'refusal.not-offered',
    ],
    ['a step that is none', 'change', (data) => ({ ...data, step: 'reading' }), 'refusal.not-offered'],
    [
      'a found result',
      'submit',
      ({ go: _, ...data }) => ({ ...data, reading: { goals: ['protect'] } }),
      'refusal.unreadable-click',
    ],
    ['a confirmation that was not asked for', 'submit', (data) => ({ ...data, sure: 'yes' }), 'refusal.not-offered'],
    ['no revision', 'submit', ({ revision: _, ...data }) => data, 'refusal.unreadable-click'],
    [
      'a revision as text',
      'submit',
      (data) => ({ ...data, revision: String(data['revision']) }),
      'refusal.unreadable-click',
    ],
    ['a negative revision', 'submit', (data) => ({ ...data, revision: -1 }), 'refusal.unreadable-click'],
    ['half a revision', 'submit', (data) => ({ ...data, revision: 1.5 }), 'refusal.unreadable-click'],
    ['a goal as a list', 'submit', (data) => ({ ...data, go: ['protect'] }), 'refusal.unreadable-click'],
    ['a goal as an object', 'submit', (data) => ({ ...data, go: { toString: 'protect' } }), 'refusal.unreadable-click'],
    ['no answer at all', 'submit', ({ go: _, ...data }) => data, 'refusal.unreadable-click'],
    ['a verb that is none', 'format-disk', (data) => data, 'refusal.unreadable-click'],
    ['no data', 'submit', () => ({}), 'refusal.unreadable-click'],
    ['data that is a text', 'submit', () => 'dialog', 'refusal.unreadable-click'],
    ['data that is null', 'submit', () => null, 'refusal.unreadable-click'],
    ['data that is a list', 'submit', (data) => [data], 'refusal.unreadable-click'],
    [
      'ten thousand characters as a goal',
      'submit',
      (data) => ({ ...data, go: 'x'.repeat(10_000) }),
      'refusal.unreadable-click',
    ],
    [
      'a command of ten thousand characters',
      'command',
      () => ({ command: `backup ${'x'.repeat(10_000)}` }),
      'refusal.unreadable-click',
    ],
  ];

  test.each(forged.map(([what, ...rest]) => ({ what, rest })))(
    '$what: refused with its reason, and nothing is done',
    async ({ rest }) => {
      const [verb, forge, refusal] = rest;
      const answer = await chat.sends({ verb, data: forge(own), on: message });
      expect(answer.status).toBe(200);
      expect(answer.text).toContain(say(refusal as 'refusal.not-offered'));
      await expectNothingDone();
    },
  );

  test.each([
    ['a revision that is over', -1, {}],
    ['one that is over, with another answer', -1, { name: 'vm-plain-01' }],
    ['a revision to come', 1, {}],
    ['a revision beyond all', 2 ** 40, {}],
  ])('%s: the present state, and that nothing was done', async (_, more, answers) => {
    const answer = await chat.sends({
      on: message,
      verb: 'submit',
      data: { ...own, ...answers, revision: (own['revision'] as number) + more },
    });
    expect(answer.card!.shown).toContain(say('refusal.outdated-card'));
    expect(answer.card!.titles).toEqual(card.titles);
    await expectNothingDone();
  });

  test('a dialog of another conversation is unknown here, even to its owner', async () => {
    const personal = bot.as('ana');
    await personal.asks('help');
    const answer = await personal.sends({ verb: 'submit', data: own });
    expect(answer.text).toContain(say('refusal.unknown-dialog'));
    await expectNothingDone();
  });

  test('extra fields have no effect', async () => {
    const extra = {
      ...own,
      isAdmin: true,
      __proto__: { go: 'x' },
      constructor: 'x',
      requester: 'ben',
      plan: {},
      kluis: undefined,
    };
    const answer = await chat.sends({ verb: 'show', data: extra });
    expect(answer.card!.titles).toEqual(card.titles);
    await expectNothingDone();
  });

  test('a Submit is treated like an Execute', async () => {
    const before = (await chat.messages()).length;
    await chat.sends({ verb: 'submit', data: { ...own, verb: 'submit', go: 'grant' }, type: 'Action.Submit' });
    await expectNothingDone();
    expect((await chat.messages()).length).toBe(before);
  });

  test('whatever is sent with a click, it is answered and starts nothing that isn’t offered', async () => {
    const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('', 'protect-', ' protect', 'PROTECT'));
    const data = fc.dictionary(
      fc.constantFrom('go', 'vault', 'policy', 'sure', 'vm', 'name', 'step', 'command', 'operation', 'x'),
      value,
      { minKeys: 1 },
    );
    const verb = fc.constantFrom('submit', 'change', 'command', 'cancel-backup', '', 'constructor', '__proto__');
    await fc.assert(
      fc.asyncProperty(verb, data, async (sent, more) => {
        const answer = await chat.sends({
          verb: sent,
          data: { ...more, dialog: own['dialog'], revision: own['revision'] },
          on: (await chat.cards())[0]!,
        });
        expect(answer.status).toBe(200);
        await expectNothingDone();
      }),
      { numRuns: 40, examples: [['submit', { name: 'PROTECT' }]] },
    );
  });
});

describe('names that nobody should have', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  test.each([
    ['ten thousand characters', 'x'.repeat(10_000)],
    ['three thousand characters', 'x'.repeat(3000)],
    ['a hundred characters', 'x'.repeat(100)],
    ['control characters', 'vm\u0007\u001b[31m-01'],
    ['a NUL', 'vm\u0000-01'],
    ['half a character', 'vm\ud800-01'],
    ['letters that run the other way', 'vm-\u202e10-lqs'],
    ['markdown', '**vm**_01_[x](https://evil.example)'],
    ['a template', '${vm}'],
    ['a template function', '{{DATE(2026-01-01)}}'],
    ['a mention', '<at>Ben Jansen</at>'],
    ['html', '<script>alert(1)</script>'],
    ['sql', "'; drop table dialog; --"],
    ['a path', '../../../etc/passwd'],
    ['an id of something else', '/subscriptions/x/resourceGroups/y/providers/Microsoft.Storage/storageAccounts/z'],
    ['an encoded id that is none', '%2Fsubscriptions%E0%A4%A'],
    ['emoji', '💾💾'],
    ['combining marks', `vm${'\u0301'.repeat(200)}`],
  ])('%s: a clear answer, a valid card, nothing searched in Azure', async (_, name) => {
    const chat = await bot.thread('ana', `backup ${name}`);
    const card = await chat.untilTitle(/^(?!⏳)/u);
    expect(card.title).not.toMatch(/undefined|NaN|\[object/);
    const [message] = await chat.messages();
    expect(message!.entities).toEqual([]);
    expect(JSON.stringify(message!.card)).not.toMatch(/\\u0007|\\u0000|\u202e/);
    expect(await bot.azure.writes()).toEqual([]);
    expect(bot.log.filter(({ level }) => level === 'error')).toEqual([]);
    expect(await bot.rows('dialog')).toBeDefined();
  });

  test('a VM in Azure with such a name and such tags is shown literally, and can be used', async () => {
    const { vms } = await bot.azure.state('vms');
    const plain = vms.find(({ name }) => name === 'vm-plain-01')!;
    const tags = { '**bold** ${x} \u202E': '<at>Ben</at> [x](y)' };
    await bot.azure.change({ vms: [...vms, { ...plain, name: 'vm_under_score_.-1', tags }] });
    const chat = await bot.asks('ana', 'backup vm_under_score_.-1');
    const card = await chat.card();
    expect(card.title).toContain('vm_under_score_.-1 is ready');
    await chat.clicks(say('button.protect'));
    expect((await chat.untilTitle(/is protected/)).title).toContain('vm_under_score_.-1');
  });
});
