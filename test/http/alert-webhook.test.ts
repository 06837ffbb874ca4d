import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { sql } from 'kysely';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sharedWaits } from '../../src/operations/ground/waits.ts';
import { alertWebhook } from '../../src/http/alert-webhook.ts';
import { channelCards, untilCard } from '../support/channel-cards.ts';
import { ends, fail, failure } from '../support/failing.ts';
import { keepingLog, type LogLine } from '../support/keeping-log.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const secret = 'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6';
const next = 'f1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d7';
const vault =
  '/subscriptions/00000000-0000-0000-0000-00000000c0de/resourcegroups/RG-backup/providers/Microsoft.RecoveryServices/vaults/rsv-prod-weu';

const alert = (over: object = {}) => ({
  schemaId: 'azureMonitorCommonAlertSchema',
  data: {
    essentials: {
      alertId: '/subscriptions/x/providers/Microsoft.AlertsManagement/alerts/1',
      severity: 'Sev1',
      monitorCondition: 'Fired',
      monitoringService: 'Azure Backup',
      alertTargetIDs: [vault],
      essentialsVersion: '1.0',
      ...over,
    },
    alertContext: {},
  },
});
const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });

describe('into the product', () => {
  let bot: TestBot;
  beforeAll(async () => {
    // By itself it is hardly polled; what is put off for more than a quarter of an hour would be due (store/due.ts).
    const waits = { vaultIdle: 14 * 60_000, vaultBusy: 50 };
    bot = await startBot({ database: 'postgres', waits, env: { KLUIS_ALERT_SECRETS: `${secret}, ${next}` } });
    await bot.asks('ana', 'backup vaults');
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  const hook = (query = `?secret=${secret}`) => `${bot.url}/alerts/azure-monitor${query}`;

  /** Calls the webhook; resolves once the vault was polled since, and everything in its list was processed. */
  const taken = async (...queries: (string | undefined)[]): Promise<void> => {
    const polledAt = async () =>
      (await bot.rows('vault_poll')).find(({ vault_id }) => /rsv-prod-weu$/i.test(vault_id))?.polled_at ?? null;
    const before = await polledAt();
    for (const query of queries) expect((await post(hook(query), alert())).status).toBe(200);
    await bot.as('ana').until('a poll, and no job that was not taken in', async () => {
      const backups = (await bot.rows('job')).filter(({ operation }) => operation === 'Backup');
      const isTold = backups.every(({ told, status }) => told === status || !/^(Failed|Completed)/.test(status));
      const polled = await polledAt();
      return isTold && polled !== null && (before === null || polled > before);
    });
  };
  const alertsOf = async (error: string) =>
    (await bot.rows('alert')).filter(({ cause_key }) => cause_key.includes(error.toLowerCase()));

  test('with either of two secrets the vault is polled now; its failure is one alert, however often it is reported', async () => {
    await (await bot.thread('ana', 'backup watch')).untilTitle('Backup alerts are posted here');
    await fail(bot.azure, { 'vm-app-01': 'ErrorOfTheHook' });
    await taken(`?secret=${secret}`, `?secret=${next}`);
    const { message } = await untilCard(bot, 'vm-app-01', 'ErrorOfTheHook');
    await taken(undefined, undefined, undefined);
    expect(await alertsOf('ErrorOfTheHook')).toHaveLength(1);
    const cards = (await channelCards(bot, 'vm-app-01')).filter(({ card }) => card.text.includes('ErrorOfTheHook'));
    expect(cards.map((one) => one.message.id)).toEqual([message.id]);
    for (const one of [secret, next]) expect(JSON.stringify(bot.log)).not.toContain(one);
  });

  test.each([
    ['no secret', '', alert(), 401, 'not-proven'],
    ['a wrong secret', '?secret=wrong', alert(), 401, 'not-proven'],
    ['two secrets', `?secret=${secret}&secret=${secret}`, alert(), 401, 'not-proven'],
    ['no JSON', undefined, 'nonsense', 400, 'unreadable'],
    ['too much', undefined, JSON.stringify({ ...alert(), more: 'x'.repeat(300_000) }), 413, 'unreadable'],
    ['another schema', undefined, { ...alert(), schemaId: 'Microsoft.Insights/activityLogs' }, 400, 'unknown-alert'],
    ['an unknown version', undefined, alert({ essentialsVersion: '2.0' }), 400, 'unknown-alert'],
    ['prototypes', undefined, '{"__proto__":{},"constructor":{}}', 400, 'unknown-alert'],
    ['a vault of somebody else', undefined, alert({ alertTargetIDs: [`${vault}-other`] }), 404, 'unknown-vault'],
    ['a NUL in its target', undefined, alert({ alertTargetIDs: [`${vault}\0`] }), 400, 'unknown-alert'],
    ['half a surrogate in its target', undefined, alert({ alertTargetIDs: [`${vault}\ud800`] }), 400, 'unknown-alert'],
    ['no vault', undefined, alert({ alertTargetIDs: ['/subscriptions/x'] }), 404, 'unknown-vault'],
  ])('%s is refused in one sentence, and nothing is polled', async (...[, query, body, status, code]) => {
    const answer = await post(hook(query), body);
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([status, code]);
  });

  test('what Azure lists late, or with a clock that is ahead, is reported once; what has ended by then is not', async () => {
    const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    const at = (time: string) => ({ start: time, end: time });
    const ofTheHook = (await alertsOf('ErrorOfTheHook'))[0]!;
    const earlier = ago(0);
    await taken(undefined);
    await ends(bot.azure, 'vm-dup-01', { ...failure('ErrorThatCameLate'), ...at(earlier) });
    // That VM has failed since.
    await ends(bot.azure, 'vm-app-01', { ...failure('ErrorLongOver'), ...at(ago(20)) });
    await ends(bot.azure, 'vm-app-01', at(ago(19)));
    await taken(undefined);
    await taken(undefined);
    expect(await alertsOf('ErrorLongOver')).toEqual([]);
    expect(await alertsOf('ErrorOfTheHook')).toEqual([ofTheHook]);
    // Azure's clock is twenty minutes ahead from here on.
    await bot.azure.pass(1_200);
    await ends(bot.azure, 'vm-app-01', { ...failure('ErrorFromAhead'), ...at(ago(-1 / 3)) });
    // How far it is ahead is known from an answer: the first poll may still ask for too short a time.
    const isReported = async () => (await alertsOf('ErrorFromAhead')).length > 0;
    for (let polls = 0; !(await isReported()) && polls < 5; polls += 1) await taken(undefined);
    await taken(undefined);
    for (const error of ['ErrorThatCameLate', 'ErrorFromAhead']) {
      const [told, ...more] = await alertsOf(error);
      expect(more).toEqual([]);
      expect((told!.body as { affected: { failures: number }[] }).affected.map(({ failures }) => failures)).toEqual([
        1,
      ]);
    }
  });
});

test('whoever has the secret has a vault polled twice a minute at most', async () => {
  // As at Azure's own speed.
  const waits = { vaultIdle: 14 * 60_000, vaultBusy: 14 * 60_000, vaultExpedited: sharedWaits.vaultExpedited };
  await using bot = await startBot({ database: 'postgres', waits, env: { KLUIS_ALERT_SECRETS: secret } });
  await bot.asks('ana', 'backup vaults');
  const row = async () => (await bot.rows('vault_poll')).find(({ vault_id }) => /rsv-prod-weu$/i.test(vault_id))!;
  const postsAfter = async (seconds: number) => {
    await sql`update vault_poll set polled_at = now() - ${seconds} * interval '1 second'`.execute(bot.database.db);
    const before = (await row()).polled_at!;
    expect((await post(`${bot.url}/alerts/azure-monitor?secret=${secret}`, alert())).status).toBe(200);
    return before;
  };
  await bot.as('ana').until('the first poll', async () => (await row()).polled_at !== null);
  const polledAt = await postsAfter(20);
  expect((await row()).polled_at).toEqual(polledAt);
  expect((await row()).due_at.getTime()).toBeGreaterThanOrEqual(polledAt.getTime() + 30_000);
  const longAgo = await postsAfter(31);
  await bot.as('ana').until('another poll', async () => (await row()).polled_at! > longAgo);
});

describe('by a token of Entra', () => {
  const tenantId = '00000000-0000-0000-0000-0000007e4a47';
  let server: Server;
  let url: string;
  let issue: (over?: object & { exp?: number }, from?: string) => Promise<string>;
  const log: LogLine[] = [];
  let isDown = false;
  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256' };
    const app = express();
    app.get(`/${tenantId}/discovery/v2.0/keys`, (_, response) => void response.json({ keys: [jwk] }));
    server = createServer(app).listen(0);
    url = `http://localhost:${(server.address() as AddressInfo).port}`;
    const expedite = async (ids: readonly string[]) => {
      if (isDown) throw new Error('the database is away');
      return ids;
    };
    const token = { audience: 'api://kluis', tenantId };
    app.use(alertWebhook({ secrets: [], token, authority: url, expedite, log: keepingLog(log) }));
    const caller = { appid: '461e8683-5575-4561-ac7f-899cc907d62a', roles: ['ActionGroupsSecureWebhook'] };
    issue = (over: object & { exp?: number } = {}, from = `https://sts.windows.net/${tenantId}/`) =>
      new SignJWT({ ...caller, aud: 'api://kluis', ...over })
        .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
        .setIssuer(from)
        .setIssuedAt()
        .setExpirationTime(over.exp ?? '5m')
        .sign(privateKey);
  });
  afterAll(() => void server.close());
  const by = async (jwt: string) =>
    (await post(`${url}/alerts/azure-monitor`, alert(), { authorization: `Bearer ${jwt}` })).status;

  test('the caller of secure webhooks is accepted, from an issuer of either version', async () => {
    expect(await by(await issue())).toBe(200);
    const azp = { appid: undefined, azp: '461e8683-5575-4561-ac7f-899cc907d62a' };
    expect(await by(await issue(azp, `${url}/${tenantId}/v2.0`))).toBe(200);
  });

  test('while nothing can be stored Azure is asked to call again, which it does on 503 only', async () => {
    isDown = true;
    expect(await by(await issue())).toBe(503);
    isDown = false;
    expect(await by(await issue())).toBe(200);
  });

  test.each([
    ['of another audience', { aud: 'api://other' }],
    ['of another application', { appid: '00000000-0000-0000-0000-000000000001' }],
    ['without the role', { roles: ['Other'] }],
    ['without roles', { roles: undefined }],
    ['with a role as a text', { roles: 'ActionGroupsSecureWebhook' }],
    ['that has ended', { exp: 1 }],
  ])('a token %s is not', async (_name, over) => {
    expect(await by(await issue(over))).toBe(401);
  });

  test('nor one of another tenant, one without a signature, nor nonsense', async () => {
    expect(await by(await issue({}, 'https://sts.windows.net/00000000-0000-0000-0000-000000000002/'))).toBe(401);
    const [, payload] = (await issue()).split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    const forged = (await issue()).replace(/\.[^.]+$/, '.AAAA');
    for (const jwt of [`${none}.${payload}.`, forged, 'a.b.c', '']) expect(await by(jwt)).toBe(401);
  });
});
