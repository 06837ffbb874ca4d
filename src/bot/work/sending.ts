import type { StoredMessage } from '../../store/messages.ts';
import type { ChatSender, Destination, OutgoingMessage } from '../port.ts';

/**
 * A message being sent. `fence`: that of the claim on its conversation. `lastTry`: the conversation closes next, so
 * what can't be said anywhere ends.
 */
export type Sending = {
  readonly to: Destination;
  readonly sender: ChatSender;
  readonly fence: number;
  readonly message: StoredMessage;
  readonly drawn: OutgoingMessage;
  readonly lastTry?: true;
};
