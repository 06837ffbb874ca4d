/** The dialogs behind `/backup stop`, `resume` and `undelete`: the state of a VM's backups, and one question. */
import { z } from 'zod';
import { sameId } from '../../../core/arm-id.ts';
import { toJson } from '../../../core/json.ts';
import { refuse } from '../../../core/refusal.ts';
import { flow, neverKept, type Flow } from '../../../dialog/flow.ts';
import { argsStep, type DialogKind } from '../../dialogs/dialog-kind.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { drawProtection, nameOf } from './card.ts';
import { isPossible, partOf, planOf, type ProtectionKnown } from './choice.ts';
import { findBackups, type Backups, type Change } from './found.ts';

const argsInput = z.array(z.string().max(2000)).length(1);

/** The dialog of one of them. */
export function protectionDialog(name: string, change: Change): DialogKind<ProtectionKnown> {
  return {
    flow: flow<ProtectionKnown, Estate>({
      name,
      steps: stepsOf(change),
    }),
    draw: (drawing) => drawProtection(drawing, change),
    opensFor: () => [change],
    about: nameOf,
    answers: ['policy', 'go'],
    offers: (known, asksOf) => {
      const part = partOf(known, change);
      return part ? [{ go: change, asks: asksOf(planOf(part)) }] : [];
    },
    plan: (known) => {
      const part = partOf(known, change);
      if (!part) throw new Error('what is not offered is never planned');
      return planOf(part);
    },
  };
}

function stepsOf(change: Change): Flow<ProtectionKnown, Estate>['steps'] {
  return [
    argsStep(argsInput),
    {
      kind: 'find',
      id: 'found',
      shape: 2,
      lookup: async ({ args }, estate) => toJson(await findBackups(estate, args[0] as string, change)),
      worse: (shown, now) => gotWorse(shown, now, change),
    },
    {
      kind: 'ask',
      id: 'policy',
      when: ({ found }) => change === 'resume-protection' && isPossible(found, change),
      preset: ({ found }) => found.backups?.resume?.preset ?? undefined,
      parse: (input, { found }) => {
        const offered = found.backups?.resume?.policies ?? [];
        const chosen = offered.find(({ id }) => typeof input === 'string' && sameId(id, input));
        return chosen ? { value: chosen.id } : refuse('not-offered');
      },
    },
    {
      kind: 'ask',
      id: 'go',
      parse: (input, { found }) =>
        input === change && isPossible(found, change) ? { value: change } : refuse('not-offered'),
      reopened: neverKept,
    },
  ];
}

/** Their state has changed, they are kept elsewhere, or a guard was added. */
function gotWorse(shown: ProtectionKnown, now: ProtectionKnown, change: Change): boolean {
  const [before, after] = [shown.found.backups, now.found.backups];
  if (!after || !isPossible(now.found, change)) return true;
  return before?.ref.vaultId !== after.ref.vaultId || guardOf(before) !== guardOf(after);
}

function guardOf({ guard }: Pick<Backups, 'guard'>): string {
  return typeof guard === 'object' ? (guard.request ?? 'unnamed') : guard;
}
