import type { Refusal } from '../core/refusal.ts';
import { words } from '../message/words.ts';
import { refusalText } from './notices.ts';
import type { Answer } from './port.ts';
import { signInOffer } from './sign-in-offer.ts';
import type { Turn } from './turn-context.ts';

/** What somebody is told whose click was refused: one exact sentence, for them alone. Nothing was changed. */
export async function refusalAnswer(turn: Turn, refusal: Refusal): Promise<Answer> {
  turn.deps.metrics.refused(refusal.refused);
  const reader = { ...turn.look, locale: turn.inbound.reader.locale };
  const { title, text } = refusalText(words(reader), refusal);
  const offer = refusal.refused === 'not-linked' ? [await signInOffer(turn.deps, turn.unit.q, turn.inbound)] : [];
  return { show: 'text', text: [title, ...text, ...offer].join(' '), code: refusal.refused };
}
