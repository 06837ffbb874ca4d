import { countAbove } from '../../message/above-fold.ts';
import type { Block, Section } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import type { PlanText } from '../conversation.ts';
import type { Plan } from '../plan.ts';

/** The names of a plan's targets, for a title. */
export function subjectOf(words: Words, plan: Pick<Plan, 'vms'> | null): string {
  const names = plan?.vms.map(({ name }) => name) ?? [];
  const [first] = names;
  if (first === undefined) return words.say('request.a-plan');
  return names.length === 1 ? first : words.say('request.and-more', { first, more: names.length - 1 });
}

/** The names of a plan's VMs; undefined if there are none, or if a title says one already. */
export function vmsUnlessIn(words: Words, plan: Plan, title: string): string | undefined {
  if (plan.vms.length === 0 || plan.vms.some(({ name }) => title.includes(name))) return undefined;
  return subjectOf(words, plan);
}

/** The folds of a plan where somebody decides about it: its commands, and the digest that is approved. */
export function planSections({ say }: Words, text: PlanText | null, digest: string): Section[] {
  return [
    ...(text ? [...text.more, { title: say('fold.commands'), body: [text.commands] }] : []),
    { title: say('request.digest'), body: [{ kind: 'code', lines: [digest] }] },
  ];
}

/**
 * What would be done and its consequences, as far as they fit above the buttons on a phone: the first step, the
 * consequences, then the other steps. `below`: all of it, if not all of it is above. `least`: how many of them are
 * above however little room `beside` leaves.
 */
export function foldedPlan(
  words: Words,
  text: PlanText,
  { beside, least = 3 }: { readonly beside: readonly Block[]; readonly least?: number },
) {
  const { lines, notes, remarks } = text;
  if (lines.kind !== 'list') return { above: [lines, ...remarks, ...notes], below: [] };
  const [first, ...others] = lines.items.map((item) => [{ ...lines, items: [item] }]);
  const pieces = [...(first ? [first] : []), ...notes.map((note) => [note]), ...others, ...remarks.map((all) => [all])];
  const count = countAbove(pieces, beside, { lines: 13, min: least });
  if (count === pieces.length) return { above: [lines, ...remarks, ...notes], below: [] };
  const steps = Math.min(lines.items.length, Math.max(1, count - notes.length));
  const also = count - 1 < notes.length ? 'yes' : 'no';
  const more = words.say('request.more-steps', { count: lines.items.length - steps, also });
  const above: Block[] = [
    { ...lines, items: lines.items.slice(0, steps) },
    { kind: 'text', text: more, tone: 'quiet' },
    ...notes.slice(0, count - 1),
  ];
  return { above, below: [wholePlan(words, text)] };
}

/** All that would be done and its consequences, as a fold. */
export function wholePlan({ say }: Words, { lines, remarks, notes }: PlanText): Section {
  return { title: say('fold.plan'), body: [lines, ...remarks, ...notes] };
}

/** Those of one entry of named approvers who can still approve, and how many of them have to. */
export type EntryOfApprovers = {
  readonly people: readonly { readonly name: string }[];
  readonly groups: readonly string[];
  readonly missing: number;
};

/** Who can approve it; of several entries, how many of each have to. */
export function whoCan(words: Words, deciders: readonly EntryOfApprovers[]): string {
  const named = deciders.map(({ people, groups, missing: count }) => {
    const names = [...people.map(({ name }) => name), ...groups];
    if (deciders.length === 1) return words.names(names);
    return names.length > 0
      ? words.say('request.some-of', { count, who: words.names(names) })
      : words.say('request.some-approvers', { count });
  });
  if (deciders.length > 1) return words.say('request.deciders-each', { who: words.names(named) });
  const [who = ''] = named;
  return who === '' ? words.say('request.deciders-any') : words.say('request.deciders', { who });
}
