/** The secure webhook through the whole product: a signed token of Entra leads to the alert in the channel. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { channelCards, untilCard } from '../support/channel-cards.ts';
import { fail } from '../support/failing.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { listening } from '../teams/listening.ts';

const [tenantId, other] = ['00000000-0000-0000-0000-0000007e4a47', '00000000-0000-0000-0000-000000000002'];
const audience = 'api://kluis';
const vault =
  '/subscriptions/00000000-0000-0000-0000-00000000c0de/resourcegroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-prod-weu';
const alert = {
  schemaId: 'azureMonitorCommonAlertSchema',
  data: { essentials: { alertId: 'a1', alertTargetIDs: [vault], essentialsVersion: '1.0' }, alertContext: {} },
};

type Claims = { readonly iss?: string; readonly exp?: number } & Readonly<Record<string, unknown>>;

let bot: TestBot;
let entra: Awaited<ReturnType<typeof listening>>;
let mint: (claims?: Claims) => Promise<string>;
const asked: string[] = [];

/** The key server of Entra is this machine's; everything else goes where it is addressed to. */
beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256' }];
  entra = await listening((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys }));
  });
  const real = globalThis.fetch;
  jest.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    return real(
      address.startsWith('https://login.microsoftonline.com/') ? entra.url + new URL(address).pathname : input,
      init,
    );
  });
  const caller = { appid: '461e8683-5575-4561-ac7f-899cc907d62a', roles: ['ActionGroupsSecureWebhook'], aud: audience };
  mint = ({ iss = `https://sts.windows.net/${tenantId}/`, exp, ...claims } = {}) =>
    new SignJWT({ ...caller, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setIssuer(iss)
      .setIssuedAt()
      .setExpirationTime(exp ?? '5m')
      .sign(privateKey);
  // Longer would be due: nothing is put off for more than a quarter of an hour (store/due.ts).
  const waits = { vaultIdle: 14 * 60_000, vaultBusy: 50 };
  bot = await startBot({ database: 'postgres', waits, env: { KLUIS_ALERT_AUDIENCE: audience } });
  await bot.asks('ana', 'backup vaults');
  await (await bot.thread('ana', 'backup watch')).untilTitle('Backup alerts are posted here');
  await bot.as('ana').until('vaults that are not polled for a while', async () => {
    const all = await bot.rows('vault_poll');
    return all.length === 3 && all.every((one) => one.polled_at !== null && !isDueSoon(one));
  });
});
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
  jest.restoreAllMocks();
});

const posts = (jwt: string) =>
  fetch(`${bot.url}/alerts/azure-monitor`, {
    method: 'POST',
    headers: { authorization: `Bearer ${jwt}` },
    body: JSON.stringify(alert),
  });
const isDueSoon = ({ due_at, held_until }: { due_at: Date; held_until: Date | null }) =>
  held_until !== null || due_at.getTime() < Date.now() + 600_000;
const polls = async () =>
  (await bot.rows('vault_poll')).map(({ vault_id, polled_at }) => `${vault_id} ${polled_at?.toISOString()}`).toSorted();
const alertsOf = async (error: string) =>
  (await bot.rows('alert')).filter(({ cause_key }) => cause_key.includes(error.toLowerCase()));

test.each<[string, Claims]>([
  ['another tenant', { iss: `https://sts.windows.net/${other}/` }],
  ['another tenant, in version 2', { iss: `https://login.microsoftonline.com/${other}/v2.0` }],
  ['another application', { appid: '00000000-0000-0000-0000-000000000001' }],
  ['another audience', { aud: 'api://other' }],
  ['an hour ago', { exp: Math.floor(Date.now() / 1000) - 3600 }],
  ['an application without the role', { roles: [] }],
])('a token of %s is refused, and no vault is looked at for it', async (_of, claims) => {
  await fail(bot.azure, { 'vm-app-01': 'ErrorOfTheToken' });
  const before = await polls();
  const answer = await posts(await mint(claims));
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ error: { code: 'not-proven' } });
  expect(await polls()).toEqual(before);
  expect((await bot.rows('vault_poll')).filter(isDueSoon)).toEqual([]);
});

test('a token of the action groups leads to one card, also where the watcher finds the same later', async () => {
  // What failed while it was refused was seen by nobody.
  expect(await alertsOf('ErrorOfTheToken')).toEqual([]);
  expect(await channelCards(bot, 'vm-app-01')).toEqual([]);
  const v2 = { iss: `https://login.microsoftonline.com/${tenantId}/v2.0` };
  expect((await posts(await mint())).status).toBe(200);
  const { message } = await untilCard(bot, 'vm-app-01', 'ErrorOfTheToken');
  const polled = await polls();
  expect((await posts(await mint(v2))).status).toBe(200);
  await bot.as('ana').until('another poll', async () => JSON.stringify(await polls()) !== JSON.stringify(polled));
  expect(await alertsOf('ErrorOfTheToken')).toHaveLength(1);
  const cards = (await channelCards(bot, 'vm-app-01')).filter(({ card }) => card.text.includes('ErrorOfTheToken'));
  expect(cards.map((one) => one.message.id)).toEqual([message.id]);
  expect(new Set(asked)).toEqual(new Set([`/${tenantId}/discovery/v2.0/keys`]));
});
