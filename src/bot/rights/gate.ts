import type { Refusal } from '../../core/refusal.ts';
import { refuse } from '../../core/refusal.ts';
import type { Ask } from '../../people/rights.ts';
import type { Deps, Gate, PersonRights } from '../deps.ts';

/**
 * What keeps something from starting now: the database, the identities or the clock cannot be trusted (I5), the person
 * lacks a right, or a rule keeps it back. Asked at the click, at the start and before each try
 * of a write. Null: nothing does.
 */
export function barredBy(deps: Deps, rights: PersonRights | null, asks: readonly Ask[]): Refusal | null {
  const unsafeBecause = rights === null ? 'identity' : deps.trusted();
  if (rights === null || unsafeBecause !== null)
    return refuse('not-trusted-now', { what: unsafeBecause ?? 'identity' });
  return refusalOf(rights.gate(asks));
}

/**
 * A gate that is not open, as the refusal that says why. What takes approvals waits until
 * somebody can be asked for them.
 */
export function refusalOf(gate: Gate): Refusal | null {
  return gate.gate === 'open' ? null : gate.refusal;
}
