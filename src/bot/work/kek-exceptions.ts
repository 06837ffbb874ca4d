import { words } from '../../message/words.ts';
import type { Run } from '../../operations/ground/part.ts';
import { requestOfOperation } from '../../store/approvals.ts';
import { endKekExceptions, insertKekException } from '../../store/kek-exceptions.ts';
import { enqueueMessage } from '../../store/messages.ts';
import { operationById } from '../../store/operations.ts';
import { inTransaction, type Deps, type Unit } from '../deps.ts';
import type { LiveOperation } from '../live-operation.ts';
import { renderContextIn } from '../render-context.ts';
import { mentionOf, messageAbout } from '../render-message.ts';
import { allowedBy, actorName } from '../approval/allowed-by.ts';

/** What an operation writes about exceptions to the KEK rule. */
export function kekExceptions(deps: Deps, operation: LiveOperation): Run['kekExceptions'] {
  return {
    allow: (exception) => allow(deps, operation, exception),
    end: (vm) => end(deps, operation, vm),
  };
}

type Allowed = Parameters<Run['kekExceptions']['allow']>[0];

async function allow({ database: { db } }: Deps, { requester, id }: LiveOperation, exception: Allowed): Promise<void> {
  const request = (await requestOfOperation(db, id))?.request ?? null;
  const names = { askedBy: actorName(requester), allowedBy: allowedBy(requester, request) };
  await insertKekException(db, { ...exception, operation: id, ...names });
}

type Ended = Parameters<Run['kekExceptions']['end']>[0];

/** If one is ended elsewhere, the person who requested it reads that in the request's thread. */
async function end(deps: Deps, operation: LiveOperation, vm: Ended): Promise<void> {
  const by = actorName(operation.requester);
  await inTransaction(deps, async (unit) => {
    for (const id of await endKekExceptions(unit.q, vm.id, by)) await tell({ deps, unit }, id, { operation, vm, by });
  });
}

type Told = { readonly operation: LiveOperation; readonly vm: Ended; readonly by: string };

async function tell({ deps, unit }: { deps: Deps; unit: Unit }, id: string, { operation, vm, by }: Told) {
  const made = await operationById(unit.q, id);
  if (!made || made.conversationId === operation.conversationId) return;
  const said = words(renderContextIn(deps, made.conversationId, made));
  const text = said.say('exception.ended', { vm: vm.name, by });
  const desired = messageAbout({ messageId: made.messageId, words: said }, text, mentionOf(made.requester));
  await enqueueMessage(unit.q, { id: deps.newId(), conversationId: made.conversationId, desired });
  unit.wake({ to: 'deliver', id: made.conversationId });
}
