/** What a restore's existing resources cost, by the prices that are stored in its plan. Pure. */
import { sameId } from '../../core/arm-id.ts';
import { disksCost } from '../../core/prices.ts';
import type { Words } from '../../message/words.ts';
import { createVmMemo, newVmId } from '../parts/create-vm.ts';
import type { PartStates } from './progress.ts';
import type { Plan, PlanPrices } from '../parts/plan.ts';
import { restoreMemo, restorePartId } from '../parts/restore-disks.ts';

type Ended = { readonly plan: Plan; readonly parts: PartStates };

/**
 * The cost of what a restore has created so far, which stays if it doesn't continue; anything without a price is left
 * out.
 */
export function keptCost(words: Words, ended: Ended): string | undefined {
  const { say, money, names } = words;
  const prices = ended.plan.told?.prices;
  if (!prices || !isDone(ended, ({ id }) => id === restorePartId)) return undefined;
  const { measured = null } = restoreMemo.safeParse(ended.parts[restorePartId]?.memo).data ?? {};
  const disks = measured && disksCost(measured, prices);
  const isClean = isDone(ended, ({ does }) => does === 'clean-up-staging');
  const copies = disks && !isClean && prices.copies !== null ? disks.gib * prices.copies : null;
  const vm = vmExists(ended) ? prices.vm : undefined;
  const amounts = [
    ...(disks ? [say('kept.disks', { amount: money(disks.monthly, prices.currency) })] : []),
    ...(copies === null ? [] : [say('cost.copies', { amount: money(copies, prices.currency) })]),
    ...(vm ? vmAmount(words, prices) : []),
  ];
  if (amounts.length === 0) return undefined;
  const without = [...(disks ? [] : [say('cost.no-disks')]), ...unpricedVm(words, vm)];
  return [say('kept.line', { what: names(amounts) }), ...without].join(' ');
}

function isDone({ plan, parts }: Ended, of: (part: Plan['parts'][number]) => boolean): boolean {
  return plan.parts.some((part) => of(part) && parts[part.id]?.outcome?.ended === 'done');
}

/** Also if Azure created it and reports that this failed. */
function vmExists(ended: Ended): boolean {
  if (isDone(ended, ({ does }) => does === 'create-vm' || does === 'restore-vm')) return true;
  return ended.plan.parts.some((part) => {
    if (part.does !== 'create-vm') return false;
    const { made = [] } = createVmMemo.safeParse(ended.parts[part.id]?.memo).data ?? {};
    return made.some((id) => sameId(id, newVmId(part)));
  });
}

/** What the new VM costs; nothing if that is unknown. */
export function vmAmount({ say, money }: Words, prices: PlanPrices | undefined): string[] {
  const monthly = prices?.vm?.monthly ?? null;
  return !prices || monthly === null ? [] : [say('cost.vm', { amount: money(monthly, prices.currency) })];
}

/** That an amount doesn't include the new VM, since its size has no price. */
export function unpricedVm({ say }: Words, vm: PlanPrices['vm']): string[] {
  if (!vm || vm.monthly !== null) return [];
  return [
    vm.size === null ? say('cost.unknown-size', { vm: vm.name }) : say('cost.no-vm', { vm: vm.name, size: vm.size }),
  ];
}
