import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decideOn } from '../../src/approval/decide.ts';
import { lackingEntries, missingApprovals, type ApprovalRequest } from '../../src/approval/request.ts';
import { stricterTerms, type ApprovalTerms } from '../../src/core/approval-terms.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { approversOf, approves, servedBy, type Ask } from '../../src/people/rights.ts';
import type { RoleGrant } from '../../src/people/roles.ts';

const people = ['1', '2', '3', '4', '5'].map((n) => `00000000-0000-0000-0000-00000000000${n}`);
const text = fc.constantFrom(...people).map((id) => `user:${id}`);
const entry = fc.record({ approvers: fc.uniqueArray(text, { minLength: 1, maxLength: 3 }), fallback: fc.constant([]) });
const terms: fc.Arbitrary<ApprovalTerms> = fc
  .record({
    approvals: fc.integer({ min: 1, max: 2 }),
    named: fc.option(fc.array(entry, { minLength: 1, maxLength: 1 })),
  })
  .map(({ approvals, named }) => ({ approvals, withinMs: 3_600_000, startMs: 3_600_000, ...(named && { named }) }));
const grants = fc
  .subarray(people, { minLength: 1 })
  .map((ids): readonly RoleGrant[] => ids.map((id) => ({ role: 'approver', to: { kind: 'user', id }, where: {} })));
const drawn = fc.tuple(terms, terms, grants, fc.shuffledSubarray(people));
const ask: Ask = { operation: 'protect', target: { vm: 'vm' }, azure: [] };
const now = new Date('2026-12-01T12:00:00Z');

/** A request of somebody who isn't among them, and who counts for it, as the bot reads it. */
function reading(asked: ApprovalTerms, roles: readonly RoleGrant[]) {
  const config = { roles, rules: [] };
  const voterOf = (id: string, { terms: { named = [] } }: ApprovalRequest) => {
    const member = { id, groups: [] };
    const serves = servedBy(member, { named, isLate: false });
    const approver = approves(member, [ask], config) && (named.length === 0 || serves.length > 0);
    const known = { person: id, name: id, guest: false, mayBreakGlass: false, readAt: now };
    return { ...known, approver, ...(named.length > 0 && { serves }) };
  };
  const request: ApprovalRequest = {
    ...{ id: 'r', digest: 'd', terms: asked, requester: 'ana', askers: ['ana'], makers: [], state: 'pending' },
    ...{ votes: [], glass: null, createdAt: now, approvedAt: null, startedAt: null },
  };
  const named = (at: ApprovalRequest) => {
    const lacking = { named: lackingEntries(at).map((one) => one.entry), isLate: false };
    return new Set(approversOf([ask], lacking, config).flat());
  };
  const votes = (id: string, at: ApprovalRequest) =>
    decideOn(at, { kind: 'approve', voter: voterOf(id, at), digest: 'd' }, { now, here: now });
  return { request, named, votes };
}

test('the card names exactly those whose click counts, after every vote', () => {
  fc.assert(
    fc.property(drawn, ([one, other, roles, order]) => {
      const { request, named, votes } = reading(stricterTerms(one, other), roles);
      let at = request;
      for (const id of order) {
        if (at.state !== 'pending') return;
        for (const each of people) {
          const counts = !isRefusal(votes(each, at));
          const isNamed = named(at).has(`user:${each}`) && !at.votes.some(({ person }) => person === each);
          expect([each, counts]).toEqual([each, isNamed]);
        }
        const next = votes(id, at);
        if (!isRefusal(next)) at = next;
      }
    }),
    { numRuns: 500 },
  );
});

test('it is approved exactly when each of its rules alone would be, and never needs more votes than it says', () => {
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(drawn, ([one, other, roles, order]) => {
      const both = reading(stricterTerms(one, other), roles);
      let at = both.request;
      for (const id of order) {
        const next = at.state === 'pending' ? votes(both, id, at) : at;
        expect(missingApprovals(next)).toBeLessThanOrEqual(Math.max(1, missingApprovals(at)) + 1);
        at = next;
      }
      const by = at.votes.map(({ person }) => person);
      const isEnough = [one, other].every(({ approvals, named }) => {
        const counted = by.filter((id) => named?.every(({ approvers }) => approvers.includes(`user:${id}`)) ?? true);
        return counted.length >= approvals;
      });
      expect(at.state === 'approved').toBe(isEnough);
      outcomes.add(`${at.state} ${at.votes.length}`);
    }),
    { numRuns: 500 },
  );
  expect(outcomes).toContain('approved 1');
  expect(outcomes).toContain('approved 3');
});

function votes(of: ReturnType<typeof reading>, id: string, at: ApprovalRequest): ApprovalRequest {
  const next = of.votes(id, at);
  return isRefusal(next) ? at : next;
}
