import { z } from 'zod';
import { ownOf } from '../../core/own-of.ts';
import { personIdOf, type PersonLink } from '../../people/links.ts';
import { holderText } from '../../people/roles.ts';
import { isApprovals, type Rule } from '../../people/rules.ts';
import { holder, line } from './fields.ts';

/** The name of a group, in a form that no other way of naming somebody has. */
export const groupName = /^[a-z][\w-]{0,39}$/i;

/** The members of a group. */
const members = z.array(holder.transform(holderText)).min(1, 'nobody is in it');

/** The groups of a file. */
export const peopleGroups = z
  .record(line, members)
  .refine((groups) => Object.keys(groups).every((name) => groupName.test(name)), 'a name of a group is one word');

/** Somebody named in a rule: by ID, or a group by its name. */
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

/** People, with the file's groups replaced by their members, each person by their one ID. */
export function membersOf(
  texts: readonly string[],
  groups: Readonly<Record<string, readonly string[]>>,
  people: readonly PersonLink[],
): readonly string[] {
  return texts.flatMap((text) => ownOf(groups, text) ?? [text]).map((text) => withOneId(text, people));
}

/** A rule with its groups replaced by their members. */
export function withMembers(
  rule: Rule,
  groups: Readonly<Record<string, readonly string[]>>,
  people: readonly PersonLink[],
): Rule {
  const { verdict } = rule;
  if (verdict.deny || !isApprovals(verdict.approval)) return rule;
  const { named, quiet, ...terms } = verdict.approval;
  const resolved = (texts: readonly string[]) => membersOf(texts, groups, people);
  const approval = {
    ...terms,
    ...(named && {
      named: named.map(({ approvers, fallback }) => ({ approvers: resolved(approvers), fallback: resolved(fallback) })),
    }),
    ...(quiet && { quiet: resolved(quiet) }),
  };
  return { ...rule, verdict: { deny: false, approval } };
}

function withOneId(text: string, people: readonly PersonLink[]): string {
  return text.startsWith('user:') ? `user:${personIdOf(text.slice('user:'.length), people)}` : text;
}
