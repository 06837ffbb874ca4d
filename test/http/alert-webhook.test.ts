import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { alertWebhook } from '../../src/http/alert-webhook.ts';
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
    // Polled every hour by itself.
    const waits = { vaultIdle: 3_600_000, vaultBusy: 50 };
    bot = await startBot({ database: 'postgres', waits, env: { KLUIS_ALERT_SECRETS: `${secret}, ${next}` } });
    await bot.asks('ana', 'backup vaults');
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  const hook = (query = `?secret=${secret}`) => `${bot.url}/alerts/azure-monitor${query}`;

  test('with either of two secrets the vault is looked at now, and its failure is posted', async () => {
    await (await bot.thread('ana', 'backup watch')).untilTitle('Backup alerts are posted here');
    const { jobs } = await bot.azure.state();
    const failed = jobs.find(({ status, vaultId }) => status === 'Failed' && /rsv-prod-weu$/.test(vaultId))!;
    const now = new Date().toISOString();
    const errors = [{ ...failed.errors![0]!, errorTitle: 'ErrorOfTheHook' }];
    await bot.azure.change({ jobs: [...jobs, { ...failed, id: crypto.randomUUID(), start: now, end: now, errors }] });
    const answers = [await post(hook(), alert()), await post(hook(`?secret=${next}`), alert())];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await bot.as('ana').until('the alert', async () => (await bot.rows('alert')).length > 0);
    // Replayed later, as often as anybody likes, it is still one alert.
    const before = (await bot.rows('alert')).length;
    for (let again = 0; again < 3; again += 1) expect((await post(hook(), alert())).status).toBe(200);
    expect((await bot.rows('alert')).length).toBe(before);
    expect(JSON.stringify(bot.log)).not.toContain(secret);
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
    ['no vault', undefined, alert({ alertTargetIDs: ['/subscriptions/x'] }), 404, 'unknown-vault'],
  ])('%s is refused in one sentence, and nothing is looked at', async (...[, query, body, status, code]) => {
    const answer = await post(hook(query), body);
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([status, code]);
  });
});

describe('by a token of Entra', () => {
  const tenantId = '00000000-0000-0000-0000-0000007e4a47';
  let server: Server;
  let url: string;
  let issue: (over?: object & { exp?: number }, from?: string) => Promise<string>;
  const log: LogLine[] = [];
  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256' };
    const app = express();
    app.get(`/${tenantId}/discovery/v2.0/keys`, (_, response) => void response.json({ keys: [jwk] }));
    server = createServer(app).listen(0);
    url = `http://localhost:${(server.address() as AddressInfo).port}`;
    const hasten = (ids: readonly string[]) => Promise.resolve(ids);
    const token = { audience: 'api://kluis', tenantId };
    app.use(alertWebhook({ secrets: [], token, authority: url, hasten, log: keepingLog(log) }));
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

  test('the caller of secure webhooks is let in, by an issuer of either version', async () => {
    expect(await by(await issue())).toBe(200);
    const azp = { appid: undefined, azp: '461e8683-5575-4561-ac7f-899cc907d62a' };
    expect(await by(await issue(azp, `${url}/${tenantId}/v2.0`))).toBe(200);
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
