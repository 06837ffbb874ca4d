import { shellWord } from '../../core/shell-word.ts';
import { ok, problem, someOf, warning, type Finding } from './finding.ts';
import type { GivenRole } from './role-files.ts';

const about = 'Rights';

/** A role that isn't complete at one scope. */
export type Lack = { readonly role: GivenRole; readonly scope: string; readonly actions: readonly string[] };

/**
 * One finding for each role that is incomplete somewhere, with its file, its missing actions and the command that
 * assigns it.
 */
export function toldLacks(who: string, lacks: readonly Lack[]): readonly Finding[] {
  return [...new Set(lacks.map(({ role }) => role))].map((role) => {
    const mine = lacks.filter((lack) => lack.role === role);
    const actions = [...new Set(mine.flatMap((lack) => lack.actions))].sort();
    const scopes = mine.map(({ scope }) => scope);
    return problem(about, `${who} lacks at ${someOf(scopes, 3)}: ${someOf(actions, 50)}`, remedy(role, mine));
  });
}

function remedy(role: GivenRole, lacks: readonly Lack[]): string {
  const file = `manifest/azure/${role.file}`;
  const scope = lacks[0]?.scope ?? '';
  const assign = `Assign ${role.name} (${file}) there: az role assignment create --assignee <its object id> --role ${shellWord(role.name)} --scope ${shellWord(scope)}`;
  // An identity that has most of a role has it in an earlier release's version.
  const isOlder = lacks.some(({ actions }) => actions.length * 2 <= role.actions.length + role.dataActions.length);
  return isOlder
    ? `${assign}; if it is assigned, it is of an earlier release: az role definition update --role-definition ${file}`
    : assign;
}

/** What couldn't be checked. */
export function toldUnasked(who: string, scopes: readonly string[]): readonly Finding[] {
  if (scopes.length === 0) return [];
  const remedy =
    'Assign kluis-reader (manifest/azure/reader-role.json): it holds Microsoft.Authorization/permissions/read';
  return [warning(about, `what ${who} can do at ${someOf(scopes, 3)} couldn't be read`, remedy)];
}

/** More than an identity needs, by action and scope. */
export function toldExcess(
  who: string,
  excess: readonly { readonly scope: string; readonly action: string }[],
): readonly Finding[] {
  if (excess.length === 0) return [];
  const actions = [...new Set(excess.map(({ action }) => action))];
  const scopes = [...new Set(excess.map(({ scope }) => scope))];
  const remedy = 'Remove the role that gives it, and assign the roles of manifest/azure: docs/security.md says why';
  return [
    warning(about, `${who} has more permissions than it needs at ${someOf(scopes, 3)}: ${someOf(actions)}`, remedy),
  ];
}

/** Everything there. */
export function toldWhole(who: string, where: string): Finding {
  return ok(about, `${who} has every permission it needs at ${where}`);
}
