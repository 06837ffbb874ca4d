import type { VmEntry } from '../azure/gateway.ts';
import { isRefusal } from '../core/refusal.ts';
import { briefOf, briefOfName, heldBack, type Brief } from '../operations/protect-many/brief.ts';
import { asksOf } from '../operations/asks.ts';
import { choices, type ManyPorts } from '../operations/protect-many/flow.ts';
import { planMany } from '../operations/protect-many/plan-many.ts';
import { candidatesFor } from '../operations/protect/candidates.ts';
import { goalsFor } from '../operations/protect/plan-backup.ts';
import { parseTarget } from '../core/vm-target.ts';
import { assess } from '../readiness/assess.ts';
import { gatherMany } from '../readiness/gather-many.ts';
import { inventoryOf } from '../store/inventory.ts';
import type { Deps } from './deps.ts';
import { refusalOf } from './gate.ts';
import { refreshInventory, unlisted } from './inventory.ts';
import { grantHeld } from './reading.ts';

/** Reads many VMs at once: names from the inventory, everything else by list. */
export function manyPorts(deps: Deps): ManyPorts {
  return { table: (names) => readTable(deps, names) };
}

type Named = { readonly asked: string; readonly vms: readonly VmEntry[] };

async function readTable(deps: Deps, names: readonly string[]) {
  const named = await findAll(deps, names);
  const others = named.filter(({ vms: found }) => found.length !== 1);
  // A name that was not found may lie in a subscription that could not be listed.
  const unread = others.some(({ vms: found }) => found.length === 0) ? await unlisted(deps) : [];
  const [only, ...more] = named.filter(({ vms: found }) => found.length > 0);
  if (only && more.length === 0 && unread.length === 0)
    return { rows: named.filter((one) => one !== only).map(briefOfOther), only: only.asked };
  const single = named.flatMap(({ asked, vms }) => (vms.length === 1 && vms[0] ? [{ asked, vm: vms[0] }] : []));
  const { rules, cache } = deps.readiness;
  const vms = single.map(({ vm }) => ({ vmId: vm.id, subscription: vm.subscription, region: vm.region }));
  const readings = await gatherMany(deps.azure.reads, {
    vms,
    rules,
    cache,
    now: deps.clock.now(),
    grants: deps.azure.grants,
  });
  const assessed = readings.map((reading) => assess(reading, rules));
  const briefs = single.map(({ asked }, index): Brief => {
    const assessment = assessed[index] as (typeof assessed)[number];
    const mayGrant = grantHeld(deps, assessment) === null;
    const brief = briefOf(asked, assessment, { goals: goalsFor(assessment, mayGrant), mayGrant });
    return heldBack(brief, heldByRules(deps, brief));
  });
  return { rows: [...briefs, ...others.map(briefOfOther)], unread };
}

function briefOfOther({ asked, vms }: Named): Brief {
  return briefOfName(asked, vms.length === 0 ? 'not-found' : 'several');
}

/** What the rules keep back from everybody of what would be done with one VM. */
function heldByRules(deps: Deps, brief: Brief) {
  const asked = { names: [brief.asked], keepDays: null };
  const [go] = choices({ rows: [brief] });
  return go ? refusalOf(deps.authority.rules(asksOf(planMany({ asked, table: { rows: [brief] }, go })))) : null;
}

async function findAll(deps: Deps, names: readonly string[]): Promise<readonly Named[]> {
  const found = await find(deps, names);
  if (found.every(({ vms }) => vms.length > 0)) return found;
  await refreshInventory(deps);
  return find(deps, names);
}

async function find(deps: Deps, names: readonly string[]): Promise<readonly Named[]> {
  const inventory = (await inventoryOf(deps.database.db, 'vm')) as VmEntry[];
  const list = { subscriptions: deps.azure.subscriptions.length, unread: [], at: deps.clock.now() };
  return names.map((asked) => {
    const target = parseTarget(asked);
    return { asked, vms: isRefusal(target) ? [] : candidatesFor(target, inventory, list).vms };
  });
}
