import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Failpoint } from '../../src/core/failpoint.ts';
import type { DialogState } from '../../src/dialog/state.ts';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const protectAndBackUp = say('button.protect-and-back-up');
const giveAll = say('button.grant-protect-and-back-up');

type Look = { readonly step: string; readonly basis: string };

/** The stages in the middle of which it ends, each by the first failpoint that is reached there. */
const stages: readonly {
  readonly stage: string;
  readonly failpoint: Failpoint;
  readonly after: 'asking' | 'clicking';
}[] = [
  { stage: 'looking', failpoint: 'look:before-commit', after: 'asking' },
  { stage: 'posting the first card', failpoint: 'deliver:before-post', after: 'asking' },
  { stage: 'looking again after the click', failpoint: 'look:before-commit', after: 'clicking' },
  { stage: 'a write, before it is sent', failpoint: 'write:after-attempt', after: 'clicking' },
  { stage: 'a write, after it was sent', failpoint: 'write:after-send', after: 'clicking' },
  { stage: 'saving a stage', failpoint: 'advance:before-save', after: 'clicking' },
  { stage: 'editing the card', failpoint: 'deliver:after-post', after: 'clicking' },
];

describe('a stop and a start in the middle of everything', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', leases: { sweep: 500 } });
    await bot.asks('ana', 'help');
  }, 60_000);
  afterAll(() => bot?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    bot.failpoint = () => {};
    await bot.azure.reset();
  });

  test.each(stages)('$stage', async ({ failpoint, after }) => {
    const chat = await bot.thread('ana', 'help');
    await chat.untilTitle(/./);
    if (after === 'clicking') await chat.asks('backup vm-plain-01');
    const reached = holdAt(failpoint);
    if (after === 'asking') await chat.says('backup vm-plain-01');
    else await chat.clicks(protectAndBackUp);
    const release = await reached;
    // It refuses new work and waits for what runs, so what is held is let go once it is stopping.
    const stopping = bot.stop();
    release();
    await stopping;
    await bot.start();
    if (after === 'asking') {
      expect((await chat.untilTitle(/^✅/u)).title).toBe('✅ vm-plain-01 is ready to back up');
      await chat.clicks(protectAndBackUp);
    }
    await expectDoneOnce(chat, 'vm-plain-01');
  });

  test('a card that waits for an answer', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    await chat.clicks(say('button.change'));
    await chat.until('the edit', async () => (await chat.card()).titles.includes(say('button.back')));
    await bot.restart();
    expect((await chat.clicks(say('button.back'))).card!.titles).toContain(protectAndBackUp);
    await chat.until('the edit', async () => (await chat.card()).titles.includes(protectAndBackUp));
    await chat.clicks(protectAndBackUp);
    await expectDoneOnce(chat, 'vm-plain-01');
  });

  test('a card of an older release: what its flow knew and ours does not is asked once more, and nothing starts', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    await rewriteDialog(chat, ({ trail, ...state }) => ({
      ...state,
      trail: [...trail, { did: 'answer', inputs: { shift: 'night' } }],
    }));
    const told = (await chat.clicks(protectAndBackUp)).card!;
    expect(told.shown).toContain(say('refusal.revived'));
    expect(await bot.operationsIn(chat)).toEqual([]);
    await chat.until('the edit', async () => (await chat.card()).shown.includes(say('refusal.revived')));
    await chat.clicks(protectAndBackUp);
    await expectDoneOnce(chat, 'vm-plain-01');
  });

  test('a reading that an older release asked for and this one does not know: the dialog looks anew', async () => {
    const reached = holdAt('look:before-commit');
    const chat = await bot.thread('ana', 'backup vm-plain-01');
    const release = await reached;
    await rewriteDialog(chat, (state) => state, { step: 'weather', basis: 'old' });
    release();
    expect((await chat.untilTitle(/^✅/u)).title).toBe('✅ vm-plain-01 is ready to back up');
  });

  test('a dialog that only another release knows: its card says so, and the command works again', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    await rewriteDialog(chat, (state) => ({ ...state, flow: 'of-tomorrow' }));
    expect((await chat.clicks(protectAndBackUp)).text).toContain(say('refusal.unknown-dialog'));
    await bot.asks('ana', 'backup vm-plain-01');
  });

  test('a grant that is waited for, then protection, then the backup: once at each', async () => {
    const chat = await bot.asks('ana', 'backup vm-rbac-01');
    await chat.clicks(giveAll);
    for (const stage of ['grant-1', 'protect', 'back-up']) {
      await chat.until(`${stage} to begin`, async () => {
        const [operation] = await bot.operationsIn(chat);
        return (operation?.parts as Record<string, { began: string | null }> | undefined)?.[stage]?.began;
      });
      await bot.restart();
    }
    await expectDoneOnce(chat, 'vm-rbac-01');
    expect(await bot.azure.requests('PUT', /roleAssignments/)).toHaveLength(1);
  });

  test('what ended while nobody was there is told afterwards', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    await chat.clicks(protectAndBackUp);
    await chat.until('the request', async () => (await bot.azure.requests('POST', /;vm-plain-01\/backup\?/))[0]);
    await bot.stop();
    await bot.azure.pass(600);
    await bot.start();
    await expectDoneOnce(chat, 'vm-plain-01');
  });

  test('Azure that does not answer at the start keeps nobody out', async () => {
    await bot.stop();
    await bot.azure.fault({ match: { path: '^/subscriptions' }, status: 503, body: 'down' });
    await bot.start();
    const chat = await bot.thread('ana', 'help');
    await chat.untilTitle(/backs up and restores/);
    await bot.azure.mend();
    expect((await (await bot.asks('ana', 'backup vm-plain-01')).card()).title).toContain('is ready');
  });

  /** Leaves a conversation's dialog as another release would have. */
  async function rewriteDialog(chat: BotChat, change: (state: DialogState) => DialogState, look?: Look): Promise<void> {
    const { db } = bot.database;
    const mine = (await bot.rows('dialog')).find((row) => row.conversation_id === chat.id)!;
    const state = JSON.stringify(change(mine.state as DialogState));
    await db
      .updateTable('dialog')
      .set({ state, ...(look ? { look: JSON.stringify(look), look_due_at: new Date(0) } : {}) })
      .where('id', '=', mine.id)
      .execute();
  }

  /** Holds whoever reaches the failpoint first; resolves with what lets them go. */
  function holdAt(failpoint: Failpoint): Promise<() => void> {
    return new Promise((reached) => {
      let isFirst = true;
      bot.failpoint = (here) => {
        if (here !== failpoint || !isFirst) return;
        isFirst = false;
        return new Promise<void>((release) => reached(release));
      };
    });
  }

  async function expectDoneOnce(chat: BotChat, vm: string): Promise<void> {
    await chat.untilTitle(new RegExp(`${vm} is backed up`), 30_000);
    expect(await bot.azure.requests('PUT', new RegExp(`;${vm}\\?`))).toHaveLength(1);
    expect(await bot.azure.requests('POST', new RegExp(`;${vm}/backup\\?`))).toHaveLength(1);
    await chat.until('the mention', async () => (await chat.pings()).length > 0);
    expect(await chat.pings()).toHaveLength(1);
    expect((await chat.cards()).filter(({ card }) => JSON.stringify(card).includes(vm))).toHaveLength(1);
    expect(await bot.operationsIn(chat)).toHaveLength(1);
  }
});
