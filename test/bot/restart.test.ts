import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Plan, planVersion } from '../../src/operations/parts/plan.ts';
import type { Failpoint } from '../../src/core/failpoint.ts';
import type { DialogState } from '../../src/dialog/state.ts';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { inTransaction } from '../../src/bot/deps.ts';
import { startOperation } from '../../src/bot/operation/start-operation.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const protectAndBackUp = say('button.protect+back-up-now');
const giveAll = say('button.grant-key-vault-access+protect+back-up-now');

type Look = { readonly step: string; readonly basis: string };

/** The stages in the middle of which it ends, each by the first failpoint reached there. */
const stages: readonly {
  readonly stage: string;
  readonly failpoint: Failpoint;
  readonly after: 'asking' | 'clicking';
}[] = [
  { stage: 'looking', failpoint: 'lookup:before-commit', after: 'asking' },
  { stage: 'posting the first card', failpoint: 'deliver:before-post', after: 'asking' },
  { stage: 'looking again after the click', failpoint: 'lookup:before-commit', after: 'clicking' },
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
  });
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
    // It refuses new work and waits for running work, so what is blocked is released once it is stopping.
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

  test('a card waiting for an answer', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    await chat.opens('vault');
    await chat.until('the edit', async () => (await chat.card()).titles.includes(say('button.back')));
    await bot.restart();
    expect((await chat.clicks(say('button.back'))).card!.titles).toContain(protectAndBackUp);
    await chat.until('the edit', async () => (await chat.card()).titles.includes(protectAndBackUp));
    await chat.clicks(protectAndBackUp);
    await expectDoneOnce(chat, 'vm-plain-01');
  });

  test('a card of an older release: what its flow knew and ours doesn’t is asked again, and nothing starts', async () => {
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

  test('a pending reading that only an older release has: the dialog reads again', async () => {
    const reached = holdAt('lookup:before-commit');
    const chat = await bot.thread('ana', 'backup vm-plain-01');
    const release = await reached;
    await rewriteDialog(chat, (state) => state, { step: 'weather', basis: 'old' });
    release();
    expect((await chat.untilTitle(/^✅/u)).title).toBe('✅ vm-plain-01 is ready to back up');
  });

  test('a dialog that only another release has: its card says so, and the command works again', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    await rewriteDialog(chat, (state) => ({ ...state, flow: 'of-tomorrow' }));
    expect((await chat.clicks(protectAndBackUp)).text).toContain(say('refusal.unknown-dialog'));
    await bot.asks('ana', 'backup vm-plain-01');
  });

  test('a grant in progress, then protection, then the backup: a restart at each', async () => {
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

  test('what ended while the bot was down is reported afterwards', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    await chat.clicks(protectAndBackUp);
    await chat.until('the request', async () => (await bot.azure.requests('POST', /;vm-plain-01\/backup\?/))[0]);
    await bot.stop();
    await bot.azure.pass(600);
    await bot.start();
    await expectDoneOnce(chat, 'vm-plain-01');
  });

  test('the bot starts even if Azure doesn’t answer', async () => {
    await bot.stop();
    await bot.azure.fault({ match: { path: '^/subscriptions' }, status: 503, body: 'down' });
    await bot.start();
    const chat = await bot.thread('ana', 'help');
    await chat.untilTitle(/backs up and restores Azure VMs/);
    await bot.azure.mend();
    expect((await (await bot.asks('ana', 'backup vm-plain-01')).card()).title).toContain('is ready');
  });

  test('an operation stored by an older release continues; its card and its parts are read as intended', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    await restartWith(chat, 'write:after-attempt', ({ plan, parts }) => ({
      plan: { ...(plan as object), version: 1, goal: 'protect-and-back-up' },
      parts: JSON.parse(
        JSON.stringify(parts, (name, value: unknown) => (name === 'silentSince' ? undefined : value)),
      ) as unknown,
    }));
    await chat.untilTitle(/vm-plain-01 is backed up/);
    expect((await bot.azure.requests('PUT', /;vm-plain-01\?/)).map(({ status }) => status)).toEqual([503, 202]);
  });

  test('what a newer release stored is left to one of its processes, which can continue at once', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    const { db } = bot.database;
    await restartWith(chat, 'write:before-attempt', ({ plan, parts }) => ({
      plan: { ...(plan as object), version: planVersion + 1 },
      parts,
    }));
    const stored = async () => (await bot.operationsIn(chat))[0]!;
    const { fence } = await stored();
    await chat.until('two looks at it', async () => (await stored()).fence > fence + 1);
    const { status, plan } = await stored();
    expect(status).toBe('running');
    const readable = JSON.stringify({ ...(plan as object), version: planVersion });
    await db.updateTable('operation').set({ plan: readable }).where('conversation_id', '=', chat.id).execute();
    await chat.untilTitle(/vm-plain-01 is backed up/);
  });

  test.each([
    ['a plan of tomorrow', { version: planVersion + 1 }],
    ['a part that this release has not', { parts: [{ id: 'protect', after: [], does: 'paint-it-blue' }] }],
  ])('%s: nothing more is sent, and the card says why', async (_, change) => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    await restartWith(chat, 'write:before-attempt', ({ plan, parts }) => ({
      plan: { ...(plan as object), ...change },
      parts,
      due_at: new Date(Date.now() - 600_000),
    }));
    await chat.untilTitle(/Kluis was updated and can't continue/);
    await chat.untilTold(say('unreadable.told', { vm: 'vm-plain-01' }));
    expect(await chat.pings()).toHaveLength(1);
    const [operation] = await bot.operationsIn(chat);
    expect(operation).toMatchObject({ status: 'failed', due_at: null });
    expect((await bot.azure.requests('PUT', /;vm-plain-01\?/)).map(({ status }) => status)).toEqual([503]);
    const told = await bot.rows('audit');
    expect(told.map(({ entry }) => entry)).toContainEqual(
      expect.objectContaining({ what: 'ended', operation: operation!.id, because: 'unreadable' }),
    );
    const cancel = await chat.sends({ verb: 'cancel-backup', data: { operation: operation!.id } });
    expect(cancel.text).toContain(say('refusal.job-not-running'));
  });

  test('what a schedule starts runs like anything else: nobody is mentioned, and the audit log says who it was', async () => {
    const before = await bot.asks('ana', 'backup now vm-app-01');
    await before.untilTitle(/vm-app-01 is backed up/);
    const [operation] = await bot.operationsIn(before);
    const messages = (await bot.rows('message')).filter(({ conversation_id: id }) => id === before.id);
    const { deps } = bot;
    await inTransaction(deps, (unit) =>
      startOperation({ deps, unit }, operation!.plan as Plan, {
        actor: { system: 'schedule' },
        conversationId: before.id,
        messageId: messages[0]!.id,
        locale: 'en',
        timeZone: 'UTC',
        dialog: null,
      }),
    );
    await before.until('the end', async () =>
      (await bot.operationsIn(before)).every(({ status }) => status === 'succeeded'),
    );
    expect((await bot.rows('audit')).map(({ entry }) => entry)).toContainEqual(
      expect.objectContaining({ what: 'started', requester: { system: 'schedule' } }),
    );
    const all = (await bot.rows('message')).toSorted((one, other) => Number(one.seq) - Number(other.seq));
    expect(all.at(-1)!.wanted).toMatchObject({ mentions: [] });
    expect((await before.card()).shown).toContain('a schedule');
  });

  /**
   * Stops it while an operation is at a failpoint, changes the row to what another release would have left, and starts
   * it.
   */
  async function restartWith(
    chat: BotChat,
    failpoint: Failpoint,
    change: (stored: { plan: unknown; parts: unknown }) => { plan: unknown; parts: unknown; due_at?: Date },
  ): Promise<void> {
    const reached = holdAt(failpoint);
    await chat.clicks(protectAndBackUp);
    const release = await reached;
    const stopping = bot.stop();
    await bot.azure.fault({ match: { method: 'PUT', path: 'vm-plain-01' }, status: 503, body: 'down' });
    release();
    await stopping;
    await bot.azure.mend();
    const [operation] = await bot.operationsIn(chat);
    const { plan, parts, ...due } = change(operation!);
    const set = { plan: JSON.stringify(plan), parts: JSON.stringify(parts), ...due };
    await bot.database.db.updateTable('operation').set(set).where('id', '=', operation!.id).execute();
    await bot.start();
  }

  /** Changes a conversation's dialog to what another release would have left. */
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

  /** Blocks whoever reaches the failpoint first; resolves with the function that releases them. */
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
    await chat.untilTitle(new RegExp(`${vm} is backed up`));
    expect(await bot.azure.requests('PUT', new RegExp(`;${vm}\\?`))).toHaveLength(1);
    expect(await bot.azure.requests('POST', new RegExp(`;${vm}/backup\\?`))).toHaveLength(1);
    await chat.until('the mention', async () => (await chat.pings()).length > 0);
    expect(await chat.pings()).toHaveLength(1);
    expect((await chat.cards()).filter(({ card }) => JSON.stringify(card).includes(vm))).toHaveLength(1);
    expect(await bot.operationsIn(chat)).toHaveLength(1);
  }
});
