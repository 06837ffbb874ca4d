import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { TeamsSettings } from '../../src/teams/settings.ts';
import type { createTeamsEndpoint } from '../../src/teams/endpoint/teams-endpoint.ts';
import { eventually } from '../support/eventually.ts';
import { openEndpoint } from './endpoint-house.ts';
import { fixture } from './fixture.ts';
import { openIssuer, type Minted } from './issuer.ts';

const appId = '11111111-2222-4333-8444-555555555555';
const tenantId = '7e57ab1e-0000-4000-8000-00000000a001';
const settings: TeamsSettings = {
  appId,
  appPassword: 'not-a-real-one',
  appType: 'MultiTenant',
  appTenantId: null,
  tenantIds: [],
};
const serviceUrl = `https://smba.trafficmanager.net/emea/${tenantId}/`;
const good = { aud: appId, serviceurl: serviceUrl };

// botbuilder itself writes about tokens to the console.
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  jest.restoreAllMocks();
});

async function guarded(
  changes: Partial<TeamsSettings> = {},
  keyReads: Parameters<typeof createTeamsEndpoint>[0]['keyReads'] = {},
) {
  const issuer = await openIssuer();
  const given = { ...settings, ...changes };
  const endpoint = await openEndpoint({
    settings: given,
    allowLoopback: false,
    openIdMetadataUrl: issuer.metadataUrl,
    keyReads,
  });
  const knock = (minted: Minted | string | undefined, activity: unknown = fixture('message')) => {
    const token = typeof minted === 'object' ? `Bearer ${issuer.mint(minted)}` : minted;
    return endpoint.send(activity, token === undefined ? {} : { authorization: token });
  };
  const close = async () => {
    await endpoint[Symbol.asyncDispose]();
    await issuer[Symbol.asyncDispose]();
  };
  return { endpoint, issuer, knock, [Symbol.asyncDispose]: close };
}

test('a token of the Bot Framework for this bot opens the endpoint', async () => {
  await using house = await guarded();
  expect(await house.knock({ claims: good })).toMatchObject({ status: 200, text: '' });
  expect((await house.knock({ claims: good }, fixture('execute'))).body).toMatchObject({ statusCode: 200 });
  expect(house.endpoint.received.map(({ event }) => event.kind)).toEqual(['text', 'click']);
  expect(house.issuer.asked).toEqual(['/openid', '/keys']);
});

describe('401, with nothing received', () => {
  test('and an answer that says only which code', async () => {
    await using house = await guarded();
    const reply = await house.knock('Bearer garbage');
    expect(reply).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } });
    expect(Object.keys(reply.body ?? {})).toEqual(['error']);
  });

  test('by botbuilder’s ways for emulators and skills, without any request', async () => {
    await using house = await guarded();
    const microsoft = 'https://sts.windows.net/f8cdef31-a31e-4b4a-93e4-5f571e91255a/';
    const emulator = {
      iss: microsoft,
      ver: '1.0',
      appid: appId,
      aud: appId,
      tid: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
    };
    const skill = { iss: microsoft, ver: '1.0', appid: 'another-app', aud: appId };
    for (const claims of [emulator, skill]) expect((await house.knock({ claims })).status).toBe(401);
    expect(house.issuer.asked).toEqual([]);
  });
});

describe('403, for an authenticated caller', () => {
  test('another channel of the same bot, and none', async () => {
    await using house = await guarded();
    for (const channelId of ['webchat', 'directline', 'AseChannel', 'emulator', undefined, '']) {
      const reply = await house.knock({ claims: good, kid: 'key-web' }, fixture('message', { channelId }));
      expect(reply).toMatchObject({ status: 403, body: { error: { code: 'wrong-channel' } } });
    }
    expect(house.endpoint.received).toEqual([]);
  });

  test('a service URL that isn’t Teams’, even if the token names it', async () => {
    await using house = await guarded();
    for (const url of ['https://evil.example/', 'http://127.0.0.1:4000/']) {
      const activity = fixture('message', { serviceUrl: url });
      const reply = await house.knock({ claims: { ...good, serviceurl: url } }, activity);
      expect(reply).toMatchObject({ status: 403, body: { error: { code: 'wrong-service-url' } } });
    }
  });

  test('another tenant than the one that the bot is for', async () => {
    const foreign = fixture('message', { conversation: { id: 'a:1', conversationType: 'personal', tenantId: 'ffff' } });
    await using house = await guarded({ appType: 'SingleTenant', appTenantId: tenantId, tenantIds: [tenantId] });
    expect(await house.knock({ claims: good }, foreign)).toMatchObject({ status: 403 });
    const nowhere = fixture('message', { conversation: { id: 'a:1', conversationType: 'personal' }, channelData: {} });
    expect(await house.knock({ claims: good }, nowhere)).toMatchObject({ status: 403 });
    expect(await house.knock({ claims: good })).toMatchObject({ status: 200 });
    await using open = await guarded();
    expect(await open.knock({ claims: good }, foreign)).toMatchObject({ status: 200 });
  });
});

describe('503 while the keys can’t be read', () => {
  test('logged, and the answer has no details; later callers don’t ask again, and are accepted once they can be read', async () => {
    await using house = await guarded({}, { pauseMs: 5_000 });
    house.issuer.goDown();
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => house.knock({ claims: good, key: house.issuer.strangersKey })),
    );
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 503));
    expect(replies[0]).toMatchObject({ body: { error: { code: 'keys-out-of-reach' } } });
    expect(replies[0]?.text).not.toMatch(/openid|10\.1|127\.0/i);
    expect(house.endpoint.logged[0]).toMatchObject({
      level: 'error',
      fields: { text: expect.stringContaining('503') },
    });
    expect(house.issuer.asked).toEqual(['/openid']);
    house.issuer.comeBack();
    await eventually('a caller is let in', async () => (await house.knock({ claims: good })).status === 200);
  });

  test('a key server that never answers blocks nobody: one request for all, with a timeout', async () => {
    await using house = await guarded({}, { timeoutMs: 2_000 });
    house.issuer.hang();
    const replies = await Promise.all(Array.from({ length: 50 }, () => house.knock({ claims: good })));
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 503));
    expect(house.issuer.asked).toEqual(['/openid']);
  });
});

test('the settings of each type of app are accepted, and incomplete ones stop the start', async () => {
  for (const given of [
    { appType: null },
    { appType: 'SingleTenant', appTenantId: tenantId },
    { appType: 'UserAssignedMSI', appTenantId: tenantId, appPassword: null },
  ]) {
    await using house = await guarded(given);
    expect((await house.knock({ claims: good })).status).toBe(200);
  }
  await expect(openEndpoint({ settings: { ...settings, appType: 'SingleTenant' } })).rejects.toThrow(
    /MicrosoftAppTenantId/,
  );
});
