import { expect, test } from '@jest/globals';
import { createTokenSource } from '../../src/teams/token-source.ts';
import { notConfigured } from './endpoint-house.ts';

const settings = { ...notConfigured, appId: '11111111-2222-4333-8444-555555555555', appPassword: 'not-a-real-one' };

test('there are no tokens while Teams isn’t configured', () => {
  expect(createTokenSource(notConfigured)).toBeNull();
});

test('concurrent sends share one token request; a later one makes its own', async () => {
  const asked: boolean[] = [];
  const held = Promise.withResolvers<string>();
  const source = createTokenSource(settings, (_, fresh) => {
    asked.push(fresh);
    return asked.length === 1 ? held.promise : Promise.resolve('later');
  });
  const together = Promise.all([source?.token({ fresh: false }), source?.token({ fresh: false })]);
  held.resolve('first');
  expect(await together).toEqual(['first', 'first']);
  expect(await source?.token({ fresh: false })).toBe('later');
  expect(await source?.token({ fresh: true })).toBe('later');
  expect(asked).toEqual([false, false, true]);
});

test('a failed token request isn’t cached', async () => {
  let count = 0;
  const source = createTokenSource(settings, async () => {
    count += 1;
    if (count === 1) throw new Error('unreachable');
    return 'token';
  });
  await expect(source?.token({ fresh: false })).rejects.toThrow('unreachable');
  expect(await source?.token({ fresh: false })).toBe('token');
});
