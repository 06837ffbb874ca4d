import { refuse, type Refusal } from '../core/refusal.ts';
import type { RightAsked } from '../operations/conversation.ts';
import type { Deps, PersonRights } from './deps.ts';

/**
 * The gates before anything starts: the database, the identities and the clock can be trusted (I5), and the person has
 * the right to the goal on every target. Asked at the click and again at the start. Null: all are open.
 */
export function mayAll(deps: Deps, rights: PersonRights | null, asked: RightAsked): Refusal | null {
  const distrusted = rights === null ? 'identity' : deps.trusted();
  if (rights === null || distrusted !== null) return refuse('not-trusted-now', { what: distrusted ?? 'identity' });
  for (const target of asked.targets) {
    const may = rights.mayChoose(asked.goal, target);
    if (may.may) continue;
    if ('unlinked' in may) return refuse('not-linked');
    const rule = may.byRule ? (target.vm ?? '') : '';
    return refuse('not-allowed', { what: asked.goal, role: may.needs, who: may.holders.join(', '), rule });
  }
  return null;
}
