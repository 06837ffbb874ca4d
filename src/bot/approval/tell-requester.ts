import { endsAt, isHeld, type ApprovalRequest } from '../../approval/request.ts';
import { words, type Words } from '../../message/words.ts';
import { subjectOf } from '../../operations/wording/plan-subject.ts';
import { readPlan, vmsOfPlan } from '../../operations/stored-operation.ts';
import type { StoredRequest } from '../../store/approvals.ts';
import type { StoredDialog } from '../../store/dialogs.ts';
import { enqueueMessage } from '../../store/messages.ts';
import type { Within } from '../deps.ts';
import { renderContextOf } from '../render-context.ts';
import { mentionOf, messageAbout } from '../render-message.ts';
import { loadDialog } from '../stored-dialog.ts';
import { refusalText } from '../refusal-text.ts';

/**
 * Whether the requester gets a message: it ended without a start, and not by them; or it waits for them to start it.
 */
function isTold(request: ApprovalRequest): boolean {
  const { state } = request;
  if (state === 'approved') return isHeld(request);
  if (state === 'refused') return true;
  return state === 'denied' || state === 'expired' || state === 'revoked' || state === 'superseded';
}

/** An edited card notifies nobody, so a message mentions the requester and gives the state of their request. */
export async function tellRequester({ deps, unit }: Within, stored: StoredRequest): Promise<void> {
  const { request, requestedBy, dialogId } = stored;
  if (!isTold(request)) return;
  const dialog = await loadDialog(unit.q, dialogId);
  if (!dialog) return;
  const said = words(renderContextOf(deps, dialog));
  const { conversationId, messageId } = dialog;
  const text = textOf(said, stored, dialog);
  const desired = messageAbout({ messageId, words: said }, text, mentionOf(requestedBy));
  await enqueueMessage(unit.q, { id: deps.newId(), conversationId, desired });
  unit.wake({ to: 'deliver', id: conversationId });
}

/** The same when Azure refuses what was approved, and the approval covers another try. */
export async function tellObjections(
  { deps, unit }: Within,
  { request, requestedBy, plan }: StoredRequest,
  dialog: StoredDialog,
): Promise<void> {
  const said = words(renderContextOf(deps, dialog));
  const told = said.say('request.told-objected', {
    vm: subjectOf(said, readPlan(plan)),
    text: (dialog.state.objections ?? []).join(' '),
    until: said.dated(endsAt(request), deps.clock.now()),
  });
  const { conversationId, messageId } = dialog;
  const desired = messageAbout({ messageId, words: said }, told, mentionOf(requestedBy));
  await enqueueMessage(unit.q, { id: deps.newId(), conversationId, desired });
  unit.wake({ to: 'deliver', id: conversationId });
}

function textOf(said: Words, { request, plan }: StoredRequest, dialog: StoredDialog): string {
  const { state, votes } = request;
  const read = readPlan(plan);
  if (state === 'superseded' && read === null)
    return said.say('request.told-unreadable', { vm: subjectOf(said, { vms: vmsOfPlan(plan) }) });
  const { refused } = dialog.state;
  if (state === 'refused' && refused) {
    const { title, text } = refusalText(said, refused);
    return said.say('request.told-refused', { vm: subjectOf(said, read), text: [title, ...text].join(' ') });
  }
  const last = votes.at(-1);
  const params = { vm: subjectOf(said, read), state, who: last?.name ?? '', reason: last?.reason ?? '' };
  return said.say('request.told', params);
}
