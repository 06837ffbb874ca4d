/**
 * One turn: an event is recorded, moves its dialog, and enqueues its cards, all in one transaction, before the platform
 * gets its answer. A repeated event gets the stored answer.
 */
import { isRefusal } from '../../core/refusal.ts';
import { answerOf, isRepeat, keepAnswer, takeInbound } from '../../store/inbound.ts';
import { isGivenUp } from '../../store/database.ts';
import { blockConversation, seeConversation } from '../../store/conversations.ts';
import { greet } from './greeting.ts';
import { inTransaction, readerOf, type Deps } from '../deps.ts';
import type { Answer, Inbound, Receive } from '../port.ts';
import { readFor } from './read-for.ts';
import { refusalAnswer } from './refusal-answer.ts';
import { signsOfLife } from './sign-of-life.ts';
import { turnClick } from './turn-click.ts';
import { turnText } from './turn-text.ts';
import { RevisionConflict, type Reading, type Turn } from '../turn-context.ts';
import { renderContextIn } from '../render-context.ts';

/** Makes the receiver that endpoints call. */
export function receiver(deps: Deps): Receive {
  const signOf = signsOfLife(deps);
  return async (inbound) => {
    const sign = signOf(inbound);
    const answer = await answerTo(deps, inbound).catch((error: unknown) => {
      sign.dropped();
      return answerBefore(deps, inbound)(error);
    });
    sign.ended();
    await deps.failpoint('turn:after-commit');
    return answer;
  };
}

async function answerTo(deps: Deps, inbound: Inbound): Promise<Answer> {
  await deps.renewTrust();
  const read = await readFor(deps, inbound);
  return withRepeats(() => takeTurn(deps, inbound, read));
}

async function takeTurn(deps: Deps, inbound: Inbound, read: Reading): Promise<Answer> {
  const { rights } = read;
  return inTransaction(deps, async (unit) => {
    await takeInbound(unit.q, inbound.key);
    const reader = readerOf(deps, inbound.conversation, inbound.reader);
    const person = inbound.conversation.kind === 'personal' ? rights?.voter([]).person : undefined;
    await seeConversation(unit.q, { ...inbound.conversation, ...reader, person, around: channelAround(deps, inbound) });
    const turn: Turn = {
      deps,
      unit,
      inbound,
      context: renderContextIn(deps, inbound.conversation.id, reader),
      ...read,
    };
    const answer = await handle(turn);
    // A key without an answer reads the same as this answer.
    if (answer.show !== 'nothing') await keepAnswer(unit.q, inbound.key, answer);
    await deps.failpoint('turn:before-commit');
    return answer;
  });
}

/** The channel around the thread in which somebody spoke: the bot has access there, too. */
function channelAround({ senders }: Deps, { conversation, event }: Inbound): string | null {
  if (conversation.kind !== 'channel' || event.kind === 'removed') return null;
  const channel = senders[conversation.platform]?.channelOf?.(conversation);
  return channel && channel.id !== conversation.id ? channel.id : null;
}

/** A repeat writes nothing: it gets the answer that the event got the first time. */
function answerBefore({ database }: Deps, { key }: Inbound): (error: unknown) => Promise<Answer> {
  return async (error) => {
    if (!isRepeat(error)) throw error;
    return ((await answerOf(database.db, key)) as Answer | null | undefined) ?? { show: 'nothing' };
  };
}

async function handle(turn: Turn): Promise<Answer> {
  const { event, conversation } = turn.inbound;
  switch (event.kind) {
    case 'text':
      return turnText(turn, event);
    case 'click': {
      const outcome = await turnClick(turn, event);
      return isRefusal(outcome) ? refusalAnswer(turn, outcome) : outcome;
    }
    case 'installed':
      return greet(turn);
    case 'removed':
      await blockConversation(turn.unit.q, conversation.id);
      return { show: 'nothing' };
  }
}

/** How often one turn is taken: each time somebody else's change was stored first, which it then sees. */
const maxTakes = 5;

async function withRepeats<T>(take: () => Promise<T>, left = maxTakes - 1): Promise<T> {
  try {
    return await take();
  } catch (error) {
    if (left === 0 || (!(error instanceof RevisionConflict) && !isGivenUp(error))) throw error;
    return withRepeats(take, left - 1);
  }
}
