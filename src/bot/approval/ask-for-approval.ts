/** A new request for approval, and where it is shown: where it was made, to approvers, and to the people it names. */
import { stricterTerms, type ApprovalTerms } from '../../core/approval-terms.ts';
import { whyOf } from '../../operations/cards/request/why-of.ts';
import { planDigest } from '../../operations/parts/plan.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import { noteUnreached } from '../../store/request-copies.ts';
import { insertRequest, type StoredRequest, type Unreached } from '../../store/approvals.ts';
import { idsOf } from '../../store/makers.ts';
import { channelsNamed } from '../../store/conversations.ts';
import type { Deciders, Within } from '../deps.ts';
import { outsideThreads } from '../channel-places.ts';
import { makersOf } from '../rights/dialog-actors.ts';
import { addCopies, askInPerson, copyAt, type Copy } from './in-person.ts';
import { recordMove } from './record-move.ts';
import { mentionsIn, mentionWhereMade } from './request-places.ts';
import { together } from './show-request.ts';
import type { Starting } from './start-approved.ts';

/** Asks for approval. */
export async function askForApproval(
  within: Within,
  { dialog, plan, requester }: Starting,
  required: ApprovalTerms,
): Promise<StoredRequest> {
  const { deps, unit } = within;
  const requestedBy = { ...dialog.actor, id: requester };
  const makers = [...new Set(makersOf(dialog).flatMap(idsOf))].filter((id) => !idsOf(requestedBy).includes(id));
  const terms = stricterTerms(required, required);
  const named = { named: terms.named ?? [], isLate: false };
  deps.authority.knowAccounts([{ asks: asksOf(plan), named: { ...named, isLate: true }, terms }]);
  const people = named.named.length > 0 ? together(deps.authority.deciders(asksOf(plan), named)) : nobody;
  const inPerson = await askInPerson(within, people, { not: [requester, ...makers] });
  const told = await askInPerson(within, deps.authority.quiet(terms), { not: [requester], informs: true });
  const unreached = [...inPerson.unreached, ...told.unreached.map((one): Unreached => ({ ...one, quiet: true }))];
  const made = await insertRequest(unit.q, {
    id: deps.newId(),
    dialogId: dialog.id,
    plan,
    digest: planDigest(plan),
    terms,
    requestedBy,
    makers,
    ticket: dialog.ticket ?? null,
    reason: whyOf(plan, null) === null ? (dialog.reason ?? null) : null,
    copies: [],
    unreached: unreached.filter(({ person }, at) => unreached.findIndex((one) => one.person === person) === at),
  });
  await recordMove(within, made, 'ask');
  const quiet = told.copies.map((copy): Copy => ({ ...copy, quiet: true }));
  const inChannels = await copiesInChannels(within, { ...made, copies: inPerson.copies }, dialog.channel);
  const asked = await addCopies(within, await addCopies(within, made, inChannels), inPerson.copies);
  const stored = await addCopies(within, asked, quiet);
  await mentionWhereMade(within, stored);
  return stored;
}

/** A copy for each approvers' channel but that where it was `made`; it mentions those who can decide. */
async function copiesInChannels(within: Within, stored: StoredRequest, made: string | null): Promise<readonly Copy[]> {
  const { deps, unit } = within;
  const copies: Copy[] = [];
  for (const channel of await channelsNamed(unit.q, deps.approverChannels)) {
    if (channel.channel === made) continue;
    const at = await outsideThreads(within, channel);
    copies.push({ ...copyAt(deps.newId(), at), mentions: await mentionsIn(within, stored, at) });
  }
  return copies;
}

const nobody: Deciders = { people: [], groups: [] };

/** Asks those of these people in person who haven't been: whoever has written to the bot by now, too. */
export async function copiesInPerson(within: Within, stored: StoredRequest, people: Deciders): Promise<StoredRequest> {
  const { copies, unreached } = await askInPerson(within, people, { not: [] });
  const isNew = ({ person }: Unreached) => !stored.unreached.some((one) => one.person === person);
  const stays = ({ person }: Unreached) => unreached.some((one) => one.person === person);
  const left = [...stored.unreached.filter((one) => one.quiet || stays(one)), ...unreached.filter(isNew)];
  const inMs = left.some(({ is }) => is === 'opening') ? 0 : null;
  await noteUnreached(within.unit.q, stored.request.id, { unreached: left, inMs });
  return addCopies(within, { ...stored, unreached: left }, copies);
}
