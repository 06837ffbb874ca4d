import { randomUUID } from 'node:crypto';
import type { Attempt, SendDeadline } from '../../../src/azure/gateway.ts';

/** An attempt with all the time in the world, unless its deadline is given. */
export function attemptOf(id: string = randomUUID(), deadline: Partial<SendDeadline> = {}): Attempt {
  const calm = { over: new AbortController().signal, mayLeave: () => true, answerMs: 20_000 };
  return { id, deadline: { ...calm, ...deadline } };
}
