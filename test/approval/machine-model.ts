/**
 * A request for approval as the design describes it, in sets and minutes: after each command the product's state is
 * compared with it. It shares no code with the product.
 */
export const people = ['ana', 'ben', 'chris', 'dirk', 'eva'] as const;
export type Person = (typeof people)[number];

/** Ana asks. A member of Slack had begun the plan that she then requested: Eva, until somebody links them otherwise. */
export const requester: Person = 'ana';

export type State =
  | 'pending'
  | 'approved'
  | 'denied'
  | 'expired'
  | 'withdrawn'
  | 'revoked'
  | 'superseded'
  | 'refused'
  | 'started';

/**
 * Two workspaces of Slack, in which two members happen to have the same ID. The one of T1 began the plan; the one of T2
 * is somebody else.
 */
export type Team = 'T1' | 'T2';

/** Whose decision, and as which of the two members; `from` null: in Teams. */
type Decision = {
  readonly who: Person;
  readonly as: As;
  readonly from: Team | null;
  readonly isOwnPlan: boolean;
};

/**
 * What the rules require at a start, as far as that is stricter than `approvals`: for how many minutes it may wait, and
 * stay unused, and whether the requester has to start it.
 */
export type Today = {
  readonly approvals: number;
  readonly within?: number;
  readonly latestStart?: number;
  readonly byRequester?: boolean;
};

/** What somebody does. `isRead`: their groups were read in the last minute; `isOwnPlan`: it is about this digest. */
export type Deed =
  | ({ readonly does: 'approve' | 'deny' | 'break-glass' | 'review' } & Decision)
  | { readonly does: 'withdraw'; readonly who: Person }
  /** The member of that workspace is linked to somebody (null: to nobody); that always succeeds. */
  | { readonly does: 'link'; readonly team: Team; readonly who: Person | null }
  | { readonly does: 'expire' }
  /** Whoever can decide is reminded, if it is time. */
  | { readonly does: 'remind' }
  /** The gate refuses the plan that is about to start. */
  | { readonly does: 'refuse' }
  /** `today`: what the rules require at that moment (null: nothing); `lost`: read, and no longer an approver. */
  | {
      readonly does: 'start';
      readonly isOwnPlan: boolean;
      readonly today: Today | null;
      readonly lost: readonly Person[];
      readonly isRead: boolean;
    };

/** The role in which somebody acts; here an approver is named for break-glass, and so is the requester. */
export const standings = ['approver', 'no-approver', 'guest', 'unlinked', 'read-long-ago', 'read-in-future'] as const;
export type As = (typeof standings)[number];

/** How often the glass may be broken per month. */
export const perMonth = 2;

/** How long a request may be pending, and an approval may stay unused, in minutes. */
export const [within, latestStart] = [240, 60];

const day = 24 * 60;

export class Expected {
  state: State = 'pending';
  /** Whom the members are linked to. */
  links: Readonly<Record<Team, Person | null>> = { T1: 'eva', T2: 'ben' };
  approvers = new Set<Person>();
  /** Everybody whose approval was ever accepted, with what was required when it started. */
  started: {
    readonly by: readonly Person[];
    readonly needed: number;
    readonly glass: Person | null;
    readonly author: Person | null;
  } | null = null;
  /** Who broke the glass, and whether somebody has reviewed that. */
  glass: Person | null = null;
  glassFrom: Team | null = null;
  isReviewed = false;
  used = 0;
  needed: number;
  within = within;
  latestStart = latestStart;
  byRequester = false;
  /** In minutes since it was made, and less than none if the clock went back. */
  age = 0;
  approvedAge: number | null = null;
  /** At which age the next reminder is due; null: never again. */
  remindAt: number | null = within / 2;

  constructor(needed: number) {
    this.needed = needed;
  }

  /** Whoever the member is who began the plan. */
  get author(): Person | null {
    return this.links.T1;
  }

  copy(): Expected {
    return Object.assign(new Expected(this.needed), this, { approvers: new Set(this.approvers) });
  }

  passes(minutes: number): void {
    this.age += minutes;
    if (this.approvedAge !== null) this.approvedAge += minutes;
  }

  /** The outcome; false: it is refused and changes nothing. `known`: whose groups were read before a start. */
  does(deed: Deed, known: ReadonlySet<Person>): boolean {
    if (deed.does === 'link') {
      this.links = { ...this.links, [deed.team]: deed.who };
      return true;
    }
    if (deed.does === 'remind') return this.#reminded();
    if (deed.does === 'review') return this.#reviewed(deed);
    if (this.state !== 'pending' && this.state !== 'approved') return false;
    const isOver = this.approvedAge === null ? this.age >= this.within : this.approvedAge >= this.latestStart;
    if (deed.does === 'expire') return isOver && this.#ends('expired');
    if (isOver) return false;
    if (deed.does === 'withdraw') return deed.who === requester && this.#ends('withdrawn');
    if (deed.does === 'refuse') return this.state === 'approved' && this.#ends('refused');
    if (deed.does === 'start') return this.#starts(deed, known);
    if (deed.does === 'break-glass') return this.#broken(deed);
    if (!this.#counts(deed)) return false;
    if (deed.does === 'deny') return this.#ends(this.state === 'approved' ? 'revoked' : 'denied');
    if (this.state === 'approved' || this.approvers.has(deed.who)) return false;
    this.approvers.add(deed.who);
    if (this.approvers.size >= this.needed) [this.state, this.approvedAge] = ['approved', 0];
    return true;
  }

  /** Neither the requester nor whoever began the plan decides, as whom and wherever they come. */
  #counts({ who, as, from, isOwnPlan }: Decision): boolean {
    return as === 'approver' && isOwnPlan && from !== 'T1' && who !== requester && who !== this.author;
  }

  #broken({ who, as, from, isOwnPlan }: Decision): boolean {
    if (this.state !== 'pending' || as !== 'approver' || !isOwnPlan || this.used >= perMonth) return false;
    [this.state, this.approvedAge, this.glass, this.glassFrom] = ['approved', 0, who, from];
    this.used += 1;
    return true;
  }

  #reviewed(review: Decision): boolean {
    if (this.state !== 'started' || this.glass === null || this.isReviewed) return false;
    const { from, who } = review;
    const asMember = this.glassFrom !== null && (from === this.glassFrom || who === this.links[this.glassFrom]);
    const isBreaker = who === this.glass || asMember;
    if (!this.#counts(review) || isBreaker) return false;
    return (this.isReviewed = true);
  }

  /** At half of the time and a quarter of an hour before its end, once each; a started break-glass every day. */
  #reminded(): boolean {
    if (this.remindAt === null || this.age < this.remindAt) return false;
    if (this.state === 'started' && this.glass !== null && !this.isReviewed) {
      this.remindAt = this.age + day;
      return true;
    }
    if (this.state !== 'pending') return false;
    const last = this.within - 15;
    this.remindAt = this.age < last && last >= this.within / 2 ? last : null;
    return true;
  }

  #starts({ isOwnPlan, today, lost, isRead }: Extract<Deed, { does: 'start' }>, known: ReadonlySet<Person>): boolean {
    if (!isOwnPlan) return this.#ends('superseded');
    const isStale = !isRead && [...known].some((person) => !lost.includes(person));
    if (this.state !== 'approved' || isStale) return false;
    for (const person of this.approvers)
      if (lost.includes(person) || !known.has(person) || person === this.author) this.approvers.delete(person);
    const wasTheirs = this.byRequester;
    if (today) this.#narrows(today);
    const unusedFor = this.approvedAge ?? 0;
    if (this.age - unusedFor >= this.within) return this.#waits();
    if (unusedFor >= this.latestStart) return true;
    const byGlass = this.glass !== null && known.has(this.glass) && !lost.includes(this.glass);
    if (!byGlass && this.approvers.size < this.needed) return this.#waits();
    if (!byGlass && this.byRequester && !wasTheirs) {
      this.glass = null;
      return true;
    }
    this.started = { by: [...this.approvers], needed: this.needed, glass: this.glass, author: this.author };
    if (this.glass !== null) this.remindAt = this.age + day;
    return this.#ends('started');
  }

  /** What has become stricter counts, what has become looser doesn't. */
  #narrows({ approvals, within: wait = within, latestStart: unused = latestStart, byRequester = false }: Today): void {
    this.needed = Math.max(this.needed, approvals);
    this.within = Math.min(this.within, wait);
    this.latestStart = Math.min(this.latestStart, unused);
    this.byRequester ||= byRequester;
  }

  #waits(): true {
    [this.state, this.approvedAge, this.glass] = ['pending', null, null];
    return true;
  }

  #ends(state: State): true {
    this.state = state;
    return true;
  }
}
