/** The rights that a plan needs, read from its parts: the operation, on its targets. */
import type { Ask } from '../people/rights.ts';
import { partKindOf } from './list.ts';
import type { Part } from './parts/parts.ts';
import type { Plan } from './parts/plan.ts';

/** Every right that a plan needs. */
export function asksOf({ parts }: Pick<Plan, 'parts'>): readonly Ask[] {
  return parts.flatMap((part) => partKindOf(part).asks(part));
}

/** The resources in Azure that a plan is about, by their IDs: its VMs, and where it needs a role. */
export function resourcesOf(plan: Pick<Plan, 'parts'>): readonly string[] {
  const vms = plan.parts.flatMap((part) => ('vm' in part ? [part.vm.id] : []));
  return [...new Set([...vms, ...asksOf(plan).flatMap(({ azure }) => (azure ?? []).map(({ scope }) => scope))])];
}

/** The right to cancel what a plan runs, and who started each job; null: nobody here did. */
export function asksToCancel({ parts }: Pick<Plan, 'parts'>, startedBy: (part: Part) => string | null): readonly Ask[] {
  return parts.flatMap((part) => partKindOf(part).cancelAsk?.(part, startedBy(part)) ?? []);
}
