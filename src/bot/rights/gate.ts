import { refuse, type Refusal } from '../../core/refusal.ts';
import type { Ask } from '../../people/rights.ts';
import type { Deps, Gate, PersonRights } from '../deps.ts';

/**
 * Whether something can start now, has to be requested, or neither: the database, the identities or the clock can't be
 * trusted (I5), the person lacks a right, or a rule denies it. Checked at the click, at the start and before each
 * attempt of a write.
 */
export function gateNow(deps: Deps, rights: PersonRights | null, asks: readonly Ask[]): Gate {
  const unsafeBecause = rights === null ? 'identity' : deps.unsafeBecause();
  if (rights === null || unsafeBecause !== null)
    return { gate: 'refused', refusal: refuse('not-trusted-now', { what: unsafeBecause ?? 'identity' }) };
  return rights.gate(asks);
}

/** Whether a refusal may pass by itself: who can do what is unknown now. What was approved waits for it. */
export function mayPass({ refused }: Refusal): boolean {
  return refused === 'not-trusted-now' || refused === 'azure-roles-unread';
}

/** Why somebody can't view anything now; null: they can. Null rights couldn't be read. */
export function viewRefusal(rights: PersonRights | null): Refusal | null {
  return rights === null ? refuse('not-trusted-now', { what: 'identity' }) : refusalOf(rights.view);
}

/** Why something can't even be requested; null: it can be started, or others can be asked to approve it. */
export function refusalOf(gate: Gate): Refusal | null {
  return gate.gate === 'refused' ? gate.refusal : null;
}
