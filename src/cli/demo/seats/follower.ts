/** Reads a place and writes down what is new in it, in the order in which it came. */
import type { CardText } from './card-text.ts';
import type { BotMessage, MessageState, Seat } from './seat.ts';
import { personNames } from './seat.ts';
import type { Transcript } from '../transcript.ts';

/** What was written down so far of each message: how many of its states, and the card that it showed last. */
export type Written = Map<string, { readonly states: number; readonly shown: CardText | null }>;

/** Makes the reading of a seat. `loud`: whether what is new is written down, or only passed over. */
export function follower(parts: {
  readonly seat: Seat;
  readonly out: Transcript;
  readonly written: Written;
}): (loud: boolean) => Promise<readonly BotMessage[]> {
  const { seat, out, written } = parts;
  const tell = (message: BotMessage, state: MessageState, before: CardText | null): CardText | null => {
    const who = message.isPrivate ? `${message.from} → ${personNames[seat.person]}` : message.from;
    if (state.card === null) {
      if (state.text) out.says(`  ${who}`, state.text);
      return before;
    }
    if (before !== null && before.lines.join('\n') === state.card.lines.join('\n')) return before;
    out.card(who, state.card, before);
    return state.card;
  };
  return async (loud) => {
    const messages = await seat.messages();
    for (const message of messages) {
      const seen = written.get(message.id) ?? { states: 0, shown: null };
      let { shown } = seen;
      for (const state of freshStates(message, seen.states)) shown = loud ? tell(message, state, shown) : state.card;
      written.set(message.id, { states: message.states.length, shown });
    }
    return messages;
  };
}

/**
 * Platforms keep so many states and no more, and an answer for one person gives way to the next
 * edit: then the last one counts.
 */
function freshStates({ states }: BotMessage, seen: number): readonly MessageState[] {
  const fresh = states.slice(seen);
  return fresh.length > 0 || states.at(-1)?.card == null ? fresh : states.slice(-1);
}
