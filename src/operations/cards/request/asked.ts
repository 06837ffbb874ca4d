/** Who asks for what: the title of a request, the same on a card, on a lock screen and in a list. Pure. */
import { capital, firstFitting } from '../../../message/verdict-texts.ts';
import type { Words } from '../../../message/words.ts';
import { kindOf } from '../../list.ts';
import type { Plan } from '../../plan.ts';

/**
 * What a plan is asked for, as a verb phrase, the fullest first: by its last parts that somebody asks for, since the
 * parts before those are what that takes.
 */
function askedFor(words: Words, plan: Pick<Plan, 'parts'>): readonly string[] {
  const kinds = [...Map.groupBy(plan.parts, ({ does }) => does).values()];
  const asked = kinds.map((parts) =>
    parts.slice(0, 1).flatMap((first) => kindOf(first).words.ask?.(words, parts, plan) ?? []),
  );
  return asked.findLast((phrases) => phrases.length > 0) ?? [];
}

/** Who asks for what, as a title: with the whole name if there is room, otherwise with the first one. */
export function askedTitle(words: Words, { who, plan }: { readonly who: string; readonly plan: Plan }): string {
  const phrases = askedFor(words, plan);
  const [first = who] = who.split(' ');
  // "De Vries, Ana" starts with no first name.
  const names = first.endsWith(',') ? [who] : [who, first];
  const titles = names.flatMap((name) => phrases.map((what) => words.say('asks.title', { who: name, what })));
  const bare = phrases.map(capital);
  return firstFitting([...titles, ...bare, ...(phrases.length > 0 ? [] : [words.say('asks.plan', { who })])]);
}
