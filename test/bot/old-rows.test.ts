import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

describe('what ended long ago', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', leases: { sweep: 200, forget: 200 } });
    await bot.lab.post('open', { as: 'ana', conversation: 'general' });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  /** As if everything had happened more than a year ago; people with an open card used it just now. */
  async function ageEverything(): Promise<void> {
    const { db } = bot.database;
    const back = (column: string) => sql`${sql.id(column)} = ${sql.id(column)} - interval '400 days'`;
    for (const [table, columns] of [
      ['dialog', ['created_at']],
      ['operation', ['created_at', 'ended_at']],
      ['message', ['created_at', 'sent_at', 'due_at']],
    ] as const)
      await sql`update ${sql.table(table)} set ${sql.join(columns.map(back))}`.execute(db);
  }

  test('is deleted; its card answers plainly, and an open one continues', async () => {
    const done = await bot.thread('ana', 'backup now vm-app-01');
    await done.untilTitle(/vm-app-01 is backed up/);
    await done.until('the mention', async () => (await done.pings()).length === 1);
    const cancelled = await bot.asks('ana', 'backup vm-cmk-01');
    await cancelled.clicks('Cancel');
    const open = await bot.asks('ana', 'backup vm-sql-01');
    const isSent = async () => (await bot.rows('message')).every((row) => row.sent_rev === row.wanted_rev);
    await eventually('everything to be sent', isSent);
    const [operation] = await bot.operationsIn(done);
    const [dialog] = (await bot.rows('dialog')).filter((row) => row.conversation_id === cancelled.id);
    const audit = await bot.rows('audit');

    await ageEverything();
    const left = async () => (await Promise.all([bot.rows('message'), bot.rows('dialog')])).flat();
    await eventually('the removal', async () => (await left()).length === 2);
    expect((await bot.rows('dialog')).map((row) => row.conversation_id)).toEqual([open.id]);
    expect([await bot.rows('operation'), await bot.rows('attempt')]).toEqual([[], []]);
    expect(await bot.rows('audit')).toEqual(audit);

    const gone = {
      status: 200,
      card: null,
      text: expect.stringMatching(/no longer knows the request this card belongs to/),
    };
    expect(await done.sends({ verb: 'show', data: { operation: operation!.id } })).toEqual(gone);
    expect(await done.sends({ verb: 'cancel-backup', data: { operation: operation!.id } })).toEqual(gone);
    expect(await cancelled.sends({ verb: 'reopen', data: { dialog: dialog!.id } })).toEqual(gone);
    await open.clicks('Protect and back up now');
    await open.untilTitle(/vm-sql-01 is backed up/);
    expect(bot.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
