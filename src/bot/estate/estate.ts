import type { VmEntry } from '../../azure/gateway.ts';
import type { Estate, ListedVms } from '../../operations/dialogs/estate.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import { vmTarget } from '../../operations/ground/targets.ts';
import { matches } from '../../people/match.ts';
import { booksOf } from '../../store/books.ts';
import { kekExceptionsNow } from '../../store/kek-exceptions.ts';
import { inventoryListedAt, inventoryNamed, inventoryOf } from '../../store/inventory.ts';
import { nearestCommand } from '../commands/commands.ts';
import { planToContinue } from '../approval/continuation.ts';
import type { Deps } from '../deps.ts';
import { drillBooks } from './drill-books.ts';
import { refusalOf } from '../rights/gate.ts';
import { listedVms, refreshInventory, unlisted } from './inventory.ts';
import { jobStartOf, starterOf } from '../rights/job-starter.ts';

/** What readiness is judged against now, with the current exceptions. */
export async function readinessNow({ database, readiness }: Deps): Promise<Estate['readiness']> {
  const { rules, cache } = readiness;
  return { rules: { ...rules, kekExceptions: await kekExceptionsNow(database.db) }, cache };
}

/** The estate as the lookups of dialogs and views see it; in a channel, with what can be started from there. */
export async function estateOf(deps: Deps, channel: string | null): Promise<Estate> {
  const readiness = await readinessNow(deps);
  const { azure, authority, clock } = deps;
  const drillOf: Estate['drillOf'] = ({ vault, ...vm }) =>
    deps.drills.find(({ match }) => matches(match, { ...vmTarget(vm), vault })) ?? null;
  const estate: Estate = {
    subscriptions: azure.subscriptions,
    reads: azure.reads,
    grants: azure.grants,
    restores: azure.restores,
    now: () => clock.now(),
    azureNow: () => new Date(clock.now().getTime() + (azure.clockSkew() ?? 0)),
    vms: vmsOf(deps),
    readiness,
    grantByPolicy: authority.grantByPolicy,
    blockedByRules: (parts) => refusalOf(authority.rules(asksOf({ parts }), channel)),
    nearestCommand,
    namesOf: deps.namesOf,
    prices: deps.prices,
    drillOf,
    drills: drillBooks(deps, { estate: () => estate, drillOf }),
    starterOf: (jobId) => starterOf(deps.database.db, jobId),
    continuationOf: (operationId) => planToContinue(deps, operationId),
    books: { ...booksOf(deps.database.db), jobStart: (jobId) => jobStartOf(deps.database.db, jobId) },
  };
  return estate;
}

function vmsOf(deps: Deps): ListedVms {
  const q = deps.database.db;
  return {
    all: async () => (await inventoryOf(q, 'vm')) as VmEntry[],
    named: async (name) => (await inventoryNamed(q, 'vm', name)) as VmEntry[],
    fresh: () => listedVms(deps),
    listedAt: () => inventoryListedAt(q),
    unlisted: () => unlisted(deps),
    refresh: () => refreshInventory(deps),
  };
}
