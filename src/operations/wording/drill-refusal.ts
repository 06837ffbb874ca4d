import type { Words } from '../../message/words.ts';
import type { DrillRefusal } from '../parts/drill-books.ts';
import { isRuled, ruledLine } from './ruled-words.ts';

/** The same for two VMs if the reason is the same: two rules are two reasons. */
export function reasonKey(because: DrillRefusal): string {
  if ('hindrance' in because) return because.hindrance;
  const { on: _, ...params } = because.refusal.params;
  return JSON.stringify([because.refusal.refused, ...Object.entries(params).sort()]);
}

/** Whether it may pass soon, so that it is tried again on the same day. */
export function isPassing(because: DrillRefusal): boolean {
  return 'hindrance' in because && because.hindrance === 'fault';
}

/** A text that introduces a list, for use without one. */
function withoutList(text: string): string {
  if (!text.endsWith(':')) return text;
  const end = text.lastIndexOf('. ');
  return end < 0 ? `${text.slice(0, -1)}.` : text.slice(0, end + 1);
}

/** Why, in words. The answer to a click wouldn't fit a schedule, which acts for somebody who is away. */
export function refusalText(words: Words, because: DrillRefusal): string {
  if ('hindrance' in because) return withoutList(words.say(`drill.why-${because.hindrance}`));
  const { refusal } = because;
  if (isRuled(refusal)) return ruledLine(words, refusal);
  if (refusal.refused === 'standing-not-enough') return words.refusal(refusal);
  return words.say('drill.why-asker');
}
