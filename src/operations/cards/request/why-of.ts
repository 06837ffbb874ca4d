import type { Plan } from '../../parts/plan.ts';

/**
 * Why somebody asks for a plan: what the plan keeps of that, otherwise what they said with their request; null: they
 * didn't say. That a drill is one is no reason.
 */
export function whyOf(plan: Pick<Plan, 'parts'> | null, said: string | null): string | null {
  const kept = plan?.parts.flatMap((part) => ('reason' in part && !isDrill(part) ? [part.reason] : [])) ?? [];
  return kept[0] ?? said;
}

function isDrill(part: Plan['parts'][number]): boolean {
  return 'drill' in part && part.drill === true;
}
