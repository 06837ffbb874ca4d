import { runBackUp } from './back-up-now/run.ts';
import { runGrant } from './grant-key-vault-access/run.ts';
import type { Part, PartRunner } from './part.ts';
import { runProtect } from './protect/run.ts';

const runners = {
  protect: runProtect,
  'back-up-now': runBackUp,
  'grant-key-vault-access': runGrant,
} as const;

/** The runner of a part: the list of all operations there are. */
export function runnerOf(part: Part): PartRunner<Part> {
  return runners[part.does] as unknown as PartRunner<Part>;
}
