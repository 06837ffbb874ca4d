import type { Words } from '../../message/words.ts';
import type { Plan } from '../parts/plan.ts';

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

/** Those of one entry of named approvers who can still approve, and how many of them have to. */
export type EntryOfApprovers = {
  readonly people: readonly { readonly name: string }[];
  readonly groups: readonly string[];
  readonly missing: number;
  /** Nobody can at present. `later`: others stand in for them, from then on. */
  readonly nobody?: { readonly later: Date | null };
};

/** Who can approve it; of several entries, how many of each have to. */
export function whoCan(words: Words, deciders: readonly EntryOfApprovers[]): string {
  if (deciders.some(({ nobody }) => nobody)) return words.say('request.deciders-nobody');
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
