import { LRUCache } from 'lru-cache';
import type { Clock } from '../core/clock.ts';
import { within } from '../core/within.ts';

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
  /** Asks about somebody, and waits for the answer so many milliseconds at most. */
  askFor(ms: number, person: string): Promise<void>;
  /** Whether somebody was asked about and waited for so lately that they needn't be again, whatever the answer. */
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

/** `late`: somebody waited for the answer in vain. */
type Kept = {
  readonly askedAt: Date;
  readonly answer: Promise<Membership>;
  readonly is: 'awaited' | 'late' | 'answered' | 'fault';
};

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
    note(kept, { person, askedAt }, 'fault' in read ? 'fault' : 'answered');
    last = { at: askedAt, fault: 'fault' in read ? read.fault : null };
    if (!('fault' in read)) {
      const said = { ...read, groups: read.groups.map(lower) };
      seen.set(person, said);
      return { known: true, ...said, askedAt };
    }
    return { known: false, fault: read.fault };
  };
  const of = (platformId: string): Promise<Membership> => {
    const [person, now] = [lower(platformId), clock.now()];
    const fresh = kept.get(person);
    if (fresh && fresh.is !== 'fault' && isFresh(fresh, now)) return fresh.answer;
    const answer = ask(person, now);
    kept.set(person, { askedAt: now, answer, is: 'awaited' });
    return answer;
  };

  return {
    seen: (person) => seen.get(lower(person)) ?? null,
    last: () => last,
    of,
    ...waiting({ kept, clock, of }),
  };
}

/** Asking and waiting, for those who go on without an answer. */
function waiting({ kept, clock, of }: Waiting): Pick<Groups, 'askFor' | 'isAsked'> {
  return {
    isAsked: (person) => {
      const asked = kept.get(lower(person));
      return asked !== undefined && asked.is !== 'awaited' && isFresh(asked, clock.now());
    },
    async askFor(ms, platformId) {
      const [person, answer] = [lower(platformId), of(platformId)];
      const asked = kept.get(person);
      await within(ms, answer);
      if (asked && kept.get(person)?.is === 'awaited') note(kept, { person, ...asked }, 'late');
    },
  };
}

type Waiting = Pick<Groups, 'of'> & { readonly kept: LRUCache<string, Kept>; readonly clock: Clock };

type Asked = { readonly person: string; readonly askedAt: Date };

/** What became of a question, unless another one has been asked since. */
function note(kept: LRUCache<string, Kept>, { person, askedAt }: Asked, is: Kept['is']): void {
  const asked = kept.get(person);
  if (asked?.askedAt === askedAt) kept.set(person, { ...asked, is });
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
