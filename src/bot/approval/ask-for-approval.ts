/** A new request for approval, and where it is shown: where it was made, to approvers, and to the people it names. */
import { stricterTerms, type ApprovalTerms } from '../../core/approval-terms.ts';
import { whyOf } from '../../operations/cards/request/why-of.ts';
import { planDigest } from '../../operations/plan.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import { insertRequest, noteUnreached, type StoredRequest, type Unreached } from '../../store/approvals.ts';
import { idsOf } from '../../store/makers.ts';
import { channelsNamed } from '../../store/conversations.ts';
import type { Deciders, Within } from '../deps.ts';
import { outsideThreads } from '../channel-places.ts';
import { makersOf } from '../rights/dialog-actors.ts';
import { addCopies, askInPerson, copyAt, postCopy, type Copy } from './in-person.ts';
import { recordMove } from './record-move.ts';
import { together } from './show-request.ts';
import type { Starting } from './start-approved.ts';

/** Asks for approval. */
export async function askForApproval(
  within: Within,
  { dialog, plan, requester }: Starting,
  asked: ApprovalTerms,
): Promise<StoredRequest> {
  const { deps, unit } = within;
  const requestedBy = { ...dialog.actor, id: requester };
  const made = makersOf(dialog).flatMap(idsOf);
  const makers = [...new Set(made)].filter((id) => !idsOf(requestedBy).includes(id));
  const terms = stricterTerms(asked, asked);
  const channels = (await channelsNamed(unit.q, deps.approverChannels)).filter(
    ({ channel }) => channel !== dialog.channel,
  );
  const named = { named: terms.named ?? [], isLate: false };
  const people = named.named.length > 0 ? together(deps.authority.deciders(asksOf(plan), named)) : nobody;
  const inPerson = await askInPerson(within, people, [requester, ...makers]);
  const told = await askInPerson(within, deps.authority.quiet(terms), [requester]);
  const copies: Copy[] = [
    ...(await Promise.all(channels.map(async (at) => copyAt(deps.newId(), await outsideThreads(within, at))))),
    ...inPerson.copies,
    ...told.copies.map((copy): Copy => ({ ...copy, quiet: true })),
  ].filter(({ conversation }, at, all) => all.findIndex((one) => one.conversation === conversation) === at);
  const unreached = [...inPerson.unreached, ...told.unreached.map((one): Unreached => ({ ...one, quiet: true }))];
  const stored = await insertRequest(unit.q, {
    id: deps.newId(),
    dialogId: dialog.id,
    plan,
    digest: planDigest(plan),
    terms,
    requestedBy,
    makers,
    ticket: dialog.ticket ?? null,
    reason: whyOf(plan, null) === null ? (dialog.reason ?? null) : null,
    copies: copies.map(({ at: _, ...copy }) => copy),
    unreached: unreached.filter(({ person }, at) => unreached.findIndex((one) => one.person === person) === at),
  });
  await recordMove(within, stored, 'ask');
  for (const copy of copies) await postCopy(within, stored, copy);
  return stored;
}

const nobody: Deciders = { people: [], groups: [] };

/** Asks those of these people in person who haven't been: whoever has written to the bot by now, too. */
export async function copiesInPerson(within: Within, stored: StoredRequest, people: Deciders): Promise<StoredRequest> {
  const { copies, unreached } = await askInPerson(within, people, []);
  const isNew = ({ person }: Unreached) => !stored.unreached.some((one) => one.person === person);
  const stays = ({ person }: Unreached) => unreached.some((one) => one.person === person);
  const left = [...stored.unreached.filter((one) => one.quiet || stays(one)), ...unreached.filter(isNew)];
  const inMs = left.some(({ is }) => is === 'opening') ? 0 : null;
  await noteUnreached(within.unit.q, stored.request.id, { unreached: left, inMs });
  return addCopies(within, { ...stored, unreached: left }, copies);
}
