/** Asking people in person: the chats that are known, and what becomes of people whose chat isn't. */
import type { RequestCopy, StoredRequest, Unreached } from '../../store/approvals.ts';
import { addCopy } from '../../store/request-copies.ts';
import { personalChatsOf, type ShownPlace } from '../../store/conversations.ts';
import { memberOf } from '../../store/person-links.ts';
import { enqueueMessage } from '../../store/messages.ts';
import type { Deciders, Within } from '../deps.ts';
import { drawRequest } from './show-request.ts';

/** A copy of a request, and the place where it is shown. */
export type Copy = RequestCopy & { readonly at: ShownPlace };

type InPerson = { readonly copies: readonly Copy[]; readonly unreached: readonly Unreached[] };

/** `not`: who isn't among them; `informs`: they don't decide, so a guest in Slack reads it there, too. */
type Which = { readonly not: readonly string[]; readonly informs?: boolean };

/**
 * A copy for each of these people whose chat with the bot is known. Of the others, those who are in Slack get one once
 * their chat there is open; a bot can't write to anybody in Teams who never wrote to it.
 */
export async function askInPerson(
  { deps, unit }: Within,
  { people }: Deciders,
  { not, informs = false }: Which,
): Promise<InPerson> {
  const asked = people.filter(({ id }) => !not.includes(id));
  const ids = asked.map(({ id }) => id);
  const notInSlack = informs ? [] : ids.filter(deps.authority.isGuestInSlack);
  const chats = await personalChatsOf(unit.q, ids, notInSlack);
  const unreached: Unreached[] = [];
  for (const { id: person, name, slack } of asked.filter(({ id }) => !chats.some((chat) => chat.person === id))) {
    const isAskable = deps.senders.slack?.openPersonal && !notInSlack.includes(person);
    const member = isAskable ? (slack ?? (await memberOf(unit.q, person))) : null;
    unreached.push({ person, name, slack: member, is: member === null ? 'never-wrote' : 'opening' });
  }
  return { copies: chats.map(({ person, ...at }) => ({ ...copyAt(deps.newId(), at), person })), unreached };
}

/** A copy of a request at one place. */
export function copyAt(message: string, at: ShownPlace): Copy {
  return { message, conversation: at.id, at };
}

/** Posts one more copy of the request. */
export async function postCopy({ deps, unit }: Within, stored: StoredRequest, copy: Copy): Promise<void> {
  const { message, conversation, at, quiet = false, glass = false, person: reader, mentions } = copy;
  const shown = { ...at, conversationId: conversation, dialog: null, quiet, glass, reader, mentions };
  const desired = drawRequest(deps, stored, shown);
  await enqueueMessage(unit.q, { id: message, conversationId: conversation, desired });
  unit.wake({ to: 'deliver', id: conversation });
}

/** Posts these copies and notes them with the request, except where it is shown already. */
export async function addCopies(within: Within, stored: StoredRequest, added: readonly Copy[]): Promise<StoredRequest> {
  const known = new Set(stored.copies.map(({ conversation }) => conversation));
  const copies = added.filter(({ conversation }) => !known.has(conversation));
  for (const copy of copies) {
    await addCopy(within.unit.q, stored.request.id, placed(copy));
    await postCopy(within, stored, copy);
  }
  return { ...stored, copies: [...stored.copies, ...copies.map(placed)] };
}

function placed({ at: _, ...copy }: Copy): RequestCopy {
  return copy;
}
