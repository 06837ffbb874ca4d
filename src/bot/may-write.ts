import { asksOfPart } from '../operations/asks.ts';
import type { Part } from '../operations/part.ts';
import { Barred } from '../operations/write-once.ts';
import type { StoredOperation } from '../store/operations.ts';
import type { Deps } from './deps.ts';
import { barredBy } from './gate.ts';
import { rightsOf } from './turn-rights.ts';

type Beginning = {
  readonly call: string;
  readonly isFirst: boolean;
  readonly part: Part;
  readonly operation: Pick<StoredOperation, 'id' | 'requester'>;
};

/**
 * The gate once more, before the first write of a part: whoever asked for it must still have the right. A plan may wait for a
 * grant, for Azure or for another process, and be of a time when somebody had it. False: that cannot be told now, so it waits.
 */
export async function mayWrite(deps: Deps, { call, isFirst, part, operation }: Beginning): Promise<boolean> {
  if (deps.trusted() !== null) return false;
  if (!isFirst || isWish(part, call)) return true;
  const barred = barredBy(deps, await rightsOf(deps, operation.requester), asksOfPart(part));
  if (barred === null) return true;
  if (barred.refused === 'not-trusted-now') return false;
  deps.metrics.refused(barred.refused);
  deps.log.warn({ operation: operation.id, part: part.id, refused: barred.refused }, 'a write is not allowed any more');
  throw new Barred(barred.refused);
}

/** What somebody asked for while it ran (a cancel) was decided at their click, and the part goes on whatever comes of it. */
export function isWish(part: Part, call: string): boolean {
  return call === 'cancel-job' && part.does !== 'cancel-job';
}
