import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decideOn, type ApprovalEvent, type Voter } from '../../src/approval/decide.ts';
import type { ApprovalRequest } from '../../src/approval/request.ts';
import type { ApprovalTerms } from '../../src/core/approval-terms.ts';
import { coversRetry, endsAt, isClosed } from '../../src/approval/request.ts';
import { isRefusal, refuse, type Refusal } from '../../src/core/refusal.ts';

const begin = new Date('2026-11-27T08:00:00Z');
/** The process's clock is a day behind the database's: neither is compared with the other. */
const hereAt = (now: Date) => new Date(now.getTime() - 86_400_000);
const people = ['ana', 'ben', 'chris', 'dirk', 'eva'] as const;
const digests = ['d1', 'd2'] as const;

/**
 * What is done, and how many minutes after the previous step. `readAgo`: how many seconds ago the voter's groups were
 * read.
 */
type Step = { readonly after: number; readonly does: Doing };
type Doing =
  | { readonly kind: 'approve'; readonly who: VoterSpec; readonly digest: string }
  | { readonly kind: 'deny'; readonly who: VoterSpec; readonly digest: string }
  | { readonly kind: 'break-glass'; readonly who: VoterSpec; readonly digest: string }
  | { readonly kind: 'review'; readonly who: VoterSpec; readonly digest: string }
  | { readonly kind: 'withdraw'; readonly person: string | null }
  | { readonly kind: 'expire' }
  | { readonly kind: 'refuse'; readonly because: Refusal }
  | {
      readonly kind: 'start';
      readonly digest: string;
      readonly voters: readonly VoterSpec[];
      readonly approvals: number;
    };
type VoterSpec = Omit<Voter, 'readAt' | 'name'> & { readonly readAgo: number };

const voter: fc.Arbitrary<VoterSpec> = fc.record({
  person: fc.option(fc.constantFrom(...people), { freq: 12 }),
  guest: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  approver: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  mayBreakGlass: fc.boolean(),
  readAgo: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 59 }) }, fc.constantFrom(-5, 60, 61, 3600)),
});
const digest = fc.oneof(
  { weight: 5, arbitrary: fc.constant('d1') },
  { weight: 1, arbitrary: fc.constantFrom(...digests) },
);
const doing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('approve' as const), who: voter, digest }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deny' as const), who: voter, digest }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('break-glass' as const), who: voter, digest }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('review' as const), who: voter, digest }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('withdraw' as const), person: fc.constantFrom(null, ...people) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'expire' as const }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('denied-by-rule' as const, 'lacks-azure-role' as const, 'outdated-card' as const)
      .map((code) => ({ kind: 'refuse' as const, because: refuse(code) })),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('start' as const),
      digest,
      voters: fc.array(voter, { maxLength: 5 }),
      approvals: fc.integer({ min: 1, max: 3 }),
    }),
  },
);
const step: fc.Arbitrary<Step> = fc.record({
  after: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 10 }) }, fc.integer({ min: 30, max: 400 })),
  does: doing,
});
const terms: fc.Arbitrary<ApprovalTerms> = fc.record({
  approvals: fc.integer({ min: 1, max: 3 }),
  withinMs: fc.constantFrom(3_600_000, 14_400_000),
  startMs: fc.constantFrom(1_800_000, 3_600_000),
});
const requests: fc.Arbitrary<ApprovalRequest> = fc
  .record({ terms, makers: fc.subarray(['ben', 'eva']) })
  .map((made) => ({
    id: 'r1',
    digest: 'd1',
    requester: 'ana',
    askers: ['ana'],
    state: 'pending',
    votes: [],
    glass: null,
    createdAt: begin,
    approvedAt: null,
    startedAt: null,
    ...made,
  }));

type Told = {
  readonly from: ApprovalRequest;
  readonly event: ApprovalEvent;
  readonly now: Date;
  readonly to: ApprovalRequest;
};

/** Plays the steps and resolves with the accepted ones. */
function play(
  request: ApprovalRequest,
  steps: readonly Step[],
): { accepted: Told[]; refused: number; end: ApprovalRequest } {
  let [at, state, refused] = [begin.getTime(), request, 0];
  const accepted: Told[] = [];
  for (const { after, does } of steps) {
    at += after * 60_000;
    const now = new Date(at);
    const event = eventOf(does, now, request.terms);
    const to = decideOn(state, event, { now, here: hereAt(now) });
    if (isRefusal(to)) refused += 1;
    else accepted.push({ from: state, event, now, to });
    if (!isRefusal(to)) state = to;
  }
  return { accepted, refused, end: state };
}

function eventOf(does: Doing, now: Date, own: ApprovalTerms): ApprovalEvent {
  const read = ({ readAgo, ...spec }: VoterSpec): Voter => ({
    ...spec,
    name: spec.person ?? 'somebody',
    readAt: new Date(hereAt(now).getTime() - readAgo * 1000),
  });
  if (does.kind === 'approve') return { kind: 'approve', voter: read(does.who), digest: does.digest };
  if (does.kind === 'deny') return { kind: 'deny', voter: read(does.who), digest: does.digest, reason: 'no' };
  if (does.kind === 'break-glass')
    return { kind: 'break-glass', voter: read(does.who), digest: does.digest, reason: 'now', typed: 'vm' };
  if (does.kind === 'review') return { kind: 'review', voter: read(does.who), digest: does.digest, note: null };
  if (does.kind !== 'start') return does;
  const { digest: of, voters, approvals } = does;
  return { kind: 'start', digest: of, voters: voters.map(read), terms: { ...own, approvals } };
}

/** Whether their decision may count at all, derived from the design and not from the code. */
function counts(request: ApprovalRequest, { person, guest, approver, readAt }: Voter, now: Date): boolean {
  const age = hereAt(now).getTime() - readAt.getTime();
  const isOther = person !== null && person !== request.requester && !request.makers.includes(person);
  return isOther && !guest && approver && age >= 0 && age < 60_000;
}

/** Whether they may break the glass, derived likewise. */
function mayBreak({ person, guest, mayBreakGlass, readAt }: Voter, now: Date): boolean {
  const age = hereAt(now).getTime() - readAt.getTime();
  return person !== null && !guest && mayBreakGlass && age >= 0 && age < 60_000;
}

const starts = (accepted: readonly Told[]) =>
  accepted.filter(({ from, to }) => from.state !== 'started' && to.state === 'started');

const runs = { numRuns: 1000 };
const always = (holds: (all: ReturnType<typeof play>) => void) =>
  fc.assert(
    fc.property(requests, fc.array(step, { maxLength: 25 }), (request, steps) => holds(play(request, steps))),
    runs,
  );

describe('a request for approval', () => {
  test('starts at most once, and nothing changes it after its end', () =>
    always(({ accepted }) => {
      expect(starts(accepted).length).toBeLessThanOrEqual(1);
      for (const { from, event } of accepted) expect(isClosed(from)).toBe(event.kind === 'review');
    }));

  test('starts only with enough decisions that count now, each by another person, for this very plan, in time', () =>
    always(({ accepted }) => {
      for (const { from, event, now, to } of starts(accepted).filter((told) => told.from.glass === null)) {
        if (event.kind !== 'start') throw new Error(`${event.kind} started it`);
        expect(event.digest).toBe(from.digest);
        expect(now.getTime()).toBeLessThan(endsAt(from).getTime());
        const valid = to.votes.filter(
          ({ person, decision }) =>
            decision === 'approve' && event.voters.some((voter) => voter.person === person && counts(from, voter, now)),
        );
        expect(new Set(valid.map(({ person }) => person)).size).toBeGreaterThanOrEqual(
          Math.max(from.terms.approvals, event.terms.approvals),
        );
      }
    }));

  test('without them it starts only if somebody broke the glass who may, then and now, for this very plan', () =>
    always(({ accepted }) => {
      for (const { event, now } of accepted.filter((told) => told.event.kind === 'break-glass'))
        if (event.kind === 'break-glass') expect([event.digest, mayBreak(event.voter, now)]).toEqual(['d1', true]);
      for (const { from, event, now } of starts(accepted).filter((told) => told.from.glass !== null)) {
        if (event.kind !== 'start') throw new Error(`${event.kind} started it`);
        expect([event.digest, now < endsAt(from)]).toEqual(['d1', true]);
        const still = event.voters.some((voter) => voter.person === from.glass?.person && mayBreak(voter, now));
        const enough = from.votes.length >= Math.max(from.terms.approvals, event.terms.approvals);
        expect(still || enough).toBe(true);
      }
    }));

  test('a break-glass is reviewed once, by somebody who could have decided and did not break the glass', () =>
    always(({ accepted }) => {
      const reviews = accepted.filter(({ event }) => event.kind === 'review');
      expect(reviews.length).toBeLessThanOrEqual(1);
      for (const { from, event, now, to } of reviews) {
        if (event.kind !== 'review') continue;
        expect(counts(from, event.voter, now)).toBe(true);
        expect(event.voter.person).not.toBe(from.glass?.person);
        expect(to.state).toBe('started');
      }
    }));

  test('a decision is accepted only from people whose decision counts, once, about this plan and while it is open', () =>
    always(({ accepted }) => {
      for (const { from, event, now, to } of accepted) {
        if (event.kind !== 'approve' && event.kind !== 'deny') continue;
        expect(counts(from, event.voter, now)).toBe(true);
        expect(event.digest).toBe(from.digest);
        expect(new Set(to.votes.map(({ person }) => person)).size).toBe(to.votes.length);
      }
    }));

  test('one denial ends it, whenever it comes', () =>
    always(({ accepted }) => {
      for (const { from, event, to } of accepted.filter((told) => told.event.kind === 'deny'))
        expect([event.kind, to.state]).toEqual(['deny', from.state === 'approved' ? 'revoked' : 'denied']);
    }));

  test('what is refused at its start was approved and in time, and ends with its approvals', () =>
    always(({ accepted }) => {
      for (const { from, event, now, to } of accepted) {
        const isRefused = event.kind === 'refuse' && event.because.refused !== 'outdated-card';
        expect(to.state === 'refused').toBe(isRefused);
        if (event.kind !== 'refuse') continue;
        expect([from.state, now < endsAt(from)]).toEqual(['approved', true]);
        expect(to).toEqual({ ...from, state: isRefused ? 'refused' : 'superseded' });
      }
    }));

  test('only the requester withdraws it; it expires only when its time is over', () =>
    always(({ accepted }) => {
      for (const { from, event, now } of accepted) {
        if (event.kind === 'withdraw') expect(event.person).toBe(from.requester);
        if (event.kind === 'expire') expect(now.getTime()).toBeGreaterThanOrEqual(endsAt(from).getTime());
        else if (event.kind !== 'review') expect(now.getTime()).toBeLessThan(endsAt(from).getTime());
      }
    }));

  test('its terms only ever get stricter', () =>
    always(({ accepted }) => {
      for (const { from, to } of accepted) {
        expect(to.terms.approvals).toBeGreaterThanOrEqual(from.terms.approvals);
        expect(to.terms.withinMs).toBeLessThanOrEqual(from.terms.withinMs);
        expect(to.terms.startMs).toBeLessThanOrEqual(from.terms.startMs);
      }
    }));

  test('the runs above reach every end', () => {
    const ends = new Set<string>();
    const all = fc.sample(fc.tuple(requests, fc.array(step, { maxLength: 25 })), { numRuns: 3000, seed: 7 });
    for (const [request, steps] of all) ends.add(play(request, steps).end.state);
    expect([...ends].sort()).toEqual(
      ['approved', 'denied', 'expired', 'pending', 'refused', 'revoked', 'started', 'superseded', 'withdrawn'].sort(),
    );
  });

  test('an approval covers another attempt of the same plan for a day, and no other plan', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...digests),
        fc.integer({ min: -3_600_000, max: 2 * 86_400_000 }),
        fc.constantFrom('started' as const, 'approved' as const, 'denied' as const),
        (plan, afterMs, state) => {
          const request = { ...fc.sample(requests, { numRuns: 1, seed: 1 })[0]!, state, startedAt: begin };
          const covered = coversRetry(request, plan, new Date(begin.getTime() + afterMs));
          expect(covered).toBe(state === 'started' && plan === 'd1' && afterMs >= 0 && afterMs < 86_400_000);
        },
      ),
      { numRuns: 1000 },
    ));
});
