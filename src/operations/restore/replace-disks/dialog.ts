/**
 * The dialog behind `backup restore vm-name replace`: which recovery point, where Azure stages it and why, and one
 * question, which the name of the VM answers.
 */
import { z } from 'zod';
import { digestOf } from '../../../core/digest.ts';
import { toJson } from '../../../core/json.ts';
import { refuse } from '../../../core/refusal.ts';
import { flow, neverKept, type Flow } from '../../../dialog/flow.ts';
import { argsStep, type DialogKind } from '../../dialogs/dialog-kind.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { inAzuresWords, restoreIn } from '../restore-disks/choice.ts';
import { readDestinations } from '../restore-disks/destinations.ts';
import type { Restorable } from '../restore-disks/found.ts';
import { findRestorable } from '../restore-disks/restorable.ts';
import { problemsOf } from '../restore-disks/restore-checks.ts';
import { lacksReason, readStaging, together } from '../restore-disks/target-inputs.ts';
import { replaceDisksAsks } from '../../parts/replace-disks.ts';
import { drawReplace } from './card.ts';
import { fitPoints, isArchived, isPossible, objections, planOf, whyNot, type ReplaceKnown } from './choice.ts';
import { readCurrent } from './found.ts';

const argsInput = z.tuple([z.string().max(2000), z.string()]);

const steps: Flow<ReplaceKnown, Estate>['steps'] = [
  argsStep(argsInput),
  {
    kind: 'find',
    id: 'found',
    lookup: async ({ args }, estate) => toJson(await findRestorable(estate, args[0] as string, null)),
    worse: gotWorse,
  },
  {
    kind: 'find',
    id: 'current',
    lookup: async ({ found }, estate) =>
      toJson(found.restorable && (await readCurrent(estate, found.restorable.vm.id))),
    worse: (shown, now) => changed(shown.current?.disks, now.current?.disks),
  },
  {
    kind: 'ask',
    id: 'point',
    parse: (input, known) => {
      const chosen = whyNot(known) === null && fitPoints(known.found).find(({ name }) => name === input);
      return chosen ? { value: chosen.name } : refuse('not-offered');
    },
  },
  {
    kind: 'find',
    id: 'destinations',
    lookup: async ({ found }, estate) => toJson(found.restorable && (await readDestinations(estate, found.restorable))),
    worse: (_shown, now) => planOf(now) === null,
  },
  {
    kind: 'ask',
    id: 'staging',
    parse: (input, known) => {
      const staging = readStaging(input);
      const isOffered =
        isArchived(known) === (staging?.priority !== undefined) &&
        known.destinations.accounts.some(({ id, unfit }) => id === staging?.account && unfit === null);
      if (staging && isOffered) return { value: staging };
      return refuse(lacksReason(input) ? 'restore-reason' : 'not-offered');
    },
  },
  {
    kind: 'find',
    id: 'problems',
    lookup: async (known, estate) => {
      const plan = planOf(known);
      return toJson(plan ? await problemsOf(estate, restoreIn(plan)) : []);
    },
    worse: (_shown, now) => !isPossible(now),
    objections: (known) => inAzuresWords(objections(known)),
  },
  {
    kind: 'ask',
    id: 'typed',
    parse: (input, { found }) =>
      typeof input === 'string' && input.trim().toLowerCase() === found.restorable?.vm.name.toLowerCase()
        ? { value: input.trim() }
        : refuse('not-the-name'),
    reopened: neverKept,
  },
  {
    kind: 'ask',
    id: 'go',
    parse: (input, known) =>
      input === 'replace-disks' && isPossible(known) ? { value: input } : refuse('not-offered'),
    reopened: neverKept,
  },
];

/** The dialog. */
export const replaceDialog: DialogKind<ReplaceKnown> = {
  flow: flow<ReplaceKnown, Estate>({ name: 'replace', steps }),
  draw: drawReplace,
  opensFor: () => ['replace-disks'],
  about: ({ found, args }) => found?.restorable?.calledAs ?? args?.[0] ?? '',
  answers: ['point', 'account', 'reason', 'priority', 'typed', 'go'],
  inputs: ({ account, reason, priority, ...rest }) => ({
    ...rest,
    ...together('staging', { account, reason, priority }),
  }),
  why: { step: 'staging', leadsTo: everyAccount },
  // As soon as the VM is known, before there is a plan, so that nobody makes choices that no rule allows.
  offers: (known) => {
    const restorable = known.found?.restorable;
    if (!restorable || whyNot(known) !== null) return [];
    const account = known.destinations?.accounts.find(({ id }) => id === known.staging?.account);
    return [{ go: 'replace-disks', asks: replaceDisksAsks({ ...restorable, staging: account ?? null }) }];
  },
  plan: (known) => {
    const plan = planOf(known);
    if (!plan) throw new Error('what is not chosen is never planned');
    return plan;
  },
};

/** What is asked of the rules for each account that the disks can be staged in. */
function everyAccount({ found, destinations }: Partial<ReplaceKnown>) {
  const restorable = found?.restorable;
  if (!restorable || !destinations) return [];
  const fit = destinations.accounts.filter(({ unfit }) => unfit === null);
  return fit.map((account) => replaceDisksAsks({ ...restorable, staging: account }));
}

/** The point is gone, the backups are elsewhere or were deleted, the disks were encrypted, or a guard was added. */
function gotWorse(shown: ReplaceKnown, now: ReplaceKnown): boolean {
  const [before, after] = [shown.found.restorable, now.found.restorable];
  if (!before || !after || !fitPoints(now.found).some(({ name }) => name === shown.point)) return true;
  const told = ({ ref, ade, deleted, guard, mayRestore }: Restorable) => ({ ref, ade, deleted, guard, mayRestore });
  return changed(told(before), told(after));
}

function changed(shown: unknown, now: unknown): boolean {
  return digestOf(shown ?? null) !== digestOf(now ?? null);
}
