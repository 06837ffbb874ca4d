import { describe, expect, test } from '@jest/globals';
import { decideOn, hasEnough, mayRunOn, type Voter } from '../../src/approval/decide.ts';
import {
  type ApprovalRequest,
  coversRun,
  isHeld,
  missingApprovals,
  nextReminder,
  reviewWaitsFor,
  waitsFor,
} from '../../src/approval/request.ts';
import { type ApprovalTerms, entryKey } from '../../src/core/approval-terms.ts';
import { refuse } from '../../src/core/refusal.ts';

const begin = new Date('2026-11-27T08:00:00Z');
const minutes = (count: number, from = begin) => new Date(from.getTime() + count * 60_000);
const at = (now: Date) => ({ now, here: now });
const terms: ApprovalTerms = { approvals: 1, withinMs: 3_600_000, startMs: 1_800_000 };
const request: ApprovalRequest = {
  id: 'r1',
  digest: 'd1',
  terms,
  requester: 'ana',
  askers: ['ana'],
  makers: ['eva'],
  state: 'pending',
  votes: [],
  glass: null,
  createdAt: begin,
  approvedAt: null,
  startedAt: null,
};
const voter = (person: string, now: Date, more: Partial<Voter> = {}): Voter => ({
  person,
  name: person,
  guest: false,
  approver: true,
  mayBreakGlass: false,
  readAt: now,
  ...more,
});
const voted = (person: string, decision: 'approve' | 'deny' = 'approve') => ({
  person,
  name: person,
  decision,
  reason: null,
  at: begin,
});
const approved = { ...request, state: 'approved' as const, votes: [voted('ben')], approvedAt: minutes(10) };
const glass = { person: 'dirk', name: 'dirk', reason: 'fire', typed: 'vm', at: minutes(10), review: null };
const broken = { ...request, state: 'started' as const, glass, approvedAt: minutes(10), startedAt: minutes(11) };

describe('the limits of time', () => {
  test.each([
    [minutes(60), { refused: 'request-closed' }],
    [new Date(minutes(60).getTime() - 1), { state: 'approved' }],
  ])('a request ends in the very millisecond in which its time is up: %s', (now, expected) =>
    expect(decideOn(request, { kind: 'approve', voter: voter('ben', now), digest: 'd1' }, at(now))).toMatchObject(
      expected,
    ),
  );

  test.each([
    [10, 'pending'],
    [11, 'started'],
  ])('what today’s rules let %s minutes for approving doesn’t start when it was approved at 10: %s', (left, state) => {
    const [now, today] = [minutes(12), { ...terms, withinMs: left * 60_000 }];
    const event = { kind: 'start' as const, digest: 'd1', voters: [voter('ben', now)], terms: today };
    expect(decideOn(approved, event, at(now))).toMatchObject({ state });
  });

  test('a request of twenty minutes is reminded of at its half only, not before', () => {
    const short = { ...request, terms: { ...terms, withinMs: 20 * 60_000 } };
    expect(nextReminder(short, begin)).toEqual(minutes(10));
    expect(nextReminder(short, minutes(10))).toBeNull();
    expect(nextReminder(request, minutes(30))).toEqual(minutes(45));
  });

  test('an approval covers what its operation still writes for seven days, also if the clock was set back', () => {
    const [run, day] = [{ digest: 'd1', createdAt: minutes(12) }, 24 * 60];
    const started = { ...approved, state: 'started' as const };
    expect(coversRun(started, run, minutes(12 + 7 * day - 1))).toBe(true);
    expect(coversRun(started, run, minutes(12 + 7 * day))).toBe(false);
    expect(coversRun(started, run, minutes(12 - day))).toBe(true);
    expect(coversRun(started, { ...run, digest: 'd2' }, minutes(13))).toBe(false);
    expect(coversRun({ ...started, state: 'revoked' }, run, minutes(13))).toBe(false);
  });
});

describe('a retry and a running operation', () => {
  const now = minutes(20);
  const two = { ...approved, votes: [voted('ben'), voted('chris')], terms: { ...terms, approvals: 2 } };

  test('a retry needs what today’s rules require', () => {
    const voters = [voter('ben', now)];
    expect(hasEnough(approved, { voters, terms }, { here: now })).toBe(true);
    expect(hasEnough(approved, { voters, terms: { ...terms, approvals: 2 } }, { here: now })).toBe(false);
  });

  test('the approval of somebody who left since doesn’t count for it', () => {
    const left = [voter('ben', now), voter('chris', now, { noAccount: true })];
    expect(hasEnough(two, { voters: left, terms: two.terms }, { here: now })).toBe(false);
    expect(mayRunOn(two, { voters: left, terms: two.terms }, { here: now })).toBe(false);
  });

  test('an old reading neither stops what runs nor lets it go on: it is read again', () =>
    expect(mayRunOn(approved, { voters: [voter('ben', begin)], terms }, { here: now })).toBeNull());

  test('an approval serves the entries its person is in now', () => {
    const entry = { approvers: ['group:dba'], fallback: [], approvals: 1 };
    const serves = [entryKey(entry)];
    const named = { ...approved, votes: [{ ...voted('ben'), serves }], terms: { ...terms, named: [entry] } };
    const today = (mine: readonly string[]) => ({
      voters: [voter('ben', now, { serves: mine })],
      terms: named.terms,
    });
    expect(hasEnough(named, today(serves), { here: now })).toBe(true);
    expect(hasEnough(named, today([]), { here: now })).toBe(false);
  });
});

describe('who it waits for', () => {
  const who = (person: string | null) => ({ person });

  test('the requester, the makers, those who voted and who isn’t linked aren’t waited for', () => {
    const two = { ...request, terms: { ...terms, approvals: 2 }, votes: [voted('ben')] };
    expect(['ana', 'eva', 'ben', null, 'chris'].map((one) => waitsFor(two, who(one)))).toEqual([
      ...[false, false, false, false],
      true,
    ]);
  });

  test('nor is anybody asked to review their own break-glass', () =>
    expect(['ana', 'eva', 'dirk', null, 'chris'].map((one) => reviewWaitsFor(broken, who(one)))).toEqual([
      ...[false, false, false, false],
      true,
    ]));

  test('an administrator who approves nothing reviews it; somebody who is neither doesn’t', () => {
    const now = minutes(30);
    const review = (more: Partial<Voter>) =>
      decideOn(
        broken,
        { kind: 'review', voter: voter('chris', now, { approver: false, ...more }), digest: 'd1', note: null },
        at(now),
      );
    expect(review({ admin: true })).toMatchObject({ glass: { review: { person: 'chris' } } });
    expect(review({})).toEqual(refuse('not-approver'));
  });

  test('a break-glass waits for nobody, also where the requester starts what is approved', () => {
    const left = { ...approved, terms: { ...terms, startedBy: 'requester' as const } };
    expect(isHeld(left)).toBe(true);
    expect(isHeld({ ...left, glass })).toBe(false);
  });

  test('a denial is no approval', () => expect(missingApprovals({ terms, votes: [voted('ben', 'deny')] })).toBe(1));
});
