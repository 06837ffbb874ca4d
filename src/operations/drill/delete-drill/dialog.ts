/** The dialog behind `backup leftovers`: what ended drills left, and one question. */
import { z } from 'zod';
import { keyOfId } from '../../../core/arm-id.ts';
import { toJson } from '../../../core/json.ts';
import { refuse } from '../../../core/refusal.ts';
import { flow, neverKept } from '../../../dialog/flow.ts';
import { argsStep, type DialogKind } from '../../dialogs/dialog-kind.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { planVersion, type Plan } from '../../parts/plan.ts';
import { drawLeftovers } from './card.ts';
import { drillLeftovers, withTagsNow, type Leftover, type LeftKnown } from './leftovers.ts';
import type { DeleteDrillPart } from '../../parts/delete-drill.ts';

/** The dialog. */
export const leftoversDialog: DialogKind<LeftKnown> = {
  flow: flow<LeftKnown, Estate>({
    name: 'leftovers',
    steps: [
      argsStep(z.array(z.string().max(200)).max(1)),
      {
        kind: 'find',
        id: 'found',
        lookup: async ({ args }, estate) => toJson(await findLeft(estate, args[0])),
        worse: (shown, now) => keyOf(shown.found) !== keyOf(now.found),
      },
      {
        kind: 'ask',
        id: 'go',
        parse: (input, { found }) =>
          input === 'delete-drill' && deletionOf(found) ? { value: input } : refuse('not-offered'),
        reopened: neverKept,
      },
    ],
  }),
  draw: drawLeftovers,
  opensFor: () => [],
  about: ({ args }) => ['backup leftovers', ...(args ?? [])].join(' '),
  answers: ['go'],
  offers: ({ found }, asksOf) => {
    const plan = found && deletionOf(found);
    return plan ? [{ go: 'delete-drill', asks: asksOf(plan) }] : [];
  },
  plan: ({ found }) => {
    const plan = deletionOf(found);
    if (!plan) throw new Error('what is not offered is never planned');
    return plan;
  },
};

/** Looks in the groups of drills, or in the named one. */
async function findLeft(estate: Estate, named: string | undefined): Promise<LeftKnown['found']> {
  const groups = await drillLeftovers(estate);
  const meant = groups.filter(({ group }) => !named || group.name.toLowerCase() === named.toLowerCase());
  return { groups: await Promise.all(meant.map((group) => withTagsNow(estate, group))) };
}

function keyOf({ groups }: LeftKnown['found']): string {
  return groups
    .flatMap(({ left }) => left ?? [])
    .flatMap(({ id, of }) => (of ? [keyOfId(id)] : []))
    .toSorted()
    .join(' ');
}

/** The plan that deletes all recorded leftovers: one part for each drill. Null: there are none. */
function deletionOf({ groups }: LeftKnown['found']): Plan | null {
  const known = groups.flatMap(({ left }) => left ?? []).filter(({ of }) => of !== null);
  const parts = [...Map.groupBy(known, ({ drill }) => drill)].map(([drill, left]) => partOf(drill, left));
  const vms = new Map(parts.map(({ vm }) => [keyOfId(vm.id), { id: vm.id, name: vm.name }]));
  return parts.length === 0 ? null : { version: planVersion, vms: [...vms.values()], parts };
}

/** In the order in which the drill would have deleted it: the VM first. */
function partOf(drill: string, left: readonly Leftover[]): DeleteDrillPart {
  const part = left[0]?.of as DeleteDrillPart;
  const { runs: _, ...about } = part;
  const ids = left.map(({ id }) => id).toSorted((a, b) => rankOf(a) - rankOf(b));
  return { ...about, id: `delete-${drill}`, after: [], keepMs: 0, left: { drill, ids } };
}

/** What others are attached to comes before them. */
function rankOf(id: string): number {
  if (/\/virtualMachines\//i.test(id)) return 0;
  return /\/networkInterfaces\//i.test(id) ? 1 : 2;
}
