import type { Plan } from './plan.ts';
import type { Part } from './parts.ts';

/** Without the tag nothing is deleted. */
const takesAway: ReadonlySet<string> = new Set(['drill', 'delete-drill', 'clean-up-staging']);

/** Whether a part of a drill removes what the drill has created. */
export function isTakingAway({ parts }: Plan, { does }: Part): boolean {
  return parts[0]?.does === 'drill' && takesAway.has(does);
}
