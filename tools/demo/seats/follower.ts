/** Reads a place and prints what is new in it, in the order in which it came. */
import type { CardText } from '../card-text.ts';
import { type BotMessage, type MessageState, personNames, type Seat } from '../seat.ts';
import type { Transcript } from '../transcript.ts';

/** What was printed so far of each message: the number of its states, and the last card that it showed. */
export type Written = Map<string, { readonly states: number; readonly shown: CardText | null }>;

/** Makes a seat's reader. `loud`: whether what is new is printed, or skipped. */
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
 * Platforms keep only so many states, and an answer for one person disappears with the next edit: then the last one
 * counts.
 */
function freshStates({ states }: BotMessage, seen: number): readonly MessageState[] {
  const fresh = states.slice(seen);
  return fresh.length > 0 || states.at(-1)?.card == null ? fresh : states.slice(-1);
}
