/** Who asks for what: the title of a request, the same on a card, on a lock screen and in a list. Pure. */
import { capital, firstFitting } from '../../../message/verdict-texts.ts';
import type { Words } from '../../../message/words.ts';
import { partKindOf } from '../../list.ts';
import type { Part } from '../../parts/parts.ts';
import type { Plan } from '../../parts/plan.ts';
import { subjectOf } from '../../wording/plan-subject.ts';

/**
 * What a plan is asked for, as a verb phrase, the fullest first: by its last parts that somebody asks for, since the
 * parts before those are what that takes.
 */
function askedFor(words: Words, plan: Pick<Plan, 'parts'>): Asked | undefined {
  const kinds = [...Map.groupBy(plan.parts, ({ does }) => does)];
  const asked = kinds.map(([does, parts]) => ({
    does,
    phrases: parts.slice(0, 1).flatMap((first) => partKindOf(first).words.ask?.(words, parts, plan) ?? []),
  }));
  return asked.findLast(({ phrases }) => phrases.length > 0);
}

type Asked = { readonly does: Part['does']; readonly phrases: readonly string[] };

/** What is about to begin, as a title: a backup by its VMs, anything else by what was asked for. */
export function startingTitle(words: Words, plan: Plan): string | undefined {
  const asked = askedFor(words, plan);
  // A backup that is only followed has begun already.
  if (!asked || plan.parts.some((part) => part.does === 'back-up-now' && part.joins)) return undefined;
  if (asked.does === 'back-up-now') return words.say('progress.starting-backup', { name: subjectOf(words, plan) });
  return firstFitting(asked.phrases.map((what) => words.say('progress.starting', { what })));
}

/** Who asks for what, as a title: with the whole name if there is room, otherwise with the first one. */
export function askedTitle(words: Words, { who, plan }: { readonly who: string; readonly plan: Plan }): string {
  const { phrases } = askedFor(words, plan) ?? { phrases: [] };
  const [first = who] = who.split(' ');
  // "De Vries, Ana" starts with no first name.
  const names = first.endsWith(',') ? [who] : [who, first];
  const titles = names.flatMap((name) => phrases.map((what) => words.say('asks.title', { who: name, what })));
  const bare = phrases.map(capital);
  return firstFitting([...titles, ...bare, ...(phrases.length > 0 ? [] : [words.say('asks.plan', { who })])]);
}
