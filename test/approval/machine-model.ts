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

/** What somebody does. `isRead`: their groups were read in the last minute; `isOwnPlan`: it is about this digest. */
export type Deed =
  | { readonly does: 'approve' | 'deny'; readonly who: Person; readonly as: As; readonly isOwnPlan: boolean }
  | { readonly does: 'break-glass' | 'review'; readonly who: Person; readonly as: As; readonly isOwnPlan: boolean }
  | { readonly does: 'withdraw'; readonly who: Person }
  /** The member who began the plan is linked to somebody (null: to nobody); that always succeeds. */
  | { readonly does: 'link'; readonly who: Person | null }
  | { readonly does: 'expire' }
  /** The gate refuses the plan that is about to start. */
  | { readonly does: 'refuse' }
  /** `needed`: what the rules require at that moment (null: nothing); `lost`: read, and no longer an approver. */
  | {
      readonly does: 'start';
      readonly isOwnPlan: boolean;
      readonly needed: number | null;
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

export class Expected {
  state: State = 'pending';
  author: Person | null = 'eva';
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
  isReviewed = false;
  used = 0;
  needed: number;
  age = 0;
  approvedAge: number | null = null;

  constructor(needed: number) {
    this.needed = needed;
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
      this.author = deed.who;
      return true;
    }
    if (deed.does === 'review') return this.#reviewed(deed);
    if (this.state !== 'pending' && this.state !== 'approved') return false;
    const isOver = this.approvedAge === null ? this.age >= within : this.approvedAge >= latestStart;
    if (deed.does === 'expire') return isOver && this.#ends('expired');
    if (isOver) return false;
    if (deed.does === 'withdraw') return deed.who === requester && this.#ends('withdrawn');
    if (deed.does === 'refuse') return this.state === 'approved' && this.#ends('refused');
    if (deed.does === 'start') return this.#starts(deed, known);
    if (deed.does === 'break-glass') return this.#broken(deed);
    const counts = deed.as === 'approver' && deed.isOwnPlan && deed.who !== requester && deed.who !== this.author;
    if (!counts) return false;
    if (deed.does === 'deny') return this.#ends(this.state === 'approved' ? 'revoked' : 'denied');
    if (this.state === 'approved' || this.approvers.has(deed.who)) return false;
    this.approvers.add(deed.who);
    if (this.approvers.size >= this.needed) [this.state, this.approvedAge] = ['approved', 0];
    return true;
  }

  #broken({ who, as, isOwnPlan }: { who: Person; as: As; isOwnPlan: boolean }): boolean {
    if (this.state !== 'pending' || as !== 'approver' || !isOwnPlan || this.used >= perMonth) return false;
    [this.state, this.approvedAge, this.glass] = ['approved', 0, who];
    this.used += 1;
    return true;
  }

  #reviewed({ who, as, isOwnPlan }: { who: Person; as: As; isOwnPlan: boolean }): boolean {
    const isOther = who !== requester && who !== this.author && who !== this.glass;
    if (this.state !== 'started' || this.glass === null || this.isReviewed) return false;
    if (as !== 'approver' || !isOwnPlan || !isOther) return false;
    return (this.isReviewed = true);
  }

  #starts({ isOwnPlan, needed, lost, isRead }: Extract<Deed, { does: 'start' }>, known: ReadonlySet<Person>): boolean {
    if (!isOwnPlan) return this.#ends('superseded');
    const isStale = !isRead && [...known].some((person) => !lost.includes(person));
    if (this.state !== 'approved' || isStale) return false;
    for (const person of this.approvers)
      if (lost.includes(person) || !known.has(person) || person === this.author) this.approvers.delete(person);
    this.needed = Math.max(this.needed, needed ?? 0);
    const byGlass = this.glass !== null && known.has(this.glass) && !lost.includes(this.glass);
    if (byGlass || this.approvers.size >= this.needed) {
      this.started = { by: [...this.approvers], needed: this.needed, glass: this.glass, author: this.author };
      return this.#ends('started');
    }
    [this.state, this.approvedAge, this.glass] = ['pending', null, null];
    return true;
  }

  #ends(state: State): true {
    this.state = state;
    return true;
  }
}
