/**
 * Ends the alerts in the own chats of people who can no longer view anything: everything else that Kluis shows somebody
 * is checked when they ask, but alerts come without being asked for.
 */
import type { Refusal } from '../../core/refusal.ts';
import { words } from '../../message/words.ts';
import { personalWatches, removeWatch } from '../../store/alerts.ts';
import { conversationById } from '../../store/conversations.ts';
import { enqueueMessage } from '../../store/messages.ts';
import { inTransaction, type Deps } from '../deps.ts';
import { record } from '../record.ts';
import { renderContextIn } from '../render-context.ts';
import { renderMessage } from '../render-message.ts';
import { viewRefusal } from '../rights/gate.ts';
import { signInLater } from '../rights/sign-in-offer.ts';
import { rightsOf } from '../rights/turn-rights.ts';
import { refusalText } from '../refusal-text.ts';

/** Ends them. Where somebody's permissions can't be read now, they stay. */
export async function endWatches(deps: Deps): Promise<void> {
  for (const watch of await personalWatches(deps.database.db)) {
    const rights = await rightsOf(deps, watch.by, null);
    const barred = rights && viewRefusal(rights);
    if (barred) await end(deps, watch, barred);
  }
}

type Ended = Awaited<ReturnType<typeof personalWatches>>[number];

async function end(deps: Deps, { conversation, by }: Ended, barred: Refusal): Promise<void> {
  await inTransaction(deps, async (unit) => {
    const at = await conversationById(unit.q, conversation);
    if (!at || !(await removeWatch(unit.q, conversation))) return;
    const operation = { id: null, digest: '', requester: by };
    const detail = { move: 'unwatch', place: conversation, because: 'no-role' };
    await record(unit, { now: deps.clock.now(), what: 'alert', operation, detail });
    const context = renderContextIn(deps, conversation, at);
    const said = words(context);
    const because = refusalText(said, barred);
    const { text: how, buttons } = signInLater(deps, said);
    const data = {
      mark: 'info' as const,
      title: said.say('watch.off'),
      ...(barred.refused === 'not-linked'
        ? { text: [said.say('link.yet'), ...how], buttons }
        : { text: [because.title, ...because.text] }),
    };
    const desired = renderMessage({ template: 'notice', data }, context);
    await enqueueMessage(unit.q, { id: deps.newId(), conversationId: conversation, desired });
    unit.wake({ to: 'deliver', id: conversation });
  });
}
