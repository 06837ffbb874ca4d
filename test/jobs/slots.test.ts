import { expect, test } from '@jest/globals';
import { slotsFor } from '../../src/jobs/slots.ts';

/** A piece of work that ends when it is told to. */
function piece() {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { work: () => promise, end: resolve, fail: reject };
}

const isOpen = (promise: Promise<void>) =>
  Promise.race([promise.then(() => false), new Promise<boolean>((done) => setImmediate(() => done(true)))]);

test('a slot is free until all are taken, and again when one piece of work has ended', async () => {
  const slots = slotsFor(2);
  const [one, other] = [piece(), piece()];
  slots.begin(one.work);
  expect(await isOpen(slots.free())).toBe(false);
  slots.begin(other.work);
  const waiting = slots.free();
  expect(await isOpen(waiting)).toBe(true);
  one.end();
  await waiting;
  other.end();
  await slots.idle();
});

test('work that finds no slot begins in its turn, before anyone who only asks for a slot', async () => {
  const slots = slotsFor(1);
  const pieces = [piece(), piece(), piece()];
  const begun: number[] = [];
  const all = pieces.map(({ work }, n) => slots.begin(() => (begun.push(n), work())));
  const asking = slots.free().then(() => begun.push(9));
  expect([begun, slots.busy, slots.waiting]).toEqual([[0], 3, 2]);
  for (const [n, { end }] of pieces.entries()) {
    await all[n];
    end();
  }
  await asking;
  expect(begun).toEqual([0, 1, 2, 9]);
  await slots.idle();
});

test('nobody waits for a slot any more once it is closed; running work is still awaited', async () => {
  const slots = slotsFor(1);
  const one = piece();
  slots.begin(one.work);
  const waiting = slots.free();
  slots.close();
  await waiting;
  expect(await isOpen(slots.idle())).toBe(true);
  one.end();
  await slots.idle();
});

test('a piece that takes long gives up its slot: others go on, and it is still awaited', async () => {
  const slots = slotsFor(1, 20);
  const [long, next] = [piece(), piece()];
  slots.begin(long.work);
  const begun = slots.begin(next.work);
  expect(slots.busy).toBe(2);
  await begun;
  expect([slots.busy, slots.waiting]).toEqual([1, 0]);
  next.end();
  await slots.free();
  expect(await isOpen(slots.idle())).toBe(true);
  long.end();
  await slots.idle();
});
