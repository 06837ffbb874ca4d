import { LRUCache } from 'lru-cache';
import type { Clock } from '../core/clock.ts';

/**
 * Why a person's groups are unknown: `forbidden`, the identity can't read the directory; `unavailable`, it didn't
 * answer; `garbled`, it answered with something else. Meanwhile nothing can be approved or run (I5).
 */
export type GroupFault = 'forbidden' | 'unavailable' | 'garbled';

/**
 * What the directory says about a person: the groups they are in, whether they are a guest of the tenant, and whether
 * they can sign in at all. A disabled account keeps its groups.
 */
export type InDirectory = {
  readonly groups: readonly string[];
  readonly guest: boolean;
  readonly account: 'enabled' | 'disabled' | 'gone';
};

/** What is known about a person, and when that was read; or why it is unknown. */
type Membership =
  | ({ readonly known: true; readonly askedAt: Date } & InDirectory)
  | { readonly known: false; readonly fault: GroupFault };

/**
 * The directory: whether a person has an account, and which of `among` they are in, including through nested groups.
 * Never throws, never guesses.
 */
export type GroupReads = {
  memberOf(person: string, among: readonly string[]): Promise<InDirectory | { readonly fault: GroupFault }>;
};

/** The accounts of people, and their groups, limited to those that `kluis.yaml` names. */
export type Groups = {
  of(person: string): Promise<Membership>;
  /**
   * What the directory last said, however long ago: only good enough for what a card offers and whom it names. Null:
   * this process hasn't read it yet.
   */
  seen(person: string): InDirectory | null;
  /** Whether the directory was asked about somebody so lately that it needn't be again, whatever it answered. */
  isAsked(person: string): boolean;
  /** The result of the last directory request, for readiness; null if there was none. */
  last(): { readonly at: Date; readonly fault: GroupFault | null } | null;
};

/**
 * How old an answer may be when it is given, counted from when it was requested: half as old as a decision that rests
 * on it allows (`approval/decide.ts`), so that it is still recent when the decision is made.
 */
export const groupsMaxAgeMs = 30_000;

const maxKept = 10_000;

type Kept = { readonly askedAt: Date; readonly answer: Promise<Membership>; readonly isFault?: true };

/**
 * Caches each answer of the directory for at most `groupsMaxAgeMs` and shares a pending request. A fault isn't cached:
 * the next request asks again. People are asked about if no group is named, too: their account may be disabled.
 */
export function rememberedGroups(parts: {
  readonly reads: GroupReads;
  readonly clock: Clock;
  readonly named: readonly string[];
}): Groups {
  const { reads, clock, named } = parts;
  const kept = new LRUCache<string, Kept>({ max: maxKept });
  const seen = new LRUCache<string, InDirectory>({ max: maxKept });
  let last: ReturnType<Groups['last']> = null;

  const ask = async (person: string, askedAt: Date): Promise<Membership> => {
    const read = await readSafely(reads, person, named);
    last = { at: askedAt, fault: 'fault' in read ? read.fault : null };
    if (!('fault' in read)) {
      const said = { ...read, groups: read.groups.map(lower) };
      seen.set(person, said);
      return { known: true, ...said, askedAt };
    }
    const asked = kept.get(person);
    if (asked?.askedAt === askedAt) kept.set(person, { ...asked, isFault: true });
    return { known: false, fault: read.fault };
  };

  return {
    seen: (person) => seen.get(lower(person)) ?? null,
    isAsked: (person) => {
      const asked = kept.get(lower(person));
      return asked !== undefined && isFresh(asked, clock.now());
    },
    last: () => last,
    of(platformId) {
      const [person, now] = [lower(platformId), clock.now()];
      const fresh = kept.get(person);
      if (fresh && !fresh.isFault && isFresh(fresh, now)) return fresh.answer;
      const answer = ask(person, now);
      kept.set(person, { askedAt: now, answer });
      return answer;
    },
  };
}

async function readSafely(reads: GroupReads, person: string, named: readonly string[]) {
  try {
    return await reads.memberOf(person, named);
  } catch {
    return { fault: 'unavailable' as const };
  }
}

// A clock that was set back makes an answer look newer than it is: one from the future isn't used.
function isFresh({ askedAt }: Kept, now: Date): boolean {
  const age = now.getTime() - askedAt.getTime();
  return age >= 0 && age < groupsMaxAgeMs;
}

function lower(id: string): string {
  return id.toLowerCase();
}
