import { z } from 'zod';
import { personIdOf, type PersonLink } from '../../people/links.ts';
import { holderText } from '../../people/roles.ts';
import { isApprovals, type Rule } from '../../people/rules.ts';
import type { Problem } from '../problem.ts';
import { holder, line } from './fields.ts';
import type { Source } from './positions.ts';
import { problemAt } from './say-issue.ts';

/** Groups of people by the name that rules call them by; each as its members are written. */
export type PeopleGroups = Readonly<Record<string, readonly string[]>>;

const groupName = /^[a-z][\w-]{0,39}$/i;

/** The members of a group. */
const members = z.array(holder.transform(holderText)).min(1, 'nobody is in it');

/** The groups of a file. */
export const peopleGroups = z
  .record(line, members)
  .refine((groups) => Object.keys(groups).every((name) => groupName.test(name)), 'a name of a group is one word');

/** Somebody whom a rule names: by id, or a group by its name. */
const somebody = line.transform((text, context) => {
  if (groupName.test(text) && text !== 'everyone') return text;
  const read = holder.safeParse(text);
  if (read.success) return holderText(read.data);
  for (const { message } of read.error.issues) context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

/** One or several of them. */
export const somePeople = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(somebody).min(1, 'nobody is named'),
);

const fields = ['approvers', 'fallback', 'quiet'] as const;

/** The people of a rule field by field, as they are written. */
function namedIn({ verdict }: Rule): Readonly<Record<(typeof fields)[number], readonly string[]>> {
  const approval = verdict.deny || !isApprovals(verdict.approval) ? null : verdict.approval;
  const named = approval?.named ?? [];
  return {
    approvers: named.flatMap(({ approvers }) => approvers),
    fallback: named.flatMap(({ fallback }) => fallback),
    quiet: approval?.quiet ?? [],
  };
}

/** Names in rules that are no group of the file. */
export function unknownGroups(source: Source, rules: readonly Rule[], groups: PeopleGroups): readonly Problem[] {
  return rules.flatMap((rule, index) =>
    fields.flatMap((field) => {
      const unknown = namedIn(rule)[field].find(
        (text) => groupName.test(text) && text !== 'everyone' && !isGroup(groups, text),
      );
      if (unknown === undefined) return [];
      return [problemAt(source, ['rules', index, field], `no group is called ${unknown}`)];
    }),
  );
}

/** A rule with the members in the place of its groups, each person by their one id. */
export function withMembers(rule: Rule, groups: PeopleGroups, people: readonly PersonLink[]): Rule {
  const { verdict } = rule;
  if (verdict.deny || !isApprovals(verdict.approval)) return rule;
  const { named, quiet, ...terms } = verdict.approval;
  const resolved = (texts: readonly string[]) =>
    texts
      .flatMap((text) => (isGroup(groups, text) ? (groups[text] ?? []) : [text]))
      .map((text) => withOneId(text, people));
  const approval = {
    ...terms,
    ...(named && {
      named: named.map(({ approvers, fallback }) => ({ approvers: resolved(approvers), fallback: resolved(fallback) })),
    }),
    ...(quiet && { quiet: resolved(quiet) }),
  };
  return { ...rule, verdict: { deny: false, approval } };
}

function isGroup(groups: PeopleGroups, name: string): boolean {
  return Object.hasOwn(groups, name);
}

function withOneId(text: string, people: readonly PersonLink[]): string {
  return text.startsWith('user:') ? `user:${personIdOf(text.slice('user:'.length), people)}` : text;
}
