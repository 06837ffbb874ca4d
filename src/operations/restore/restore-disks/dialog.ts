/** The dialog behind `/backup restore`: which recovery point, where its disks go and why, and one question. */
import { z } from 'zod';
import { toJson } from '../../../core/json.ts';
import { ownOf } from '../../../core/own-of.ts';
import { refuse } from '../../../core/refusal.ts';
import { flow, neverKept, type Flow, type Parsed } from '../../../dialog/flow.ts';
import type { DialogKind } from '../../dialogs/dialog-kind.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { type Reader, restoreDisksAsks, restoreFromAsks } from '../../parts/restore-disks.ts';
import { drawRestore } from './card.ts';
import {
  inAzuresWords,
  objectionsIn,
  isArchived,
  isDirect,
  isPossible,
  offeredPoints,
  partOf,
  planOf,
  restoreIn,
  type RestoreKnown,
  wholeChoice,
} from './choice.ts';
import { readDestinations } from './destinations.ts';
import type { Consequences, Restorable } from './found.ts';
import { readNetworks } from './networks.ts';
import { findRestorable, readConsequences } from './restorable.ts';
import { problemsOf } from './restore-checks.ts';
import { isDay } from './day.ts';
import { lacksReason, readTarget, together } from './target-inputs.ts';
import { parseMachine } from './machine.ts';

const argsInput = z.array(z.string().max(2000)).min(1).max(2);
/** The words that people type instead of a day. What to create from the disks is asked on a separate card. */
const wishes: Readonly<Record<string, 'asked-later' | 'files' | 'region' | 'zone' | 'subscription'>> = {
  ...{ disks: 'asked-later', vm: 'asked-later', schijven: 'asked-later' },
  ...{ files: 'files', file: 'files', bestanden: 'files', region: 'region', regio: 'region', zone: 'zone' },
  ...{ subscription: 'subscription', abonnement: 'subscription' },
};

const steps: Flow<RestoreKnown, Estate>['steps'] = [
  {
    kind: 'ask',
    id: 'args',
    parse: (input) => {
      const parsed = argsInput.safeParse(input);
      if (!parsed.success) return refuse('bad-name', { given: '' });
      const [vm = '', day] = parsed.data;
      const wish = day === undefined ? undefined : ownOf(wishes, day.toLowerCase());
      if (wish === 'asked-later') return { value: [vm] };
      if (wish) return refuse('no-such-restore', { wish });
      return day === undefined || isDay(day)
        ? { value: parsed.data }
        : refuse('bad-day', { given: day === '' ? '–' : day });
    },
  },
  {
    kind: 'find',
    id: 'found',
    shape: 7,
    lookup: async ({ args: [vm, day = null] }, estate) => toJson(await findRestorable(estate, vm as string, day)),
    worse: gotWorse,
  },
  {
    kind: 'ask',
    id: 'point',
    parse: (input, { found }) => {
      const chosen = offeredPoints(found).find(({ name }) => name === input);
      return chosen ? { value: chosen.name } : refuse('not-offered');
    },
  },
  {
    kind: 'find',
    id: 'destinations',
    lookup: async ({ found }, estate) => toJson(found.restorable && (await readDestinations(estate, found.restorable))),
    worse: (_shown, now) => partOf(now) === null,
  },
  { kind: 'ask', id: 'target', parse: parseTargetInput },
  {
    kind: 'find',
    id: 'consequences',
    lookup: async ({ found, target }, estate) =>
      toJson(found.restorable && (await readConsequences(estate, found.restorable, target.group))),
    worse: (shown, now) => moreReaders(shown.consequences, now.consequences),
  },
  {
    kind: 'find',
    id: 'networks',
    shape: 4,
    when: makesVm,
    lookup: async ({ found, point, target }, estate) =>
      toJson(await networksFor(estate, found.restorable, { point, group: target.group })),
    worse: (_shown, now) => planOf(now) === null,
  },
  { kind: 'ask', id: 'machine', when: makesVm, parse: (input, { networks }) => parseMachine(input, networks) },
  {
    kind: 'find',
    id: 'problems',
    lookup: async (known, estate) => {
      const plan = planOf(known);
      // Azure refuses to validate deleted backups; the restore itself is validated once they are undeleted.
      const isChecked = plan !== null && known.found.restorable?.deleted === false;
      return toJson(isChecked ? await problemsOf(estate, restoreIn(plan)) : []);
    },
    worse: (_shown, now) => objectionsIn(now.problems).length > 0,
    objections: ({ problems }) => inAzuresWords(objectionsIn(problems)),
  },
  {
    kind: 'ask',
    id: 'go',
    parse: (input, known) =>
      input === 'restore-disks' && isPossible(known) ? { value: input } : refuse('not-offered'),
    reopened: neverKept,
  },
];

/** The dialog. */
export const restoreDialog: DialogKind<RestoreKnown> = {
  flow: flow<RestoreKnown, Estate>({ name: 'restore', steps }),
  draw: drawRestore,
  opensFor: () => ['restore-disks'],
  about: ({ found, args }) => found?.restorable?.calledAs ?? args?.[0] ?? '',
  answers: ['show', 'day', 'point', 'group', 'account', 'reason', 'priority', 'make', 'name', 'subnet', 'size', 'go'],
  inputs: ({ show, day, group, account, reason, priority, make, name, subnet, size, ...rest }, { args }) =>
    asksForDay({ show, day }, args)
      ? { args: [args?.[0] ?? '', day ?? ''] }
      : {
          ...rest,
          ...together('target', { group, account, reason, priority, make }),
          ...together('machine', { name, subnet, size }),
        },
  why: { step: 'target', leadsTo: (known) => wholeChoice(known).map(restoreDisksAsks) },
  // As soon as the VM is known, before there is a plan, so that nobody makes choices that no rule allows.
  offers: (known, asksOf) => {
    const plan = isPossible(known) ? planOf(known) : null;
    const restorable = known.found?.restorable;
    if (plan) return [{ go: 'restore-disks', asks: asksOf(plan) }];
    return restorable && known.problems === undefined
      ? [{ go: 'restore-disks', asks: restoreFromAsks(restorable) }]
      : [];
  },
  plan: (known) => {
    const plan = planOf(known);
    if (!plan) throw new Error('what is not chosen is never planned');
    return plan;
  },
};

/** More people can read the disks than was shown, or it can no longer be read who can. */
function moreReaders({ who: before }: Consequences, { who: after }: Consequences): boolean {
  if (before === null) return false;
  const had = ({ id, exports, attaches }: Reader) =>
    before.some((one) => one.id === id && (one.exports || !exports) && (one.attaches || !attaches));
  return after === null || !after.every(had);
}

type DayFields = { readonly show?: string | undefined; readonly day?: string | undefined };

/**
 * Whether the points of another day are requested: by the button for that, or by a day in the fields of another press.
 */
function asksForDay({ show, day }: DayFields, args: RestoreKnown['args'] | undefined): boolean {
  return show === 'day' || (day !== undefined && day !== args?.[1]);
}

function makesVm({ target }: RestoreKnown): boolean {
  return target?.make === 'vm';
}

type Where = { readonly point: string; readonly group: string };

/** A VM that Azure Backup creates needs a name that is unique in its subscription (azure-docs, "Create a VM"). */
async function networksFor(estate: Estate, restorable: Restorable | null, { point, group }: Where) {
  if (!restorable) return null;
  const chosen = restorable.points.find(({ name }) => name === point) ?? null;
  const uniqueInSubscription = chosen !== null && isDirect(restorable, chosen);
  return readNetworks(estate, restorable, { group, point: chosen, uniqueInSubscription });
}

function parseTargetInput(input: unknown, { found, point, destinations }: RestoreKnown): Parsed {
  const target = readTarget(input);
  if (!target) return refuse(lacksReason(input) ? 'restore-reason' : 'not-offered');
  const { group, account: accountId, priority, make } = target;
  const account = destinations.accounts.find(({ id, unfit }) => id === accountId && unfit === null);
  const isOffered =
    isArchived(found, point) === (priority !== undefined) && destinations.groups.some(({ id }) => id === group);
  if (!account || !isOffered) return refuse('not-offered');
  // The template and the settings would be where Kluis may not have access.
  return account.byIdentity && make === 'vm' ? refuse('staging-shut') : { value: target };
}

/** The point is gone, the backups are elsewhere or were deleted, keys disappeared, or a guard was added. */
function gotWorse(shown: RestoreKnown, now: RestoreKnown): boolean {
  const [before, after] = [shown.found.restorable, now.found.restorable];
  if (!before || !after || !offeredPoints(now.found).some(({ name }) => name === shown.point)) return true;
  if (after.deleted && !before.deleted) return true;
  if (before.ade !== after.ade) return true;
  if (before.ref.vaultId !== after.ref.vaultId || before.mayRestore !== after.mayRestore) return true;
  if (JSON.stringify(before.guard) !== JSON.stringify(after.guard)) return true;
  return after.keys.some(({ code }) => !before.keys.some((key) => key.code === code));
}
