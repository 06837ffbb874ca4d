import { setImmediate } from 'node:timers/promises';

const perTurn = 50;

/** Processes many in turns, so that other work in this process doesn't have to wait for the last one. */
export async function unhurried<T, V>(all: readonly T[], judge: (one: T, index: number) => V): Promise<V[]> {
  const done: V[] = [];
  for (const [index, one] of all.entries()) {
    done.push(judge(one, index));
    if (done.length % perTurn === 0) await setImmediate();
  }
  return done;
}
