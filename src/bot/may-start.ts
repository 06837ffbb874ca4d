import { refuse, type Refusal } from '../core/refusal.ts';
import type { RightAsked } from '../operations/conversation.ts';
import type { Goal } from '../operations/plan.ts';
import type { Deps, May, PersonRights } from './deps.ts';

/**
 * The gates before anything starts: the database, the identities and the clock can be trusted (I5), and the person has
 * the right to the goal on every target. Asked at the click and again at the start. Null: all are open.
 */
export function mayAll(deps: Deps, rights: PersonRights | null, asked: RightAsked): Refusal | null {
  const distrusted = rights === null ? 'identity' : deps.trusted();
  if (rights === null || distrusted !== null) return refuse('not-trusted-now', { what: distrusted ?? 'identity' });
  for (const target of asked.targets) {
    const refused = refusalOf(asked.goal, rights.mayChoose(asked.goal, target), target.vm ?? '');
    if (refused) return refused;
  }
  return null;
}

/** A no to a goal as the refusal that tells what it takes; `vm` is what a rule forbids it for, where that is one. */
export function refusalOf(goal: Goal, may: May, vm: string): Refusal | null {
  if (may.may) return null;
  if ('unlinked' in may) return refuse('not-linked');
  const rule = may.byRule ? vm || '*' : '';
  return refuse('not-allowed', { what: goal, role: may.needs, who: may.holders.join(', '), rule });
}
