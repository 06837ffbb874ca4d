import { firstBreak, type ChainedEntry } from './chain.ts';

/** The number and the hash of an entry, written down elsewhere at an earlier time. */
export type Seal = { readonly seq: number; readonly hash: string };

/**
 * What is wrong with the first bad entry: it is `missing`, was `changed`, does not continue the one before
 * (`unlinked`), or the log is not the one of the seal: `cut` before it, or with another entry in its place (`replaced`:
 * the log was rewritten).
 */
export type Break = {
  readonly seq: number;
  readonly why: 'missing' | 'changed' | 'unlinked' | 'cut' | 'replaced';
};

/** What a log came to. `oldest` and `newest` are null where it is empty. */
export type Verified =
  | {
      readonly whole: true;
      readonly entries: number;
      readonly oldest: ChainedEntry | null;
      readonly newest: ChainedEntry | null;
    }
  | { readonly whole: false; readonly broken: Break };

/**
 * Verifies a log from its first entry to its last, one page at a time: each entry is as it was written and follows the
 * one before. A chain alone cannot show that its newest entries were removed; a seal from elsewhere can.
 */
export async function verify(
  pages: AsyncIterable<readonly ChainedEntry[]>,
  seal: Seal | null = null,
): Promise<Verified> {
  let oldest: ChainedEntry | null = null;
  let newest: ChainedEntry | null = null;
  for await (const page of pages) {
    const broken = firstBreak(page, newest);
    if (broken) return { whole: false, broken: { ...broken, seq: (newest?.seq ?? 0) + 1 + before(page, broken.seq) } };
    const sealed = seal && page.find((entry) => entry.seq === seal.seq);
    if (sealed && sealed.hash !== seal.hash) return { whole: false, broken: { seq: sealed.seq, why: 'replaced' } };
    oldest ??= page[0] ?? null;
    newest = page.at(-1) ?? newest;
  }
  const entries = newest?.seq ?? 0;
  if (seal && seal.seq > entries) return { whole: false, broken: { seq: entries + 1, why: 'cut' } };
  return { whole: true, entries, oldest, newest };
}

/** How many entries of a page are before this one. */
function before(page: readonly ChainedEntry[], seq: number): number {
  return page.findIndex((entry) => entry.seq === seq);
}
