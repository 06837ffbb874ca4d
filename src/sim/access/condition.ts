/** What a role assignment requests, as far as conditions look at it. */
type RequestedAssignment = { roleId: string; principalId: string };

const TERM =
  /@Request\[Microsoft\.Authorization\/roleAssignments:(RoleDefinitionId|PrincipalId)\]\s+ForAnyOfAnyValues:GuidEquals\s+\{([^}]*)\}/gi;

/**
 * Whether a condition that restricts role assignments allows this one. Of Azure's condition language only what the
 * product's own condition uses is known: role and principal must be among the GUIDs named. Everything else is denied.
 */
export function conditionHolds(condition: string, requested: RequestedAssignment): boolean {
  const terms = [...condition.matchAll(TERM)];
  if (terms.length === 0) return false;
  return terms.every(([, name, guids]) => {
    const value = name?.toLowerCase() === 'principalid' ? requested.principalId : requested.roleId;
    const named = (guids ?? '').split(',').map((guid) => guid.trim().toLowerCase());
    return named.includes(value.toLowerCase());
  });
}
