import type { Refusal } from '../../core/refusal.ts';
import { words } from '../../message/words.ts';
import { refusalText } from '../refusal-text.ts';
import type { Answer } from '../port.ts';
import { noteTurnRefused } from '../note-refused.ts';
import { sayRefusal } from './turn-text.ts';
import type { Turn } from '../turn-context.ts';

/**
 * The answer to a refused click: one exact sentence, private. Nothing was changed. Getting linked needs a link to
 * press, so that comes as a separate message.
 */
export async function refusalAnswer(turn: Turn, refusal: Refusal): Promise<Answer> {
  if (refusal.refused === 'not-linked') return sayRefusal(turn, refusal);
  noteTurnRefused(turn, refusal);
  const reader = { ...turn.context, locale: turn.inbound.reader.locale };
  const { title, text } = refusalText(words(reader), refusal);
  return { show: 'text', text: [title, ...text].join(' '), code: refusal.refused };
}
