import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Inbound } from '../../src/bot/port.ts';
import { translate, type ServedOrigin } from '../../src/teams/endpoint/translate.ts';
import { mutated } from '../support/mutated.ts';
import { fixture, fixtureNames } from './fixture.ts';

const tenant = '7e57ab1e-0000-4000-8000-00000000a001';
const origin: ServedOrigin = { allowLoopback: false, tenantIds: [tenant] };

function inboundOf(raw: unknown): Inbound {
  const translated = translate(raw, origin);
  if (translated.kind !== 'event') throw new Error(`not an event: ${JSON.stringify(translated)}`);
  return translated.inbound;
}

function refusalOf(translated: ReturnType<typeof translate>) {
  return translated.kind === 'rejected' ? [translated.refusal.status, translated.refusal.code] : translated.kind;
}

describe('a message', () => {
  test('in a personal chat is text with its person, its reader and where to answer', () => {
    const conversation = fixture('message').conversation['id'];
    expect(inboundOf(fixture('message'))).toEqual({
      key: `teams:${conversation}:1764000922412`,
      conversation: {
        id: `teams:${conversation}`,
        platform: 'teams',
        kind: 'personal',
        channel: null,
        address: {
          kind: 'personal',
          serviceUrl: `https://smba.trafficmanager.net/emea/${tenant}/`,
          conversationId: conversation,
          tenantId: tenant,
          botId: '28:11111111-2222-4333-8444-555555555555',
          botName: 'Kluis',
          channelId: null,
        },
      },
      person: {
        id: '00000000-0000-0000-0000-0000000000a1',
        name: 'Ana de Vries',
        platformId: fixture('message').from['id'],
      },
      reader: { locale: 'nl', timeZone: 'Europe/Amsterdam' },
      event: { kind: 'text', text: '/backup vm-sql-01', private: false },
    });
  });

  test('in a channel loses the mention of the bot and keeps its thread', () => {
    const { conversation, event } = inboundOf(fixture('channel-mention'));
    expect(event).toEqual({ kind: 'text', text: 'backup vm-web-01 & vm-web-02', private: false });
    expect(conversation).toMatchObject({
      id: 'teams:19:8d2f0c4e6a1b4c7f9e3d5a7b@thread.tacv2;messageid=1764000922481',
      kind: 'channel',
      channel: '19:8d2f0c4e6a1b4c7f9e3d5a7b@thread.tacv2',
    });
  });

  test('that only the bot got is private, in a group chat which is its own channel', () => {
    const { conversation, event } = inboundOf(fixture('targeted-slash'));
    expect(event).toEqual({ kind: 'text', text: '/backup vm-rbac-01', private: true });
    expect(conversation).toMatchObject({ kind: 'group', channel: fixture('targeted-slash').conversation['id'] });
  });

  test('keeps a typed name of the bot that is no mention, and the mentions of others', () => {
    const entities = [{ type: 'mention', text: '<at>Ben</at>', mentioned: { id: '29:ben' } }];
    const { event } = inboundOf(fixture('message', { text: '<at>Kluis</at> ask <at>Ben</at>', entities }));
    expect(event).toMatchObject({ text: '<at>Kluis</at> ask <at>Ben</at>' });
  });

  test.each([
    ['a &lt;b&gt; &#39;c&#x27; &quot;d&quot;', 'a <b> \'c\' "d"'],
    ['&amp;lt;', '&lt;'],
    ['a\u00a0b&nbsp;c', 'a b c'],
    ['&#0;&#xD800;&#x110000;&unknown;', '&#0;&#xD800;&#x110000;&unknown;'],
    ['\n  backup help \n', 'backup help'],
    ['$& $1 $`', '$& $1 $`'],
    ['nul \0 and half \ud83d', 'nul \ufffd and half \ufffd'],
  ])('%j was typed as %j', (text, typed) => {
    expect(inboundOf(fixture('message', { text })).event).toMatchObject({ text: typed });
  });

  test('without text is an empty one, such as a file', () => {
    expect(inboundOf(fixture('message', { text: undefined })).event).toEqual({
      kind: 'text',
      text: '',
      private: false,
    });
  });
});

describe('a click', () => {
  test('of an Action.Execute has its own data and the inputs separately', () => {
    const { key, event, conversation } = inboundOf(fixture('execute'));
    expect(event).toEqual({
      kind: 'click',
      messageId: '1764000930000',
      verb: 'protect.start',
      data: { dialog: 'd-17', revision: 3 },
      inputs: { vault: 'rsv-prod-weu', policy: 'gold' },
    });
    expect(key).toBe(`${conversation.id}:f%3A8f1c6a30-9e14-4a7a-b1c3-0f4d0e2b7d11`);
  });

  test('with flat data has all of it on both sides', () => {
    const value = { action: { type: 'Action.Execute', verb: 'go', data: { dialog: 'd-1', vault: 'v' } } };
    const both = { dialog: 'd-1', vault: 'v' };
    expect(inboundOf(fixture('execute', { value })).event).toMatchObject({ data: both, inputs: both });
  });

  test('of an Action.Submit is a message with a value', () => {
    expect(inboundOf(fixture('submit')).event).toEqual({
      kind: 'click',
      messageId: '1764000930000',
      verb: 'restore.reason',
      data: { dialog: 'd-18', revision: 1, verb: 'restore.reason' },
      inputs: { reason: 'disk full' },
    });
  });

  test.each([[null], ['text'], [['a']], [undefined]])('with %j as data has no inputs', (data) => {
    const value = { action: { type: 'Action.Execute', verb: 'go', data } };
    expect(inboundOf(fixture('execute', { value })).event).toMatchObject({ data: data ?? null, inputs: {} });
  });

  test('can’t reach the prototype of its target', () => {
    const raw = JSON.parse(JSON.stringify(fixture('submit')).replace('"reason"', '"__proto__"')) as unknown;
    const { event } = inboundOf(raw);
    expect(event).toMatchObject({ inputs: {} });
    expect(Object.assign({}, event.kind === 'click' ? event.inputs : {})).not.toHaveProperty('length');
  });

  test.each([[{}], [{ action: null }], [{ action: [] }], [null], ['x']])('with %j as value is rejected', (value) => {
    expect(refusalOf(translate(fixture('execute', { value }), origin))).toEqual([400, 'bad-activity']);
  });
});

describe('a type-ahead', () => {
  test('requests as many as Teams shows, for the person who types', () => {
    expect(translate(fixture('search'), origin)).toEqual({
      kind: 'search',
      query: { dataset: 'vms', text: 'vm-w', limit: 15, by: expect.objectContaining({ name: 'Ana de Vries' }) },
    });
  });

  test('may be without text and options', () => {
    const translated = translate(fixture('search', { value: { dataset: 'vms' } }), origin);
    expect(translated).toMatchObject({ query: { text: '', limit: 15 } });
  });
});

describe('other activities', () => {
  test('an installation is added and removed; a new version of the app does neither', () => {
    expect(inboundOf(fixture('installation-add')).event).toEqual({ kind: 'installed' });
    expect(inboundOf(fixture('installation-remove')).event).toEqual({ kind: 'removed' });
    expect(translate(fixture('installation-add', { action: 'remove-upgrade' }), origin).kind).toBe('ignored');
  });

  test.each([['conversationUpdate'], ['messageReaction'], ['messageUpdate'], ['event'], ['typing'], ['toString']])(
    '%s is ignored, whatever else it contains',
    (type) => expect(translate({ type, value: 1, from: 7 }, origin)).toEqual({ kind: 'ignored' }),
  );

  test('an unknown invoke is reported as that', () => {
    expect(refusalOf(translate(fixture('execute', { name: 'task/fetch' }), origin))).toEqual([501, 'not-supported']);
  });
});

describe('the reader', () => {
  const readerOf = (changes: Record<string, unknown>) => inboundOf(fixture('message', changes)).reader;

  test.each([
    ['nl-BE', 'nl'],
    ['NL', 'nl'],
    ['en-US', 'en'],
    ['nld', 'en'],
    [undefined, 'nl'],
  ])('with the locale %s reads %s', (locale, reads) => expect(readerOf({ locale }).locale).toBe(reads));

  test('has the client’s time zone if the activity has none, and none that Node doesn’t know', () => {
    expect(readerOf({ localTimezone: undefined }).timeZone).toBe('Europe/Amsterdam');
    expect(readerOf({ localTimezone: 'W. Europe Standard Time', entities: [] }).timeZone).toBeNull();
    expect(readerOf({ localTimezone: '+01:00', entities: [] }).timeZone).toBeNull();
  });
});

describe('the key', () => {
  test('of an activity without an ID is the same for each delivery and different at another time', () => {
    const keyOf = (changes: Record<string, unknown>) =>
      inboundOf(fixture('message', { id: undefined, ...changes })).key;
    const again = { localTimestamp: '2026-11-24T10:15:23+01:00', serviceUrl: 'https://smba.trafficmanager.net/amer/' };
    expect(keyOf(again)).toBe(keyOf({}));
    expect(keyOf({ timestamp: '2026-11-24T09:15:23Z' })).not.toBe(keyOf({}));
    expect(keyOf({ text: 'other' })).not.toBe(keyOf({}));
  });

  test('distinguishes any two pairs of conversation and ID', () => {
    const part = fc.string({ unit: fc.constantFrom('a', ':', '%', '~', '3', 'A'), minLength: 1, maxLength: 6 });
    const keyOf = ([place, id]: string[]) => inboundOf(fixture('message', { id, conversation: { id: place } })).key;
    const pair = fc.tuple(part, part);
    fc.assert(fc.property(pair, pair, (a, b) => (keyOf(a) === keyOf(b)) === (a[0] === b[0] && a[1] === b[1])));
  });
});

describe('whom the endpoint trusts', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['another channel', { channelId: 'webchat' }, 'wrong-channel'],
    ['the channel of App Service', { channelId: 'AseChannel' }, 'wrong-channel'],
    ['a foreign service URL', { serviceUrl: 'https://evil.example/' }, 'wrong-service-url'],
    ['loopback where it is not allowed', { serviceUrl: 'http://127.0.0.1:4000/' }, 'wrong-service-url'],
    ['another tenant', { conversation: { id: 'a:1', tenantId: 'ffff' } }, 'wrong-tenant'],
    ['no tenant at all', { conversation: { id: 'a:1' }, channelData: {} }, 'wrong-tenant'],
  ])('not %s', (_, changes, code) => {
    expect(refusalOf(translate(fixture('message', changes), origin))).toEqual([403, code]);
  });

  test('every tenant if the bot is for all of them', () => {
    const translated = translate(fixture('message', { conversation: { id: 'a:1', tenantId: 'ffff' } }), {
      ...origin,
      tenantIds: [],
    });
    expect(translated.kind).toBe('event');
  });
});

test('a too deeply nested activity is rejected', () => {
  let value: unknown = 1;
  for (let depth = 0; depth < 100_000; depth += 1) value = { value };
  expect(refusalOf(translate(fixture('submit', { value }), origin))).toEqual([400, 'bad-activity']);
});

describe('mutated activities', () => {
  const activities = mutated(fixtureNames.map((name) => () => fixture(name)));

  test('never throw: each is an event, a type-ahead, ignored, or rejected with a reason', () => {
    const check = (raw: unknown) => {
      const translated = translate(raw, origin);
      if (translated.kind === 'rejected') return translated.refusal.status >= 400 && translated.refusal.message !== '';
      if (translated.kind !== 'event') return ['search', 'ignored'].includes(translated.kind);
      const { key, conversation, person } = translated.inbound;
      const stored = JSON.stringify(translated.inbound);
      const isStorable = !stored.includes('\\u0000') && !/\\ud[89a-f]/i.test(stored);
      return (
        isStorable &&
        key.startsWith(`${conversation.id}:`) &&
        key.length < 2600 &&
        person.id !== '' &&
        person.name !== ''
      );
    };
    fc.assert(fc.property(activities, check), { numRuns: 3000 });
  });

  test('are parsed the same way each time', () => {
    fc.assert(
      fc.property(activities, (raw) => {
        const again = JSON.parse(JSON.stringify(raw ?? null)) as unknown;
        expect(translate(again, origin)).toEqual(translate(JSON.parse(JSON.stringify(raw ?? null)), origin));
      }),
    );
  });
});
