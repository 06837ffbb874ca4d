import { hasSpoken } from '../../store/messages.ts';
import { helpCard } from './notices.ts';
import type { Answer } from '../port.ts';
import { say } from './turn-text.ts';
import type { Turn } from './turn-context.ts';

/** The first hello in a conversation: the help card, once, however often the platform reports the installation. */
export async function greet(turn: Turn): Promise<Answer> {
  const spoken = await hasSpoken(turn.unit.q, turn.inbound.conversation.id);
  return spoken ? { show: 'nothing' } : say(turn, helpCard(turn));
}
