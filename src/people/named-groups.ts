import type { RolesAndRules } from './rules.ts';

/** The Entra groups that roles are given to: the only ones about which the directory is ever asked. */
export function namedGroups({ roles }: Pick<RolesAndRules, 'roles'>): readonly string[] {
  return [...new Set(roles.flatMap(({ to }) => (to.kind === 'group' ? [to.id.toLowerCase()] : [])))];
}
