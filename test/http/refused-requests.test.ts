import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { appId, claims, openSlack, openTeams, type SlackRequest, type TeamsRequest } from './adapters.ts';

/** What every adapter must refuse, whichever SDK is behind it: nothing of it reaches the product. */

// botbuilder itself writes about tokens to the console.
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  jest.restoreAllMocks();
});

const past = Math.floor(Date.now() / 1000) - 3600;
const token = (changed: object, more: object = {}) => ({ token: { claims: { ...claims, ...changed }, ...more } });
const personal = { id: 'a:1', conversationType: 'personal' };
const large = 'x'.repeat(512 * 1024);

/** The request as each platform would send it, and the answer to it; null: there is no such thing there. */
type Row = [name: string, teams: [TeamsRequest, number], slack: [SlackRequest, number] | null];

/** The payload of another token under this one's signature. */
const swapped: TeamsRequest['token'] = (issuer) => {
  const [header, , signature] = issuer.mint({ claims: { ...claims, aud: 'other' } }).split('.');
  return `Bearer ${header}.${issuer.mint({ claims }).split('.')[1]}.${signature}`;
};

// Slack signs with a secret that only one app has, and names neither an audience, a channel nor a URL to answer to.
const rows: Row[] = [
  ['unsigned', [{ token: null }, 401], [{ forgery: 'unsigned' }, 401]],
  ['garbage instead of a signature', [{ token: 'Bearer a.b.c' }, 401], [{ forgery: 'no-timestamp' }, 401]],
  ['another scheme', [{ token: 'Basic a2x1aXM6a2x1aXM=' }, 401], null],
  ['an algorithm without a signature', [token({}, { alg: 'none' }), 401], null],
  [
    'signed by a stranger',
    [{ token: ({ strangersKey: key }) => ({ claims, key }) }, 401],
    [{ forgery: 'wrong-secret' }, 401],
  ],
  ['changed after it was signed', [{ token: swapped }, 401], [{ forgery: 'tampered' }, 401]],
  ['by another issuer', [token({ iss: 'https://evil.example' }), 401], null],
  ['an unknown key', [token({}, { kid: 'key-2' }), 401], null],
  ['a key that is endorsed for another channel', [token({}, { kid: 'key-web' }), 401], null],
  ['expired', [token({ nbf: past - 60, exp: past }), 401], [{ forgery: 'old' }, 401]],
  ['not valid yet', [token({ nbf: past + 7200 + 600 }), 401], [{ forgery: 'future' }, 401]],
  ['for another bot', [token({ aud: '99999999-2222-4333-8444-555555555555' }), 401], null],
  ['for nobody', [{ token: { claims: { serviceurl: claims.serviceurl } } }, 401], null],
  ['a token without a service URL', [{ token: { claims: { aud: appId } } }, 401], null],
  ['a token for another service URL', [token({ serviceurl: 'https://smba.trafficmanager.net/amer/' }), 401], null],
  ['another channel of the same bot', [{ fields: { channelId: 'webchat' } }, 403], null],
  ['no channel', [{ fields: { channelId: undefined } }, 403], null],
  [
    'a service URL that isn’t Microsoft’s, in the token too',
    [{ ...token({ serviceurl: 'https://evil.example/' }), fields: { serviceUrl: 'https://evil.example/' } }, 403],
    null,
  ],
  ['no service URL', [{ fields: { serviceUrl: undefined } }, 400], null],
  // Slack would repeat what isn't acknowledged.
  [
    'from a foreign tenant, or a workspace in which it isn’t installed',
    [{ fields: { conversation: { ...personal, tenantId: 'ffff' } } }, 403],
    [{ fields: { team_id: 'T0FABRIKAM' } }, 200],
  ],
  [
    'from no tenant',
    [{ fields: { conversation: personal, channelData: {} } }, 403],
    [{ fields: { team_id: '' } }, 200],
  ],
  ['while the keys can’t be read', [{ keysAreDown: true }, 503], null],
  ['not JSON', [{ body: '{"type":' }, 400], [{ body: '{"type":', type: 'application/json' }, 400]],
  ['a body of another type', [{ type: 'text/plain' }, 415], [{ type: 'text/plain' }, 400]],
  ['too large', [{ fields: { text: large } }, 413], [{ fields: { text: large } }, 413]],
];

test('Teams, by botbuilder: what is genuine is received', async () => {
  await using teams = await openTeams();
  expect(await teams.send({})).toBe(200);
  expect(teams.received()).toBe(1);
});

test('Slack, by Bolt: what is genuine is received', async () => {
  await using slack = await openSlack();
  expect(await slack.send({})).toBe(200);
  expect(slack.received()).toBe(1);
});

test.each(rows)('%s', async (_, [inTeams, status], inSlack) => {
  await using teams = await openTeams();
  expect([await teams.send(inTeams), teams.received()]).toEqual([status, 0]);
  if (inSlack === null) return;
  await using slack = await openSlack();
  expect([await slack.send(inSlack[0]), slack.received()]).toEqual([inSlack[1], 0]);
});
