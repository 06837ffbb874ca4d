import { expect, test } from '@jest/globals';
import { createHttpHeaders, createPipelineRequest, type HttpClient } from '@azure/core-rest-pipeline';
import fc from 'fast-check';
import { guardedClient } from '../../src/azure/arm/transport/guarded-client.ts';

const subscription = (name: string) => `https://management.azure.com/subscriptions/${name}/resourcegroups`;

/** A wire on which each call hangs until it is released, and a client in front of it with `width` parallel calls. */
function guarded(width: number) {
  const hanging = new Map<string, PromiseWithResolvers<void>>();
  const sent: string[] = [];
  const inner: HttpClient = {
    async sendRequest(request) {
      const name = request.requestId;
      sent.push(name);
      await hanging.get(name)?.promise;
      return { request, status: name.startsWith('fails') ? 500 : 200, headers: createHttpHeaders() };
    },
  };
  const client = guardedClient(inner, { width, noteDate: () => {} });
  const send = (name: string, { to = 'a', signal }: { to?: string; signal?: AbortSignal } = {}) => {
    hanging.set(name, Promise.withResolvers());
    const request = createPipelineRequest({
      url: subscription(to),
      requestId: name,
      ...(signal && { abortSignal: signal }),
    });
    return client.sendRequest(request).then(({ status }) => status);
  };
  return { sent, send, letGo: (name: string) => hanging.get(name)?.resolve() };
}

test('never more parallel calls than its width, in order, whatever fails or is aborted', async () => {
  const kinds = fc.array(fc.constantFrom('works', 'fails', 'leaves'), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5 }), kinds, async (width, calls) => {
      const { sent, send, letGo } = guarded(width);
      const names = calls.map((kind, index) => `${kind} ${index}`);
      const taken = names.map(() => new AbortController());
      const all = names.map((name, index) => send(name, { signal: taken[index]!.signal }).catch(() => null));
      const left = (index: number) => calls[index] === 'leaves' && index >= width;
      names.forEach((_, index) => left(index) && taken[index]!.abort());
      const stays = names.filter((_, index) => !left(index));
      for (const [index, name] of stays.entries()) {
        await new Promise(setImmediate);
        expect(sent).toEqual(stays.slice(0, index + width));
        letGo(name);
      }
      await Promise.all(all);
      expect(sent).toEqual(stays);
    }),
  );
});

test('a call aborted while it waits is never sent, and the next one is', async () => {
  const { sent, send, letGo } = guarded(1);
  const first = send('first');
  const taken = new AbortController();
  const second = send('second', { signal: taken.signal });
  taken.abort();
  await expect(second).rejects.toMatchObject({ name: 'AbortError' });
  await expect(send('third', { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  letGo('first');
  expect(await first).toBe(200);
  const next = send('next');
  letGo('next');
  expect(await next).toBe(200);
  expect(sent).toEqual(['first', 'next']);
});

test('a call that is being sent keeps its slot until it has ended, whatever its signal says', async () => {
  const { sent, send, letGo } = guarded(1);
  const taken = new AbortController();
  const first = send('first', { signal: taken.signal });
  const second = send('second');
  taken.abort();
  await new Promise(setImmediate);
  expect(sent).toEqual(['first']);
  letGo('first');
  expect(await first).toBe(200);
  letGo('second');
  await second;
});

test('one subscription doesn’t wait for another', async () => {
  const { sent, send, letGo } = guarded(1);
  const waiting = send('of a');
  const other = send('of b', { to: 'b' });
  letGo('of b');
  expect(await other).toBe(200);
  expect(sent).toEqual(['of a', 'of b']);
  letGo('of a');
  await waiting;
});
