/** What a role assignment asks for, as far as conditions look at it. */
type RequestedAssignment = { roleId: string; principalId: string };

const TERM =
  /@Request\[Microsoft\.Authorization\/roleAssignments:(RoleDefinitionId|PrincipalId)\]\s+ForAnyOfAnyValues:GuidEquals\s+\{([^}]*)\}/gi;

/**
 * Whether a condition that fences role assignments lets this one pass. Of Azure's condition language only what the
 * product's own condition uses is known: role and principal must be among the GUIDs named. Anything else fences off.
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
