import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { loggable } from '../../src/core/log.ts';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { leakingLines, secretsIn } from '../support/kept-logs.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

/** What recovery points of encrypted VMs contain, and what signs the requests. */
const names = ['secretData', 'keyBackupData', 'SecretBackupData'];
const tokens = ['kluis-operate', 'kluis-grant', 'Bearer'];

describe('I7: secrets and key material stay out of everything that is stored or shown', () => {
  let bot: TestBot;
  let chats: BotChat[];
  const material: string[] = [];

  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
    const texts = ['backup vm-sql-01', 'backup vm-web-01', 'backup vm-rbac-01', 'backup now vm-app-01'];
    chats = await Promise.all(texts.map((text) => bot.thread('ana', text)));
    const [sql, web, rbac, app] = chats as [BotChat, BotChat, BotChat, BotChat];
    await Promise.all([sql, web, rbac].map((chat) => chat.untilLooked()));
    await sql.clicks(say('button.protect+back-up-now'));
    await web.clicks(say('button.grant-key-vault-access+protect+back-up-now'));
    await rbac.clicks(say('button.grant-key-vault-access+protect+back-up-now'));
    for (const chat of [sql, web, rbac, app])
      await chat.until('the mention', async () => (await chat.pings()).length > 0);
    // An error of Azure that quotes what it shouldn't: the body of a point, in the middle of a text.
    const errorString = `The point { "secretData": "${'Q0hBUlRFUg'.repeat(4)}" } could not be read by Bearer eyJhbGciOi.eyJzdWIi.c2ln`;
    await bot.azure.fault({
      match: { method: 'GET', path: 'backupProtectedItems|protectedItems/' },
      status: 500,
      body: { error: { code: 'InternalServerError', message: errorString } },
      times: 2,
    });
    await bot.asks('ben', 'backup vm-plain-01');
    await bot.lab.until('a poll of a vault', async () => (await bot.rows('job')).length > 0);
    material.push(
      ...(await readMaterial(bot)),
      'Q0hBUlRFUg'.repeat(4),
      Buffer.from('SIMULATED-KEY-MATERIAL ').toString('base64').slice(0, 24),
    );
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const expectClean = (what: string, text: string) => {
    for (const secret of material) expect({ what, holds: text.includes(secret) }).toEqual({ what, holds: false });
    for (const name of names) expect({ what, name, holds: text.includes(name) }).toEqual({ what, name, holds: false });
  };

  test('a recovery point in this run did contain key material: the one of 2017', () => {
    expect(material.length).toBeGreaterThanOrEqual(4);
    for (const secret of material) expect(secret.length).toBeGreaterThan(16);
  });

  test('the result was reported: where the points’ keys are', async () => {
    for (const chat of chats) expect((await chat.card()).shown).toContain(say('closing.keys-with-disks'));
  });

  test.each([
    'inbound',
    'conversation',
    'dialog',
    'message',
    'operation',
    'attempt',
    'inventory',
    'audit',
    'vault_poll',
    'job',
    'pulse',
  ] as const)('every row of %s', async (table) => {
    const rows = await bot.rows(table);
    expect(rows.length).toBeGreaterThan(0);
    const text = JSON.stringify(rows);
    expectClean(table, text);
    for (const token of tokens)
      expect({ table, token, holds: text.includes(token) }).toEqual({ table, token, holds: false });
  });

  test('every row of the queue', async () => {
    const { db, queue } = bot.database;
    const rows = await sql`select * from ${sql.table(`${queue.schema}.job`)}`.execute(db);
    expectClean('queue', JSON.stringify(rows.rows));
  });

  test('every line of the log, debug lines too', () => {
    expect(bot.log.length).toBeGreaterThan(100);
    const text = JSON.stringify(bot.log);
    expectClean('log', text);
    for (const token of tokens) expect(text).not.toContain(token);
    expect(text).not.toMatch(/eyJ[\w-]+\.[\w-]+/);
  });

  test('the search of all tests’ logs at the end finds secrets, and not what was redacted', () => {
    const told = ['Bearer abcdef123', 'xoxb-12345-abcdef', 'postgres://kluis:hush-hush@db/kluis'];
    for (const text of [...told, ...material.slice(0, -2)])
      expect(secretsIn(JSON.stringify({ fields: { text: `reading: ${text}` } }))).not.toEqual([]);
    for (const text of told) expect(secretsIn(JSON.stringify(loggable(new Error(text))))).toEqual([]);
    expect(leakingLines()).toMatchObject({ read: expect.any(Number), leaks: [] });
    expect(leakingLines().read).toBeGreaterThan(bot.log.length);
  });

  test('every activity and every card, in all of their states', async () => {
    const exchanges = await bot.lab.exchanges();
    expect(exchanges.length).toBeGreaterThan(20);
    const text = JSON.stringify(exchanges);
    expectClean('lab', text);
    expect(text).not.toContain('kluis-operate');
    expect(text).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]+/);
  });

  test('the metrics', async () => {
    const text = await (await fetch(`${bot.url}/metrics`)).text();
    expectClean('metrics', text);
  });
});

/** The key material in every protected item's points, as Azure gives it to callers who may read them. */
async function readMaterial(bot: TestBot): Promise<string[]> {
  const { items } = await bot.azure.state('items');
  const found: string[] = [];
  for (const { vaultId, container, vmId } of items) {
    if (!/vm-(sql|web|rbac|app)-01$/.test(vmId)) continue;
    const path = `${vaultId}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${container}/protectedItems/VM;${container}/recoveryPoints?api-version=2025-02-01`;
    const response = await fetch(`${bot.azure.url}${path}`, { headers: { authorization: 'Bearer owner' } });
    const text = await response.text();
    found.push(
      ...[...text.matchAll(/"(?:secretData|keyBackupData|secretBackupData)":"([^"]+)"/gi)].map(([, secret]) => secret!),
    );
  }
  return [...new Set(found)];
}
