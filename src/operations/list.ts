/** The list of all operations there are: how each kind of part runs, and what it says of itself. */
import { runBackUp } from './back-up-now/run.ts';
import { backUpWords } from './back-up-now/words.ts';
import { runCancel } from './cancel-job/run.ts';
import { cancelWords } from './cancel-job/words.ts';
import { runGrant } from './grant-key-vault-access/run.ts';
import { grantWords } from './grant-key-vault-access/words.ts';
import type { Part, PartRunner } from './part.ts';
import type { PartWords } from './part-words.ts';
import { runPolicy } from './policy/run.ts';
import { policyPartWords } from './policy/words.ts';
import { runProtect } from './protect/run.ts';
import { protectWords } from './protect/words.ts';

type Kind<P extends Part> = { readonly runner: PartRunner<P>; readonly words: PartWords<P> };

const list: { readonly [does in Part['does']]: Kind<Extract<Part, { does: does }>> } = {
  'grant-key-vault-access': { runner: runGrant, words: grantWords },
  protect: { runner: runProtect, words: protectWords },
  'back-up-now': { runner: runBackUp, words: backUpWords },
  'cancel-job': { runner: runCancel, words: cancelWords },
  'create-policy': { runner: runPolicy, words: policyPartWords },
  'change-policy': { runner: runPolicy, words: policyPartWords },
};

/** The name of every kind of part. */
export const operationKinds = Object.keys(list) as readonly Part['does'][];

/** How a part runs. */
export function runnerOf(part: Part): PartRunner<Part> {
  return list[part.does].runner as unknown as PartRunner<Part>;
}

/** What a part says of itself. */
export function wordsOfPart(part: Part): PartWords<Part> {
  return list[part.does].words as unknown as PartWords<Part>;
}
