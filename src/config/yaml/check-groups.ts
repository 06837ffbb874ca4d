import { isApprovals, type Rule } from '../../people/rules.ts';
import type { KluisConfig } from '../kluis-config.ts';
import type { Problem } from '../problem.ts';
import { groupName } from './named-people.ts';
import type { Source } from './positions.ts';
import { problemAt } from './say-issue.ts';

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
export function unknownGroups(
  source: Source,
  rules: readonly Rule[],
  groups: KluisConfig['groups'],
): readonly Problem[] {
  return rules.flatMap((rule, index) =>
    fields.flatMap((field) => {
      const unknown = namedIn(rule)[field].find(
        (text) => groupName.test(text) && text !== 'everyone' && !Object.hasOwn(groups, text),
      );
      if (unknown === undefined) return [];
      return [problemAt(source, ['rules', index, field], `no group is called ${unknown}`)];
    }),
  );
}
