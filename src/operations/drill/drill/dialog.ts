/** The dialog behind `backup drill vm-name`: what a drill of the newest point would do, and one question. */
import { z } from 'zod';
import { toJson } from '../../../core/json.ts';
import { refuse } from '../../../core/refusal.ts';
import { flow, neverKept } from '../../../dialog/flow.ts';
import { argsStep, type DialogKind } from '../../dialogs/dialog-kind.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { drawDrill } from './card.ts';
import { drillPlan, hindranceOf, isStill, pointsOf } from './choice.ts';
import { findDrill } from './find-drill.ts';
import type { DrillKnown } from './found.ts';

const argsInput = z.array(z.string().max(2000)).length(1);

/** The dialog. */
export const drillDialog: DialogKind<DrillKnown> = {
  flow: flow<DrillKnown, Estate>({
    name: 'drill',
    steps: [
      argsStep(argsInput),
      {
        kind: 'find',
        id: 'found',
        lookup: async ({ args }, estate) => toJson(await findDrill(estate, args[0] as string)),
        worse: (shown, now) =>
          !isStill(shown.found, now.found) || !pointsOf(now.found).some(({ name }) => name === shown.point),
      },
      {
        kind: 'ask',
        id: 'point',
        parse: (input, { found }) => {
          const chosen = pointsOf(found).find(({ name }) => name === input);
          return chosen ? { value: chosen.name } : refuse('not-offered');
        },
      },
      {
        kind: 'ask',
        id: 'go',
        parse: (input, { found }) =>
          input === 'drill' && hindranceOf(found) === null ? { value: input } : refuse('not-offered'),
        reopened: neverKept,
      },
    ],
  }),
  draw: drawDrill,
  opensFor: () => ['drill'],
  about: ({ found, args }) => found?.restorable?.calledAs ?? args?.[0] ?? '',
  answers: ['point', 'go'],
  offers: ({ found, point }, asksOf) => {
    const plan = found && drillPlan({ found, point: point ?? pointsOf(found)[0]?.name ?? '' });
    return plan ? [{ go: 'drill', asks: asksOf(plan) }] : [];
  },
  plan: (known) => {
    const plan = drillPlan(known);
    if (!plan) throw new Error('what is not offered is never planned');
    return plan;
  },
};
