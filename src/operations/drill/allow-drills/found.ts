/** What `backup drills` finds and asks. Times are ISO. */
import type { Unread } from '../../../azure/partial-read.ts';
import type { DrillRefusal, Standing } from '../../parts/drill-books.ts';
import type { AllowDrillsPart } from '../../parts/allow-drills.ts';

/** For how many days a standing approval is valid by default, and at most. */
export const [defaultDays, maxDays] = [180, 366];

/** A VM of an entry; `next` null: its drill is running now. */
export type EntryVm = {
  readonly name: string;
  readonly last: string | null;
  readonly result: string | null;
  readonly next: string | null;
  readonly refused: DrillRefusal | null;
};

/** An entry; `until` and `by` are those of its newest standing approval. `spoken`: its channel can get cards. */
export type Entry = Omit<AllowDrillsPart, 'id' | 'after' | 'does' | 'until' | 'runs'> & {
  readonly standing: Standing;
  readonly until: string | null;
  readonly by: string;
  readonly spoken: boolean;
  readonly vms: readonly EntryVm[];
  readonly count: number;
};

/** What was read, and when; the days count from then. */
export type Found = {
  readonly entries: readonly Entry[];
  readonly unread: readonly Unread[];
  /** The names of what ended drills left behind. */
  readonly left: readonly string[];
  readonly at: string;
};

/** What the dialog knows. */
export type DrillsKnown = {
  readonly args: readonly string[];
  readonly found: Found;
  readonly until: string;
  readonly go: string;
  readonly [step: string]: unknown;
};

/** The entry that is meant: the one that was named, or the only one. */
export function meantEntry({ found, args }: Pick<Partial<DrillsKnown>, 'found' | 'args'>): Entry | null {
  const entries = found?.entries ?? [];
  const [name] = args ?? [];
  if (name === undefined) return entries.length === 1 ? (entries[0] ?? null) : null;
  return entries.find(({ entry }) => entry.toLowerCase() === name.toLowerCase()) ?? null;
}
