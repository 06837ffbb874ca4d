import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { callQueue } from '../../src/azure/arm/transport/call-queue.ts';

const gate = () => Promise.withResolvers<void>();

test('never more than its width at a time, all in order, whatever fails or leaves', async () => {
  const kinds = fc.array(fc.constantFrom('works', 'fails', 'leaves'), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5 }), kinds, async (width, calls) => {
      const queue = callQueue(width);
      const started: number[] = [];
      const gates = calls.map(gate);
      let running = 0;
      let most = 0;
      const leaving = calls.map(() => new AbortController());
      const all = calls.map((kind, index) =>
        queue
          .run(async () => {
            started.push(index);
            most = Math.max(most, ++running);
            await gates[index]!.promise;
            running -= 1;
            if (kind === 'fails') throw new Error('failed');
          }, leaving[index]!.signal)
          .catch(() => {}),
      );
      calls.forEach((kind, index) => kind === 'leaves' && index >= width && leaving[index]!.abort());
      gates.forEach(({ resolve }) => resolve());
      await Promise.all(all);
      expect(most).toBeLessThanOrEqual(width);
      expect(started).toEqual([...calls.keys()].filter((index) => calls[index] !== 'leaves' || index < width));
    }),
  );
});

test('a call that left is never run, and one that came back too late neither', async () => {
  const queue = callQueue(1);
  const { promise, resolve } = gate();
  const first = queue.run(() => promise);
  const leave = new AbortController();
  let ran = 0;
  const second = queue.run(() => Promise.resolve(ran++), leave.signal);
  leave.abort();
  await expect(second).rejects.toMatchObject({ name: 'AbortError' });
  resolve();
  await first;
  await expect(queue.run(() => Promise.resolve(ran++), AbortSignal.abort())).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(ran).toBe(0);
  expect(await queue.run(() => Promise.resolve('free again'))).toBe('free again');
});
