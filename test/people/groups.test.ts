import { describe, expect, test } from '@jest/globals';
import { isFresh, type Voter } from '../../src/approval/decide.ts';
import { graphGroups } from '../../src/people/graph-groups.ts';
import { type GroupReads, groupsMaxAgeMs, rememberedGroups } from '../../src/people/groups.ts';

type Post = Parameters<typeof graphGroups>[0]['post'];

const ana = '00000000-0000-0000-0000-0000000000a1';
const ben = '00000000-0000-0000-0000-0000000000b1';
const named = ['11111111-1111-1111-1111-111111111111'];

function watched(answer: () => ReturnType<GroupReads['memberOf']>) {
  const asked: string[] = [];
  let now = Date.parse('2026-11-24T03:00:00Z');
  const memberOf: GroupReads['memberOf'] = (person) => {
    asked.push(person);
    return answer();
  };
  const groups = rememberedGroups({ reads: { memberOf }, clock: { now: () => new Date(now) }, named });
  return { groups, asked, pass: (ms: number) => (now += ms) };
}

describe('cached groups', () => {
  test('an answer at its oldest still counts half a minute later, when a decision is made by it', () => {
    const given = Date.parse('2026-11-24T03:00:00Z');
    const voter = { readAt: new Date(given - groupsMaxAgeMs) } as Voter;
    expect(isFresh(voter, new Date(given + 29_999))).toBe(true);
  });

  test('an answer is used for less than a minute after its request', async () => {
    const { groups, asked, pass } = watched(async () => ({ groups: named, guest: false, account: 'enabled' as const }));
    const first = await groups.of(ana);
    pass(groupsMaxAgeMs - 1);
    expect(await groups.of(ana.toUpperCase())).toEqual(first);
    expect(asked).toHaveLength(1);
    pass(1);
    await groups.of(ana);
    expect(asked).toHaveLength(2);
  });

  test('a clock that was set back doesn’t renew an old answer', async () => {
    const { groups, asked, pass } = watched(async () => ({ groups: named, guest: false, account: 'enabled' as const }));
    await groups.of(ana);
    pass(-1);
    await groups.of(ana);
    expect(asked).toHaveLength(2);
  });

  test('concurrent requests for a person are one request, for two people two', async () => {
    const { groups, asked } = watched(async () => ({ groups: [], guest: false, account: 'enabled' as const }));
    await Promise.all([groups.of(ana), groups.of(ana), groups.of(ben)]);
    expect(asked).toEqual([ana, ben]);
  });

  test('a fault is reported, not cached, and older answers aren’t used after it', async () => {
    const answers: (() => ReturnType<GroupReads['memberOf']>)[] = [
      async () => ({ groups: named, guest: false, account: 'enabled' as const }),
      async () => ({ fault: 'forbidden' }),
      () => Promise.reject(new Error('socket hang up')),
      () => {
        throw new Error('at once');
      },
      async () => ({ groups: named, guest: false, account: 'enabled' as const }),
    ];
    const { groups, pass } = watched(() => answers.shift()!());
    expect(groups.last()).toBeNull();
    expect(await groups.of(ana)).toMatchObject({ known: true, groups: named });
    pass(groupsMaxAgeMs);
    expect(await groups.of(ana)).toEqual({ known: false, fault: 'forbidden' });
    expect(groups.last()).toMatchObject({ fault: 'forbidden' });
    expect(await groups.of(ana)).toEqual({ known: false, fault: 'unavailable' });
    expect(await groups.of(ana)).toEqual({ known: false, fault: 'unavailable' });
    expect(await groups.of(ana)).toMatchObject({ known: true });
    expect(groups.last()).toMatchObject({ fault: null });
  });

  test('if no group is named, it is still asked whether the person has an account', async () => {
    const asked: (readonly string[])[] = [];
    const memberOf: GroupReads['memberOf'] = (_person, among) => {
      asked.push(among);
      return Promise.resolve({ groups: [], guest: false, account: 'disabled' });
    };
    const none = rememberedGroups({ reads: { memberOf }, clock: { now: () => new Date() }, named: [] });
    expect(await none.of(ana)).toMatchObject({ known: true, groups: [], account: 'disabled' });
    expect(asked).toEqual([[]]);
  });
});

describe('Graph', () => {
  const answering =
    (status: number, body: unknown): Post =>
    () =>
      Promise.resolve({ status, body });
  const member = () => Promise.resolve({ status: 200, body: { userType: 'Member', accountEnabled: true } });
  const notFound = { error: { code: 'Request_ResourceNotFound', message: 'x' } };

  test('asks for 20 groups at a time, and trusts only answers about those', async () => {
    const ids = Array.from({ length: 45 }, (_, n) => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`);
    const calls: { path: string; body: { groupIds: string[] } }[] = [];
    const post: Post = (path, body) => {
      const asked = body as { groupIds: string[] };
      calls.push({ path, body: asked });
      return Promise.resolve({ status: 200, body: { value: [asked.groupIds[0]!.toUpperCase(), named[0]] } });
    };
    const answer = await graphGroups({ post, get: member }).memberOf('ana/../x', ids);
    expect(calls.map(({ body }) => body.groupIds.length)).toEqual([20, 20, 5]);
    expect(calls[0]?.path).toBe('/v1.0/users/ana%2F..%2Fx/checkMemberGroups');
    expect(answer).toEqual({ groups: [ids[0], ids[20], ids[40]], guest: false, account: 'enabled' });
  });

  test.each<[string, Post, unknown]>([
    ['403', answering(403, {}), { fault: 'forbidden' }],
    ['401', answering(401, {}), { fault: 'forbidden' }],
    ['500', answering(500, null), { fault: 'unavailable' }],
    ['429', answering(429, null), { fault: 'unavailable' }],
    ['no answer', () => Promise.reject(new Error('reset')), { fault: 'unavailable' }],
    ['a page of a proxy', answering(200, '<html>'), { fault: 'garbled' }],
    ['a list of something else', answering(200, { value: [{ id: 1 }] }), { fault: 'garbled' }],
    ['a person in none of them', answering(404, notFound), { groups: [], guest: false, account: 'enabled' }],
    ['a 404 that is not Graph’s', answering(404, '<html>'), { fault: 'garbled' }],
  ])('%s', async (_name, post, expected) => {
    expect(await graphGroups({ post, get: member }).memberOf(ana, named)).toEqual(expected);
  });

  const enabled = { groups: [], guest: false, account: 'enabled' };
  test.each<[string, [number, unknown] | null, unknown]>([
    ['a member', [200, { userType: 'Member', accountEnabled: true }], enabled],
    ['a guest', [200, { userType: 'Guest', accountEnabled: true }], { ...enabled, guest: true }],
    ['an older account, without a type', [200, { userType: null, accountEnabled: true }], enabled],
    ['disabled', [200, { userType: 'Member', accountEnabled: false }], { ...enabled, account: 'disabled' }],
    ['gone', [404, notFound], { ...enabled, account: 'gone' }],
    ['a 404 that is not Graph’s', [404, '<html>'], { fault: 'garbled' }],
    ['it doesn’t say whether it is enabled', [200, { userType: 'Member' }], { fault: 'garbled' }],
    ['enabled in other words', [200, { userType: 'Member', accountEnabled: 'true' }], { fault: 'garbled' }],
    ['not to be read', [403, {}], { fault: 'forbidden' }],
    ['not without a token', [401, {}], { fault: 'forbidden' }],
    ['throttled', [429, {}], { fault: 'unavailable' }],
    ['down', [503, null], { fault: 'unavailable' }],
    ['a redirect', [302, null], { fault: 'unavailable' }],
    ['no answer', null, { fault: 'unavailable' }],
  ])('the account of a person: %s', async (_name, answer, expected) => {
    const post = answering(200, { value: [] });
    const paths: string[] = [];
    const get = (path: string) => {
      paths.push(path);
      const [status, body] = answer ?? [0, null];
      return answer === null ? Promise.reject(new Error('reset')) : Promise.resolve({ status, body });
    };
    expect(await graphGroups({ post, get }).memberOf('ana/../x', named)).toEqual(expected);
    expect(paths).toEqual(['/v1.0/users/ana%2F..%2Fx?$select=userType,accountEnabled']);
  });
});
