/** The lists of open requests for one person, and a request's card if somebody asks to see it. */
import type { VmEntry } from '../../azure/gateway.ts';
import { keyOfId } from '../../core/arm-id.ts';
import { isForEarlierVm } from '../../readiness/rules.ts';
import type { Queries } from '../../store/database.ts';
import { inventoryAt } from '../../store/inventory.ts';
import { requestById, type StoredRequest } from '../../store/approvals.ts';
import { addCopy } from '../../store/request-copies.ts';
import { kekExceptionsNow } from '../../store/kek-exceptions.ts';
import { enqueueMessage } from '../../store/messages.ts';
import type { CardMessage } from '../../message/card-data.ts';
import { words } from '../../message/words.ts';
import { requestsCard, type ListedRequest, type RequestList } from '../../operations/cards/requests-card.ts';
import { readPlan } from '../../operations/stored-operation.ts';
import { openRequestsOf } from '../approval/open-requests.ts';
import { drawRequest } from '../approval/show-request.ts';
import type { PersonRights } from '../deps.ts';
import type { Turn } from '../turn-context.ts';

/** Which list is meant, and which entry, by its VM or the first characters of its ID; null: all of it. */
type Wanted = { readonly list: RequestList; readonly one: string | null };

/** A request's row in a list. */
export function listed({ request, plan, requestedBy }: StoredRequest): ListedRequest {
  return { request, plan: readPlan(plan), requestedBy: requestedBy.name };
}

/**
 * Shows the card of the request that is meant; it can be decided here from then on. Null: none is meant, or all are. It
 * includes what people can start by break-glass.
 */
export async function showOneRequest(
  turn: Turn,
  rights: PersonRights,
  { list, one }: Wanted,
): Promise<StoredRequest | null> {
  const { deps, unit, inbound, context } = turn;
  const { breakable, ...lists } = await openRequestsOf(unit.q, rights);
  const found = [...lists[list], ...breakable].find((each) => isMeant(each, one));
  const stored = found && (await requestById(unit.q, found.request.id, 'toMove'));
  if (!stored) return null;
  const conversationId = inbound.conversation.id;
  const { person } = rights.voter([]);
  const reader = inbound.conversation.kind === 'personal' && person !== null ? person : undefined;
  const desired = drawRequest(deps, stored, { ...context, conversationId, dialog: null, reader });
  const message = deps.newId();
  await enqueueMessage(unit.q, { id: message, conversationId, asked: inbound.asked, desired });
  await addCopy(unit.q, stored.request.id, {
    message,
    conversation: conversationId,
    ...(reader !== undefined && { person: reader }),
  });
  unit.wake({ to: 'deliver', id: conversationId });
  return stored;
}

function isMeant({ request, plan }: StoredRequest, one: string | null): boolean {
  const word = one?.toLowerCase() ?? '';
  if (word.length >= 4 && request.id.startsWith(word)) return true;
  return readPlan(plan)?.vms.some(({ name }) => name.toLowerCase() === word) ?? false;
}

/** The list as a card. */
export async function requestList(
  { deps, unit, context }: Turn,
  rights: PersonRights,
  list: RequestList,
): Promise<CardMessage> {
  const found = await openRequestsOf(unit.q, rights);
  const exceptions = list === 'approvals' ? await listedExceptions(unit.q) : [];
  return requestsCard(words(context), list, { all: found[list].map(listed), now: deps.clock.now(), exceptions });
}

/** The inventory has no GUIDs, so when a VM was created says whether an exception is for an earlier one. */
async function listedExceptions(q: Queries) {
  const all = await kekExceptionsNow(q);
  const vms = (await inventoryAt(q, 'vm', [...new Set(all.map(({ vmId }) => keyOfId(vmId)))])) as VmEntry[];
  const created = new Map(vms.map((vm) => [keyOfId(vm.id), vm.created]));
  return all.map((one) => {
    const at = created.get(keyOfId(one.vmId));
    return { ...one, isForEarlierVm: isForEarlierVm(one, { vmId: null, created: at ? new Date(at) : null }) };
  });
}
