import { isApprovals, type Rule } from '../../people/rules.ts';
import type { KluisConfig } from '../kluis-config.ts';
import type { Problem } from '../problem.ts';
import { groupName } from './named-people.ts';
import type { Source } from './positions.ts';
import { problemAt } from './say-issue.ts';

const fields = ['approvers', 'fallback', 'quiet'] as const;

/** The people of a rule, field by field, as written. */
function namedIn({ verdict }: Rule): Readonly<Record<(typeof fields)[number], readonly string[]>> {
  const approval = verdict.deny || !isApprovals(verdict.approval) ? null : verdict.approval;
  const named = approval?.named ?? [];
  return {
    approvers: named.flatMap(({ approvers }) => approvers),
    fallback: named.flatMap(({ fallback }) => fallback),
    quiet: approval?.quiet ?? [],
  };
}

/** Where people are named outside `groups`, as written. */
type Naming = { readonly rules: readonly Rule[]; readonly breakGlass: KluisConfig['breakGlass'] };

/** Names in rules and in break-glass that aren't groups of the file. */
export function unknownGroups(
  source: Source,
  { rules, breakGlass }: Naming,
  groups: KluisConfig['groups'],
): readonly Problem[] {
  const named = rules.flatMap((rule, index) =>
    fields.map((field) => ({ at: ['rules', index, field], texts: namedIn(rule)[field] })),
  );
  const all = [...named, { at: ['breakGlass', 'group'], texts: breakGlass?.group ?? [] }];
  return all.flatMap(({ at, texts }) => {
    const unknown = texts.find((text) => groupName.test(text) && text !== 'everyone' && !Object.hasOwn(groups, text));
    return unknown === undefined ? [] : [problemAt(source, at, `no group is called ${unknown}`)];
  });
}

/** Break-glass for everyone would be no restriction at all. */
export function openBreakGlass(source: Source, breakGlass: KluisConfig['breakGlass']): readonly Problem[] {
  if (!breakGlass?.group.includes('everyone')) return [];
  return [problemAt(source, ['breakGlass', 'group'], 'everyone could start anything without approval')];
}
