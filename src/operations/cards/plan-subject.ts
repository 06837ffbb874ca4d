import type { Section } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import type { PlanText } from '../conversation.ts';
import type { Plan } from '../plan.ts';

/** The names of a plan's targets, for a title. */
export function subjectOf(words: Words, plan: Plan | null): string {
  const names = plan?.vms.map(({ name }) => name) ?? [];
  const [first] = names;
  if (first === undefined) return words.say('request.a-plan');
  return names.length === 1 ? first : words.say('request.and-more', { first, more: names.length - 1 });
}

/** The folds of a plan where somebody decides about it: its commands, and the digest that is approved. */
export function planSections({ say }: Words, text: PlanText | null, digest: string): Section[] {
  return [
    ...(text ? [...text.more, { title: say('fold.commands'), body: [text.commands] }] : []),
    { title: say('request.digest'), body: [{ kind: 'code', lines: [digest] }] },
  ];
}
