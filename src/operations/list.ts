/** The list of all operations. */
import { backupOperations } from './backup/operations.ts';
import type { Operation, PartKind } from './dialogs/operation.ts';
import { drillOperations } from './drill/operations.ts';
import { exceptionOperations } from './exception/operations.ts';
import type { PartBase } from './ground/part.ts';
import { restoreOperations } from './restore/operations.ts';
import { sharedWaits, type SharedWaits } from './ground/waits.ts';

const all = [...backupOperations, ...restoreOperations, ...drillOperations, ...exceptionOperations] as const;

/** All operations. */
export const operations: readonly Operation[] = all;

type Together<Each> = (Each extends unknown ? (each: Each) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** All waits by name: the shared ones, and each operation's own. */
export type Waits = SharedWaits & Readonly<Together<(typeof all)[number]['part']['waits']>>;

/** The waits for the real Azure. */
export const realWaits = Object.assign({}, sharedWaits, ...operations.map(({ part }) => part.waits)) as Waits;

const kinds = new Map(operations.map(({ name, part }) => [name as string, part]));

/** A part's kind; throws for a name that no operation has, which no readable plan contains. */
export function partKindOf({ does }: Pick<PartBase, 'does'>): PartKind {
  const kind = kinds.get(does);
  if (!kind) throw new Error(`no operation is called ${does}`);
  return kind;
}

/** How a part runs; throws as `kindOf` does. */
export function runnerOf(part: Pick<PartBase, 'does'>): PartKind['runner'] {
  return partKindOf(part).runner;
}
