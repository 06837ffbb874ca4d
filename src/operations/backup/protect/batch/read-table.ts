import { keyOfId } from '../../../../core/arm-id.ts';
import type { VmEntry } from '../../../../azure/gateway.ts';
import { isRefusal } from '../../../../core/refusal.ts';
import { briefOf, briefOfName, heldBack, type Brief } from './brief.ts';
import { choices, type BatchKnown } from './choice.ts';
import { planBatch } from './plan-batch.ts';
import { candidatesFor } from '../candidates.ts';
import { choicesFor } from '../plan-backup.ts';
import { parseTarget } from '../../../../core/vm-target.ts';
import { assess } from '../../../../readiness/assess/assess.ts';
import { gatherMany } from '../../../../readiness/gather/gather-many.ts';
import type { Estate } from '../../../dialogs/estate.ts';
import { grantHeld } from '../read-vm.ts';

type Named = { readonly asked: string; readonly vms: readonly VmEntry[] };

/** Reads many VMs at once: names from the inventory, everything else by list. */
export async function readTable(estate: Estate, names: readonly string[]): Promise<BatchKnown['table']> {
  const named = await findAll(estate, names);
  const others = named.filter(({ vms: found }) => found.length !== 1);
  // A name that wasn't found may be in a subscription that couldn't be listed.
  const unread = others.some(({ vms: found }) => found.length === 0) ? await estate.vms.unlisted() : [];
  const [only, ...more] = named.filter(({ vms: found }) => found.length > 0);
  if (only && named.length > 1 && more.length === 0 && unread.length === 0)
    return { rows: named.filter((one) => one !== only).map(briefOfOther), only: only.asked };
  const single = named.flatMap(({ asked, vms }) => (vms.length === 1 && vms[0] ? [{ asked, vm: vms[0] }] : []));
  const { rules, cache } = estate.readiness;
  const vms = single.map(({ vm }) => ({ vmId: vm.id, subscription: vm.subscription, region: vm.region }));
  const readings = await gatherMany(estate.reads, {
    vms,
    rules,
    cache,
    now: estate.now(),
    grants: estate.grants,
  });
  const assessed = readings.map((reading) => assess(reading, rules));
  const briefs = single.map(({ asked }, index): Brief => {
    const assessment = assessed[index] as (typeof assessed)[number];
    const mayGrant = grantHeld(estate, assessment) === null;
    const brief = briefOf(asked, assessment, { choices: choicesFor(assessment, { grant: mayGrant }), mayGrant });
    return heldBack(brief, blockedByRules(estate, brief));
  });
  return { rows: [...briefs, ...others.map(briefOfOther)], unread };
}

function briefOfOther({ asked, vms }: Named): Brief {
  return briefOfName(asked, vms.length === 0 ? 'not-found' : 'several');
}

/** What the rules deny to everybody of what would be done with one VM. */
function blockedByRules(estate: Estate, brief: Brief) {
  const asked = { names: [brief.asked], keepDays: null };
  const [go] = choices({ rows: [brief] });
  return go ? estate.blockedByRules(planBatch({ asked, table: { rows: [brief] }, go }).parts) : null;
}

async function findAll(estate: Estate, names: readonly string[]): Promise<readonly Named[]> {
  const found = await find(estate, names);
  if (found.every(({ vms }) => vms.length > 0)) return onceEach(found);
  await estate.vms.refresh();
  return onceEach(await find(estate, names));
}

/** A VM can be named in several ways, and is backed up once. */
function onceEach(named: readonly Named[]): readonly Named[] {
  const seen = new Set<string>();
  return named.filter(({ asked, vms: [vm, ...others] }) => {
    const key = keyOfId(vm && others.length === 0 ? vm.id : asked);
    return seen.has(key) ? false : seen.add(key);
  });
}

async function find(estate: Estate, names: readonly string[]): Promise<readonly Named[]> {
  const listed = await estate.vms.all();
  const list = { subscriptions: estate.subscriptions.length, unread: [], at: estate.now(), nearestCommand: () => null };
  return names.map((asked) => {
    const target = parseTarget(asked);
    return { asked, vms: isRefusal(target) ? [] : candidatesFor(target, listed, list).vms };
  });
}
