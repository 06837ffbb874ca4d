/**
 * A request for approval as the design describes it, in sets and minutes: what the product does is compared with it
 * after each command. It shares no code with the product.
 */
export const people = ['ana', 'ben', 'chris', 'dirk', 'eva'] as const;
export type Person = (typeof people)[number];

/** Ana asks; Eva had begun the plan that Ana then asked for. */
export const [requester, author]: readonly [Person, Person] = ['ana', 'eva'];

export type State = 'pending' | 'approved' | 'denied' | 'expired' | 'withdrawn' | 'revoked' | 'superseded' | 'started';

/** What somebody does. `isRead`: their groups were read in the last minute; `isOwnPlan`: it is about this digest. */
export type Deed =
  | { readonly does: 'approve' | 'deny'; readonly who: Person; readonly as: As; readonly isOwnPlan: boolean }
  | { readonly does: 'withdraw'; readonly who: Person }
  | { readonly does: 'expire' }
  /** `needed`: what the file asks for at that moment (null: nothing); `lost`: read, and no approver any more. */
  | {
      readonly does: 'start';
      readonly isOwnPlan: boolean;
      readonly needed: number | null;
      readonly lost: readonly Person[];
      readonly isRead: boolean;
    };

/** As what somebody decides. */
export const standings = ['approver', 'no-approver', 'guest', 'unlinked', 'read-long-ago', 'read-in-future'] as const;
export type As = (typeof standings)[number];

/** Minutes that a request may wait, and that an approval may. */
export const [within, latestStart] = [240, 60];

export class Expected {
  state: State = 'pending';
  approvers = new Set<Person>();
  /** Everybody whose approval was ever taken, with as much as was asked for when it started. */
  started: { readonly by: readonly Person[]; readonly needed: number } | null = null;
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

  /** What it comes to; false: it is refused and changes nothing. `known`: whose approvals were read before a start. */
  does(deed: Deed, known: ReadonlySet<Person>): boolean {
    if (this.state !== 'pending' && this.state !== 'approved') return false;
    const isOver = this.approvedAge === null ? this.age >= within : this.approvedAge >= latestStart;
    if (deed.does === 'expire') return isOver && this.#ends('expired');
    if (isOver) return false;
    if (deed.does === 'withdraw') return deed.who === requester && this.#ends('withdrawn');
    if (deed.does === 'start') return this.#starts(deed, known);
    const counts = deed.as === 'approver' && deed.isOwnPlan && deed.who !== requester && deed.who !== author;
    if (!counts) return false;
    if (deed.does === 'deny') return this.#ends(this.state === 'approved' ? 'revoked' : 'denied');
    if (this.state === 'approved' || this.approvers.has(deed.who)) return false;
    this.approvers.add(deed.who);
    if (this.approvers.size >= this.needed) [this.state, this.approvedAge] = ['approved', 0];
    return true;
  }

  #starts({ isOwnPlan, needed, lost, isRead }: Extract<Deed, { does: 'start' }>, known: ReadonlySet<Person>): boolean {
    if (!isOwnPlan) return this.#ends('superseded');
    const isStale = !isRead && [...known].some((person) => !lost.includes(person));
    if (this.state !== 'approved' || isStale) return false;
    for (const person of this.approvers) if (lost.includes(person) || !known.has(person)) this.approvers.delete(person);
    this.needed = Math.max(this.needed, needed ?? 0);
    if (this.approvers.size >= this.needed) {
      this.started = { by: [...this.approvers], needed: this.needed };
      return this.#ends('started');
    }
    [this.state, this.approvedAge] = ['pending', null];
    return true;
  }

  #ends(state: State): true {
    this.state = state;
    return true;
  }
}
