import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decideOn, type ApprovalEvent, type Voter } from '../../src/approval/decide.ts';
import {
  type ApprovalRequest,
  coversRetry,
  endsAt,
  halfOf,
  isClosed,
  nextReminder,
} from '../../src/approval/request.ts';
import { type ApprovalTerms, entryKey } from '../../src/core/approval-terms.ts';
import { isRefusal, refuse, type Refusal } from '../../src/core/refusal.ts';

const begin = new Date('2026-11-27T08:00:00Z');
/** The process's clock is a day behind the database's: neither is compared with the other. */
const hereAt = (now: Date) => new Date(now.getTime() - 86_400_000);
const people = ['ana', 'ben', 'chris', 'dirk', 'eva'] as const;
const digests = ['d1', 'd2'] as const;
/** The members of Slack of some of them: as whom they act there, or as `kluis.yaml` links them. */
const members = { ben: { team: 'T1', user: 'U2' }, eva: { team: 'T1', user: 'U5' } } as const;
/** Who must be among the approvers, if a rule names people. */
const entries = [
  { approvers: ['user:ben'], fallback: [] },
  { approvers: ['user:chris'], fallback: ['user:dirk'], approvals: 1 },
] as const;

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
      readonly today: ApprovalTerms;
    };
type VoterSpec = Omit<Voter, 'readAt' | 'name'> & { readonly readAgo: number };

/** How often a rule names people, or leaves the start to the requester, doesn't matter much. */
const terms: fc.Arbitrary<ApprovalTerms> = fc
  .record({
    approvals: fc.integer({ min: 1, max: 3 }),
    withinMs: fc.constantFrom(3_600_000, 14_400_000),
    startMs: fc.constantFrom(1_800_000, 3_600_000),
    named: fc.option(fc.subarray([...entries], { minLength: 1 }), { freq: 1, nil: undefined }),
    isLeft: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    isAnybodys: fc.boolean(),
  })
  .map(({ named, isLeft, isAnybodys, ...more }) => ({
    ...more,
    ...(named && !isAnybodys && { named }),
    ...(isLeft && { startedBy: 'requester' as const }),
  }));
const voter: fc.Arbitrary<VoterSpec> = fc
  .record({
    person: fc.option(fc.constantFrom(...people), { freq: 12 }),
    by: fc.constantFrom('entra' as const, 'entra' as const, 'slack' as const, 'also' as const),
    serves: fc.subarray(entries.map(entryKey)),
    guest: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    approver: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    mayBreakGlass: fc.boolean(),
    readAgo: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 59 }) }, fc.constantFrom(-5, 60, 61, 3600)),
  })
  .map(({ by, ...spec }) => {
    const slack = spec.person === 'ben' || spec.person === 'eva' ? members[spec.person] : null;
    if (slack === null || by === 'entra') return spec;
    return by === 'slack' ? { ...spec, slack } : { ...spec, also: [slack.user] };
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
      today: terms,
    }),
  },
);
const step: fc.Arbitrary<Step> = fc.record({
  // The database's clock may be set back.
  after: fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 0, max: 10 }) },
    { weight: 2, arbitrary: fc.integer({ min: 30, max: 400 }) },
    { weight: 1, arbitrary: fc.integer({ min: -90, max: -1 }) },
  ),
  does: doing,
});
const able: VoterSpec = { person: 'dirk', guest: false, approver: true, mayBreakGlass: true, readAgo: 1 };
const all = entries.map(entryKey);
/** Approved by three, or by break-glass, and about to start: where most guards are. */
const upToStart: fc.Arbitrary<Step[]> = fc.tuple(fc.boolean(), voter, terms).map(([byGlass, other, today]) => {
  const by = byGlass ? [able] : (['dirk', 'chris', 'ben'] as const).map((person) => ({ ...able, person, serves: all }));
  const does = by.map((who) => ({
    kind: byGlass ? ('break-glass' as const) : ('approve' as const),
    who,
    digest: 'd1',
  }));
  const start = {
    kind: 'start' as const,
    digest: 'd1',
    voters: [{ ...other, person: 'dirk' as const }, ...by.slice(1)],
    today,
  };
  return [...does, start].map((one) => ({ after: 1, does: one }));
});
const steps = fc.oneof(
  fc.array(step, { maxLength: 25 }),
  fc.tuple(upToStart, fc.array(step, { maxLength: 10 })).map(([first, more]) => [...first, ...more]),
);
const requests: fc.Arbitrary<ApprovalRequest> = fc
  // Made by a person, or by a member of Slack who was linked to nobody then.
  .record({ terms, makers: fc.subarray(['ben', 'eva', 't1/u2', 't1/u5']) })
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
    const event = eventOf(does, now);
    const to = decideOn(state, event, { now, here: hereAt(now) });
    if (isRefusal(to)) refused += 1;
    else accepted.push({ from: state, event, now, to });
    if (!isRefusal(to)) state = to;
  }
  return { accepted, refused, end: state };
}

function eventOf(does: Doing, now: Date): ApprovalEvent {
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
  return { kind: 'start', digest: does.digest, voters: does.voters.map(read), terms: does.today };
}

/** Whether their decision may count at all, derived from the design and not from the code. */
function counts(request: ApprovalRequest, voter: Voter, now: Date): boolean {
  const { person, guest, approver, readAt } = voter;
  const age = hereAt(now).getTime() - readAt.getTime();
  const isOther = person !== null && person !== request.requester && !made(request, voter);
  return isOther && !guest && approver && age >= 0 && age < 60_000;
}

/** Whether they made the plan, as this person or as the member of Slack that they are, here or in `kluis.yaml`. */
function made({ makers }: ApprovalRequest, { person, slack, also }: Voter): boolean {
  const own = [...(slack ? [`${slack.team}/${slack.user}`] : []), ...(also ?? []).map((user) => `t1/${user}`)];
  return (person !== null && makers.includes(person)) || own.some((id) => makers.includes(id.toLowerCase()));
}

/** Whether these votes are enough for some terms, by the design: so many, and so many of each entry that is named. */
function areEnough(votes: readonly { readonly serves: readonly string[] }[], { approvals, named }: ApprovalTerms) {
  const ofEntry = (entry: (typeof entries)[number]) => votes.filter(({ serves }) => serves.includes(entryKey(entry)));
  const isServed = (entry: (typeof entries)[number]) =>
    ofEntry(entry).length >= ('approvals' in entry ? entry.approvals : approvals);
  return votes.length >= approvals && ((named ?? []) as (typeof entries)[number][]).every(isServed);
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
    fc.property(requests, steps, (request, all) => holds(play(request, all))),
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
        const valid = to.votes.flatMap(({ person, decision }) => {
          const voter = event.voters.find((one) => one.person === person && counts(from, one, now));
          return decision === 'approve' && voter ? [{ person, serves: voter.serves ?? [] }] : [];
        });
        expect(new Set(valid.map(({ person }) => person)).size).toBe(valid.length);
        expect([areEnough(valid, from.terms), areEnough(valid, event.terms)]).toEqual([true, true]);
      }
    }));

  test('nor in more time than today’s rules leave, nor by itself if they leave it to the requester since', () =>
    always(({ accepted }) => {
      for (const { from, event, now } of starts(accepted)) {
        if (event.kind !== 'start' || !from.approvedAt) throw new Error(`${event.kind} started it`);
        const withinMs = Math.min(from.terms.withinMs, event.terms.withinMs);
        const startMs = Math.min(from.terms.startMs, event.terms.startMs);
        expect(from.approvedAt.getTime()).toBeLessThan(from.createdAt.getTime() + withinMs);
        expect(now.getTime()).toBeLessThan(from.approvedAt.getTime() + startMs);
        if (event.terms.startedBy && from.glass === null) expect(from.terms.startedBy).toBe('requester');
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
        const votes = from.votes.map(({ serves = [] }) => ({ serves }));
        const enough = areEnough(votes, from.terms) && areEnough(votes, event.terms);
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
        const keys = (terms: ApprovalTerms) => (terms.named ?? []).map(entryKey);
        expect(keys(to.terms)).toEqual(expect.arrayContaining(keys(from.terms)));
        if (from.terms.startedBy) expect(to.terms.startedBy).toBe('requester');
      }
    }));

  test('its approvers are reminded at half of its time and once before its end, whatever the clock does', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.array(fc.integer({ min: -90, max: 200 })), (within, steps) => {
        const request = { createdAt: begin, terms: { approvals: 1, withinMs: within * 60_000, startMs: 60_000 } };
        let [at, due]: [number, Date | null] = [begin.getTime(), halfOf(request)];
        const reminded: Date[] = [];
        // Each sweep reminds of what is due by then.
        for (const minutes of [...steps, 1_000, 1_000, 1_000]) {
          at += minutes * 60_000;
          if (due === null || due.getTime() > at) continue;
          reminded.push(due);
          due = nextReminder(request, new Date(at));
        }
        const dues = [within / 2, Math.max(within - 15, within / 2)].map((m) => begin.getTime() + m * 60_000);
        expect(due).toBeNull();
        expect(reminded[0]).toEqual(new Date(dues[0]!));
        expect(new Set(reminded.map(Number)).size).toBe(reminded.length);
        expect(dues).toEqual(expect.arrayContaining(reminded.map(Number)));
      }),
      runs,
    ));

  test('the runs above reach every end', () => {
    const ends = new Set<string>();
    const all = fc.sample(fc.tuple(requests, steps), { numRuns: 3000, seed: 7 });
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
