/** A new request for approval, and where it is shown: where it was made, to approvers, and to the people it names. */
import { stricterTerms, type ApprovalTerms } from '../../core/approval-terms.ts';
import type { Person } from '../../core/person.ts';
import { planDigest } from '../../operations/plan.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import { sameId } from '../../people/links.ts';
import { addCopy, insertRequest, type RequestCopy, type StoredRequest } from '../../store/approvals.ts';
import { channelsNamed, personalChatsOf, type ShownPlace } from '../../store/conversations.ts';
import { enqueueMessage } from '../../store/messages.ts';
import type { Deciders, Within } from '../deps.ts';
import { outsideThreads } from '../channel-places.ts';
import { recordMove } from './record-move.ts';
import { drawRequest } from './show-request.ts';
import type { Starting } from './start-approved.ts';

type Copy = RequestCopy & { readonly at: ShownPlace };

/** Asks for approval. */
export async function askForApproval(
  within: Within,
  { dialog, plan, requester }: Starting,
  asked: ApprovalTerms,
): Promise<StoredRequest> {
  const { deps, unit } = within;
  const changedBy = otherThan(requester, dialog.openedBy);
  const terms = stricterTerms(asked, asked);
  const channels = (await channelsNamed(unit.q, deps.approverChannels)).filter(
    ({ channel }) => channel !== dialog.channel,
  );
  const named = { named: terms.named ?? [], isLate: false };
  const inPerson = named.named.length > 0 ? deps.authority.deciders(asksOf(plan), named) : nobody;
  const copies: Copy[] = [
    ...(await Promise.all(channels.map(async (at) => copyAt(deps.newId(), await outsideThreads(within, at))))),
    ...(await personalCopies(within, inPerson, [requester, changedBy])),
    ...(await personalCopies(within, deps.authority.quiet(terms), [requester])).map((copy): Copy => ({
      ...copy,
      quiet: true,
    })),
  ].filter(({ conversation }, at, all) => all.findIndex((one) => one.conversation === conversation) === at);
  const stored = await insertRequest(unit.q, {
    id: deps.newId(),
    dialogId: dialog.id,
    plan,
    digest: planDigest(plan),
    terms,
    requestedBy: { ...dialog.actor, id: requester },
    changedBy,
    ticket: dialog.ticket ?? null,
    copies: copies.map(({ at: _, ...copy }) => copy),
  });
  await recordMove(within, stored, 'ask');
  for (const copy of copies) await postCopy(within, stored, copy);
  return stored;
}

const nobody: Deciders = { people: [], groups: [] };

/** A copy for each of these people whose chat with the bot is known; not for those who can't decide. */
async function personalCopies(
  { deps, unit }: Within,
  { people }: Deciders,
  not: readonly (string | null)[],
): Promise<readonly Copy[]> {
  const asked = people.map(({ id }) => id).filter((id) => !not.includes(id));
  return (await personalChatsOf(unit.q, asked)).map((at) => copyAt(deps.newId(), at));
}

/** Gives a copy to each of these people who has none and whose chat with the bot is known. */
export async function copiesInPerson(within: Within, stored: StoredRequest, people: Deciders): Promise<StoredRequest> {
  const known = new Set(stored.copies.map(({ conversation }) => conversation));
  const copies = (await personalCopies(within, people, [])).filter(({ conversation }) => !known.has(conversation));
  for (const copy of copies) {
    await addCopy(within.unit.q, stored.request.id, { message: copy.message, conversation: copy.conversation });
    await postCopy(within, stored, copy);
  }
  const added = copies.map(({ message, conversation }) => ({ message, conversation }));
  return { ...stored, copies: [...stored.copies, ...added] };
}

function copyAt(message: string, at: ShownPlace): Copy {
  return { message, conversation: at.id, at };
}

/** Posts one more copy of the request. */
export async function postCopy({ deps, unit }: Within, stored: StoredRequest, copy: Copy): Promise<void> {
  const { message, conversation, at, quiet = false, glass = false } = copy;
  const desired = drawRequest(deps, stored, { ...at, conversationId: conversation, dialog: null, quiet, glass });
  await enqueueMessage(unit.q, { id: message, conversationId: conversation, desired });
  unit.wake({ to: 'deliver', id: conversation });
}

/** The person who made the plan, if somebody else then requested it: they would be approving their own work. */
function otherThan(requester: string, { id }: Person): string | null {
  return sameId(id, requester) ? null : id.toLowerCase();
}
