import { digestOf } from '../core/digest.ts';
import { words } from '../message/words.ts';
import { drawOperation, pingOf } from '../operations/operation-card.ts';
import { messageById, wantMessage, wantState } from '../store/messages.ts';
import type { StoredOperation } from '../store/operations.ts';
import type { Deps, Unit } from './deps.ts';
import { drawCard, drawPing } from './drawn.ts';

/**
 * Wants an operation's card in its present state, where that differs from what is wanted already; at its end also a
 * short new message that mentions who started it.
 */
export async function showOperation(deps: Deps, unit: Unit, operation: StoredOperation): Promise<void> {
  const look = { locale: operation.locale, timeZone: operation.timeZone, simulated: deps.simulated };
  const drawn = drawCard(drawOperation({ words: words(look), operation, now: deps.clock.now() }), look);
  const shown = await messageById(unit.q, operation.messageId);
  if (digestOf(shown?.wanted) !== digestOf(drawn)) await wantState(unit.q, operation.messageId, drawn);
  const ping = operation.status === 'running' ? null : pingOf({ words: words(look), operation });
  if (ping) {
    const wanted = drawPing(operation.requester, ping);
    await wantMessage(unit.q, { id: deps.newId(), conversationId: operation.conversationId, wanted });
  }
  unit.wake({ to: 'deliver', id: operation.conversationId });
}
