import type { Call } from '../http/call.ts';
import { methodAndPath, type Route } from '../http/route.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import { andTerms } from '../http/filter.ts';
import { page } from '../http/paging.ts';
import { assignmentsAt, mayDoAll, principalsOf, reaches } from '../access/rights.ts';
import { same, within } from '../ids.ts';
import { assignmentBody, denialBody, lockBody, roleBody } from './bodies.ts';
import { assignRole } from './assign-role.ts';

const AUTH = 'providers/microsoft.authorization';

/**
 * The simulated calls of Microsoft.Authorization: roles, role and deny assignments, the caller's permissions, locks.
 */
export const authorizationRoutes: Route[] = [
  route(`GET */${AUTH}/roleassignments`, 'roleAssignments', listAssignments),
  route(`GET */${AUTH}/roleassignments/:name`, 'roleAssignments', showAssignment),
  {
    ...route(`PUT */${AUTH}/roleassignments/:name`, 'roleAssignments', assignRole),
    action: 'Microsoft.Authorization/roleAssignments/write',
  },
  {
    ...route(`DELETE */${AUTH}/roleassignments/:name`, 'roleAssignments', deleteAssignment),
    action: 'Microsoft.Authorization/roleAssignments/delete',
  },
  route(`GET */${AUTH}/roledefinitions`, 'roleDefinitions', listRoles),
  route(`GET */${AUTH}/roledefinitions/:name`, 'roleDefinitions', showRole),
  route(`GET */${AUTH}/denyassignments`, 'denyAssignments', listDenials),
  route(`GET */${AUTH}/permissions`, 'permissions', listPermissions),
  route(`GET */${AUTH}/locks`, 'locks', listLocks),
  {
    ...route(`DELETE */${AUTH}/locks/:lock`, 'locks', deleteLock),
    action: 'Microsoft.Authorization/locks/delete',
  },
];

function route(call: string, type: string, handle: Route['handle']): Route {
  return {
    ...methodAndPath(call),
    type: `Microsoft.Authorization/${type}`,
    action: `Microsoft.Authorization/${type}/read`,
    handle,
  };
}

/** Without a filter: at the scope, above and below it. `atScope()` leaves out what is below. */
function listAssignments(call: Call): Reply {
  const terms = andTerms(call.query.get('$filter'));
  const scope = scopeOf(call);
  const atScope = terms.some((term) => term.name === 'atscope');
  const found = call.world.state.roleAssignments.filter((assignment) => {
    if (!reaches(call.world, assignment.scope, scope) && (atScope || !within(assignment.scope, scope))) return false;
    return terms.every((term) => {
      if (term.name === 'assignedto')
        return principalsOf(call.world, term.value).has(assignment.principalId.toLowerCase());
      if (term.name === 'principalid') return same(assignment.principalId, term.value);
      return term.name === 'atscope';
    });
  });
  return ok(page(call, found, assignmentBody));
}

function showAssignment(call: Call): Reply {
  const found = call.world.state.roleAssignments.find(
    (known) => same(known.name, call.params.name) && same(known.scope, scopeOf(call)),
  );
  if (found) return ok(assignmentBody(found));
  throw new ArmRefusal(404, 'RoleAssignmentNotFound', `The role assignment '${call.params.name ?? ''}' is not found.`);
}

function listRoles(call: Call): Reply {
  const terms = andTerms(call.query.get('$filter'));
  const found = call.world.state.roles.filter((role) =>
    terms.every((term) => {
      if (term.name === 'rolename') return same(role.name, term.value);
      if (term.name === 'type') return same(role.custom ? 'CustomRole' : 'BuiltInRole', term.value);
      return true;
    }),
  );
  return ok(page(call, found, (role) => roleBody(role, call.world.state)));
}

function showRole(call: Call): Reply {
  const found = call.world.state.roles.find((role) => same(role.id, call.params.name));
  if (found) return ok(roleBody(found, call.world.state));
  const text = `The specified role definition with ID '${call.params.name ?? ''}' does not exist.`;
  throw new ArmRefusal(404, 'RoleDefinitionDoesNotExist', text);
}

/** At the scope and above it; below it too, unless `atScope()` is given. `assignedTo` includes nested groups. */
function listDenials(call: Call): Reply {
  const terms = andTerms(call.query.get('$filter'));
  const scope = scopeOf(call);
  const atScope = terms.some((term) => term.name === 'atscope');
  const found = call.world.state.denyAssignments.filter((denial) => {
    if (!reaches(call.world, denial.scope, scope) && (atScope || !within(denial.scope, scope))) return false;
    return terms.every((term) => {
      if (term.name !== 'assignedto') return true;
      const principals = principalsOf(call.world, term.value);
      return denial.principals.some(({ id }) => principals.has(id.toLowerCase()));
    });
  });
  return ok(page(call, found, denialBody));
}

/** What the caller may do here, one entry per role, as Azure returns it. */
function listPermissions(call: Call): Reply {
  if (!call.caller || mayDoAll(call)) {
    return ok({ value: [{ actions: ['*'], notActions: [], dataActions: [], notDataActions: [] }] });
  }
  const given = assignmentsAt(call.world, call.caller.objectId, scopeOf(call));
  return ok(
    page(call, given, ({ role, assignment }) => ({
      ...role.permissions,
      ...(assignment.condition ? { condition: assignment.condition } : {}),
    })),
  );
}

/** At the scope and above it; below it too, unless `atScope()` is given. */
function listLocks(call: Call): Reply {
  const scope = scopeOf(call);
  const atScope = (call.query.get('$filter') ?? '').toLowerCase().includes('atscope()');
  const found = call.world.state.locks.filter(
    (lock) => within(scope, lock.scope) || (!atScope && within(lock.scope, scope)),
  );
  return ok(page(call, found, lockBody));
}

/** 200 with what it was, and 204 if there is none (azure-rest-api-specs, `RoleAssignments_Delete`). */
function deleteAssignment(call: Call): Reply {
  const { state } = call.world;
  const found = state.roleAssignments.find((one) => same(one.name, call.params.name) && same(one.scope, scopeOf(call)));
  if (!found) return { status: 204, limit: 'none' };
  state.roleAssignments = state.roleAssignments.filter((one) => one !== found);
  call.world.changed();
  return ok(assignmentBody(found), 'none');
}

/** 200, and 204 if there is none (azure-rest-api-specs, `ManagementLocks_DeleteByScope`). */
function deleteLock(call: Call): Reply {
  const { state } = call.world;
  const found = state.locks.find((one) => same(one.name, call.params.lock) && same(one.scope, scopeOf(call)));
  if (!found) return { status: 204, limit: 'none' };
  state.locks = state.locks.filter((one) => one !== found);
  call.world.changed();
  return { status: 200, limit: 'none' };
}

/** The scope before `/providers/Microsoft.Authorization`, where a client may have doubled the slash. */
function scopeOf(call: Call): string {
  return call.params.scope === '' ? '/' : (call.params.scope ?? '/');
}
