/**
 * What can go wrong between the product and Azure, in the few kinds on which anything is decided. A fault is made once,
 * in the adapter, from status and code, never from a text; the text is kept to be quoted to a person.
 */

/**
 * The kinds, by what follows from them: `missing` the resource is not there · `forbidden` a permission is missing ·
 * `unauthenticated` no or a stale identity · `throttled` wait, then again · `conflict` somebody else is changing it ·
 * `refused` Azure says no, and will say so again · `unavailable` Azure or the way to it is broken now: for a write it
 * is not known whether it arrived · `garbled` the answer is none that we know: for a write likewise not known.
 */
export type AzureFaultKind =
  | 'missing'
  | 'forbidden'
  | 'unauthenticated'
  | 'throttled'
  | 'conflict'
  | 'refused'
  | 'unavailable'
  | 'garbled';

/**
 * What is known of a failed call. `doing` completes "while …"; `says` is Azure's own text, to be quoted and escaped.
 */
export type AzureFaultFacts = {
  readonly kind: AzureFaultKind;
  readonly doing: string;
  readonly status: number | null;
  readonly code: string | null;
  readonly says: string | null;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
  /** The action that a 403 names as missing, e.g. `Microsoft.KeyVault/vaults/read`. */
  readonly action: string | null;
};

/**
 * What Azure answered, in its own terms (`503 ServerBusy`, `ECONNREFUSED`); null: it gave no error of its own, or it
 * could not be read.
 */
export function answerOf({ kind, status, code }: Pick<AzureFaultFacts, 'kind' | 'status' | 'code'>): string | null {
  if (kind === 'garbled' && status === null) return null;
  return [status, code].filter((part) => part !== null).join(' ') || null;
}

/** A failed call to Azure. It keeps no body, no header and no `cause`: those may contain key material. */
export class AzureFault extends Error {
  readonly facts: AzureFaultFacts;

  constructor(facts: AzureFaultFacts) {
    super(`${facts.doing}: ${facts.code ?? facts.kind}${facts.status === null ? '' : ` (HTTP ${facts.status})`}`);
    this.name = 'AzureFault';
    this.facts = facts;
  }

  get kind(): AzureFaultKind {
    return this.facts.kind;
  }

  /** Whether a write that ended this way may still have taken effect, so that its trace must be looked for. */
  get doubtful(): boolean {
    return this.kind === 'unavailable' || this.kind === 'garbled';
  }
}
