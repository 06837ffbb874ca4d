import type { Refusal } from '../../core/refusal.ts';
import type { Words } from '../../message/words.ts';
import { isRuled, ruledLine } from '../cards/ruled-words.ts';
import type { Hindrance } from './hindrance.ts';

/** Why the schedule could start no drill of a VM: what stands in the way, or what the gate says. */
export type DrillRefusal = { readonly hindrance: Hindrance | 'unread' } | { readonly refusal: Refusal };

/** The same for two VMs where the reason is. */
export function reasonKey(because: DrillRefusal): string {
  return 'hindrance' in because ? because.hindrance : because.refusal.refused;
}

/** A text that leads to a list, as it stands alone. */
function withoutList(text: string): string {
  if (!text.endsWith(':')) return text;
  const end = text.lastIndexOf('. ');
  return end < 0 ? `${text.slice(0, -1)}.` : text.slice(0, end + 1);
}

/** Why, in words. What a click would be told is not meant for a schedule, which asks for somebody who is away. */
export function refusalText(words: Words, because: DrillRefusal): string {
  if ('hindrance' in because) return withoutList(words.say(`drill.why-${because.hindrance}`));
  const { refusal } = because;
  if (isRuled(refusal)) return ruledLine(words, refusal);
  if (refusal.refused === 'standing-not-enough') return words.refusal(refusal);
  return words.say('drill.why-asker');
}
