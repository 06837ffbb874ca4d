/** The requests that wait for one person, and their own, as rows with what they can do about each. Pure. */
import { type ApprovalRequest, approvalsOf, endsAt, isForReview } from '../../approval/request.ts';
import type { Block, Button, CardMessage } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import type { Plan } from '../parts/plan.ts';
import { subjectOf } from '../wording/plan-subject.ts';
import { actionWords } from '../wording/ruled-words.ts';

/** The two lists, by the words of their commands. */
export type RequestList = 'approvals' | 'requests';

/** A request with its plan (null: another release made it) and the requester's name. */
export type ListedRequest = {
  readonly request: ApprovalRequest;
  readonly plan: Plan | null;
  readonly requestedBy: string;
};

/** How many rows fit in one card; the rest are counted. */
const maxRows = 10;

/** How many characters of an id are enough to name it. */
const shortId = 8;

type Rows = Extract<Block, { kind: 'rows' }>['rows'];

/**
 * What a list is rendered from. `exceptions`: the VMs that are currently allowed without a KEK; `isForEarlierVm`:
 * another VM has the name by now.
 */
type Listed = {
  readonly all: readonly ListedRequest[];
  readonly now: Date;
  readonly exceptions?: readonly {
    readonly vmId: string;
    readonly vm: string;
    readonly until: string;
    readonly by: string;
    readonly isForEarlierVm: boolean;
  }[];
};

function exceptionRows(said: Words, { exceptions = [], now }: Omit<Listed, 'all'>): Block[] {
  const { say } = said;
  const rows = exceptions.slice(0, maxRows).map(({ vmId, vm, until, by, isForEarlierVm }) => {
    const what = { until: said.dated(new Date(until), now), by };
    if (isForEarlierVm) return { text: vm, note: say('exceptions.row-earlier-vm', what) };
    const button = { ...commandButton(say('exceptions.end'), `backup exception ${vmId}`), about: vm };
    return { text: vm, note: say('exceptions.row', what), button };
  });
  const rest = exceptions.length - rows.length;
  const more: Block[] = rest > 0 ? [{ kind: 'text', text: say('home.more', { count: rest }), tone: 'quiet' }] : [];
  return rows.length > 0 ? [{ kind: 'rows', heading: say('exceptions.heading'), rows }, ...more] : [];
}

/** A list as a card. */
export function requestsCard(said: Words, list: RequestList, { all, now, exceptions }: Listed) {
  const { say } = said;
  const rest = all.length - maxRows;
  const more: Block[] = rest > 0 ? [{ kind: 'text', text: say('home.more', { count: rest }), tone: 'quiet' }] : [];
  const rows = requestRows(said, list, { all: all.slice(0, maxRows), now });
  const other = list === 'approvals' ? 'requests' : 'approvals';
  const data: Extract<CardMessage, { template: 'sheet' }>['data'] = {
    mark: all.length > 0 ? 'ask' : 'ok',
    title: titleOf(said, list, all),
    body: [
      ...(rows.length > 0 ? [{ kind: 'rows' as const, rows }] : []),
      ...more,
      ...exceptionRows(said, { exceptions, now }),
    ],
    buttons: [commandButton(say(`requests.show-${other}`), `backup ${other}`)],
  };
  return { template: 'sheet', data } satisfies CardMessage;
}

function titleOf({ say }: Words, list: RequestList, all: readonly ListedRequest[]): string {
  const reviews = all.filter(({ request }) => isForReview(request)).length;
  if (reviews > 0) return say('requests.title-reviews', { approvals: all.length - reviews, reviews });
  return say(`requests.title-${list}`, { count: all.length });
}

/**
 * One row for each: a decision is made on the card itself, where the whole plan can be read; one's own can be
 * withdrawn.
 */
export function requestRows(
  said: Words,
  list: RequestList,
  { all, now }: { all: readonly ListedRequest[]; now: Date },
): Rows {
  return all.map(({ request, plan, requestedBy }) => {
    const vm = subjectOf(said, plan);
    const does = [...new Set(plan?.parts.map((part) => actionWords(said, part.does)))].join(', ');
    const ends = endsAt(request);
    const { glass } = request;
    if (glass && isForReview(request)) {
      const note = said.say('glass.row', { name: glass.name, at: said.dated(glass.at, now) });
      const about = [vm, requestedBy, said.dated(glass.at, now)].join(', ');
      return {
        text: vm,
        note: [does, note].filter(Boolean).join(' · '),
        button: buttonOf(said, list, { request, about }),
      };
    }
    const stands = said.say(`requests.row-${list}`, {
      who: requestedBy,
      ...approvalsOf(request),
      left: said.duration(Math.max(0, ends.getTime() - now.getTime())),
      until: said.dated(ends, now),
    });
    return {
      text: vm,
      note: [does, stands].filter(Boolean).join(' · '),
      button: buttonOf(said, list, { request, about: [vm, requestedBy, said.dated(ends, now)].join(', ') }),
    };
  });
}

/** `about` distinguishes requests, for people whose screen reader reads only the buttons. */
type Named = { readonly request: ApprovalRequest; readonly about: string };

function buttonOf({ say }: Words, list: RequestList, { request: { id, digest }, about }: Named): Button {
  if (list === 'approvals')
    return { ...commandButton(say('requests.show'), `backup approvals ${id.slice(0, shortId)}`), about };
  const data = { request: id, digest, inList: true };
  return { title: say('button.withdraw'), verb: 'withdraw', data, withInputs: false, about };
}

function commandButton(title: string, command: string): Button {
  return { title, verb: 'command', data: { command }, withInputs: false };
}
