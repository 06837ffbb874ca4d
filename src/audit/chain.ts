import { digestOf } from '../core/digest.ts';

/** What an entry of the audit log says: who did what, on whose approval, with which plan, and Azure's ids. */
type AuditEntry = Readonly<Record<string, unknown>> & { readonly what: string };

/** An entry in its place in the chain. Its hash covers the entry, its time, its number and the hash before it. */
export type ChainedEntry = {
  readonly seq: number;
  readonly at: string;
  readonly entry: unknown;
  readonly previous: string;
  readonly hash: string;
};

/** The hash before the first entry. */
const genesis = '0'.repeat(64);

/** The next entry of the chain. Pure. */
export function chain(newest: ChainedEntry | null, entry: AuditEntry, at: Date): ChainedEntry {
  const seq = (newest?.seq ?? 0) + 1;
  const previous = newest?.hash ?? genesis;
  const link = { seq, at: at.toISOString(), entry, previous };
  return { ...link, hash: digestOf(link) };
}

/** The first entry that does not fit the one before it, and why; null where all do. Pure. */
export function firstBreak(
  entries: readonly ChainedEntry[],
  before: ChainedEntry | null = null,
): { readonly seq: number; readonly why: 'missing' | 'changed' | 'unlinked' } | null {
  let last = before;
  for (const line of entries) {
    const { hash, ...link } = line;
    if (line.seq !== (last?.seq ?? 0) + 1) return { seq: line.seq, why: 'missing' };
    if (line.previous !== (last?.hash ?? genesis)) return { seq: line.seq, why: 'unlinked' };
    if (digestOf(link) !== hash) return { seq: line.seq, why: 'changed' };
    last = line;
  }
  return null;
}
