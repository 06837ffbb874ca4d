import type { Deed, Person, Team, Today } from './machine-model.ts';

/** What happens to a request one after the other; a number: that many minutes pass, or the clock goes back by them. */
type Walk = { readonly needs: number; readonly steps: readonly (Deed | number)[] };

const decides = (does: 'approve' | 'break-glass' | 'review', who: Person, from: Team | null = null): Deed => ({
  does,
  who,
  as: 'approver',
  from,
  isOwnPlan: true,
});
const starts = (today: Today | null = null): Deed => ({
  does: 'start',
  isOwnPlan: true,
  today,
  lost: [],
  isRead: true,
});
const remind: Deed = { does: 'remind' };
const links = (team: Team, who: Person | null): Deed => ({ does: 'link', team, who });

/** What random steps seldom reach. */
export const walks: Readonly<Record<string, Walk>> = {
  'reminded at half of the time and before its end, once each, though the clock goes back': {
    needs: 1,
    steps: [
      remind,
      119,
      remind,
      1,
      remind,
      remind,
      -60,
      remind,
      70,
      remind,
      95,
      remind,
      remind,
      -10,
      remind,
      30,
      remind,
    ],
  },
  'a break-glass, of which people are reminded every day until it is reviewed': {
    needs: 1,
    steps: [
      ...[decides('break-glass', 'dirk'), starts(), remind, 1440, remind, remind, 1440, remind],
      ...[
        decides('review', 'dirk'),
        decides('review', 'eva'),
        decides('review', 'ben', 'T1'),
        decides('review', 'ben'),
      ],
      ...[1440, remind],
    ],
  },
  'a break-glass in Slack, reviewed by whoever isn’t that member, also as whom they are linked to since': {
    needs: 1,
    steps: [
      ...[decides('break-glass', 'dirk', 'T2'), starts(), links('T2', 'chris'), decides('review', 'chris')],
      ...[decides('review', 'ben', 'T2'), links('T2', null), decides('review', 'chris')],
    ],
  },
  'left to the requester by a rule that came meanwhile': {
    needs: 1,
    steps: [decides('approve', 'ben'), starts({ approvals: 1, byRequester: true }), starts(), starts()],
  },
  'less time to start than it was made with': {
    needs: 1,
    steps: [decides('approve', 'ben'), 10, starts({ approvals: 1, latestStart: 5 }), starts(), { does: 'expire' }],
  },
  'less time to be approved in than it took': {
    needs: 1,
    steps: [
      ...[65, decides('approve', 'ben'), starts({ approvals: 1, within: 60 })],
      ...[decides('approve', 'chris'), remind, { does: 'expire' as const }],
    ],
  },
  'looser rules change nothing, stricter ones of any respect do': {
    needs: 2,
    steps: [
      ...[decides('approve', 'ben'), decides('approve', 'chris')],
      ...[starts({ approvals: 3, within: 500, latestStart: 500 }), decides('approve', 'dirk')],
      starts({ approvals: 1 }),
    ],
  },
  'members of two workspaces with one ID, linked and unlinked': {
    needs: 2,
    steps: [
      ...[decides('approve', 'ben', 'T1'), links('T2', null), decides('approve', 'ben', 'T2')],
      ...[links('T2', 'chris'), links('T1', 'dirk'), decides('approve', 'dirk'), decides('approve', 'chris', 'T2')],
      ...[links('T1', 'ben'), starts(), links('T1', null), decides('approve', 'dirk'), starts()],
    ],
  },
  'a clock that goes back between the votes and the start': {
    needs: 2,
    steps: [decides('approve', 'ben'), -300, decides('approve', 'chris'), -5, 64, starts()],
  },
};
