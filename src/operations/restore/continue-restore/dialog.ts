/** The dialog that asks for approval to continue a failed restore: opened by Continue, if no approval covers that. */
import { z } from 'zod';
import { toJson } from '../../../core/json.ts';
import { refuse } from '../../../core/refusal.ts';
import { flow, neverKept } from '../../../dialog/flow.ts';
import { argsStep, type DialogKind } from '../../dialogs/dialog-kind.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { planVersion } from '../../parts/plan.ts';
import { drawContinue, uncovered, type ContinueKnown } from './card.ts';

const go = 'continue';

/** The dialog. */
export const continueDialog: DialogKind<ContinueKnown> = {
  flow: flow<ContinueKnown, Estate>({
    name: 'continue',
    steps: [
      argsStep(z.uuid()),
      {
        kind: 'ask',
        id: 'why',
        preset: () => 'none',
        parse: (input) => {
          const why = uncovered.find((one) => one === input);
          return why ? { value: why } : refuse('not-offered');
        },
      },
      {
        kind: 'find',
        id: 'found',
        shape: planVersion,
        lookup: async ({ args }, estate) => toJson({ plan: await estate.continuationOf(args) }),
        worse: (_, { found }) => found.plan === null,
      },
      {
        kind: 'ask',
        id: 'go',
        parse: (input, { found }) => (input === go && found.plan ? { value: go } : refuse('not-offered')),
        reopened: neverKept,
      },
    ],
  }),
  draw: drawContinue,
  // Only a button opens it, which asks for what its plan needs.
  opensFor: () => [],
  about: ({ found }) => found?.plan?.vms[0]?.name ?? 'backup restore',
  answers: ['go'],
  // The restore that it continues has its reason.
  why: { step: 'args' },
  offers: ({ found }, asksOf) => (found?.plan ? [{ go, asks: asksOf(found.plan) }] : []),
  plan: ({ found }) => {
    if (!found.plan) throw new Error('what is not offered is never planned');
    return found.plan;
  },
};
