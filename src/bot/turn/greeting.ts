import { hasSpoken } from '../../store/messages.ts';
import { helpCard } from './notices.ts';
import type { Answer } from '../port.ts';
import { viewRefusal } from '../rights/gate.ts';
import { say, sayRefusal } from './turn-text.ts';
import type { Turn } from '../turn-context.ts';

/**
 * The first hello in a conversation, once, however often the platform reports the installation: the help card; for
 * somebody who isn't linked and can't view, how to get linked.
 */
export async function greet(turn: Turn): Promise<Answer> {
  const spoken = await hasSpoken(turn.unit.q, turn.inbound.conversation.id);
  if (spoken) return { show: 'nothing' };
  const barred = viewRefusal(turn.rights);
  return barred?.refused === 'not-linked' ? sayRefusal(turn, barred) : say(turn, helpCard(turn));
}
