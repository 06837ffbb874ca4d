import { z } from 'zod';
import type { Call } from '../http/call.ts';
import type { RoleAssignmentSpec } from '../state/state-access.ts';
import { ArmRefusal, type Reply } from '../http/reply.ts';
import { same } from '../ids.ts';
import { stamp } from '../times.ts';
import { span } from '../state/world.ts';
import { assignmentBody } from './bodies.ts';

const input = z.looseObject({
  properties: z.looseObject({
    roleDefinitionId: z.string(),
    principalId: z.string(),
    principalType: z.enum(['User', 'Group', 'ServicePrincipal']).optional(),
    condition: z.string().nullish(),
    description: z.string().nullish(),
  }),
});

/**
 * PUT of a role assignment: 201 when it is created, 409 when the same one exists under this or another name. It shows
 * at once and takes effect after some minutes.
 */
export function assignRole(call: Call): Reply {
  const parsed = input.safeParse(call.body);
  if (!parsed.success)
    throw new ArmRefusal(400, 'InvalidRequestContent', 'The request content was invalid.').fromGateway();
  const sent = parsed.data.properties;
  const scope = call.params.scope ?? '';
  const roleId = sent.roleDefinitionId.split('/').pop() ?? '';
  const { state } = call.world;
  if (!state.roles.some((role) => same(role.id, roleId))) {
    throw new ArmRefusal(
      400,
      'RoleDefinitionDoesNotExist',
      `The specified role definition with ID '${roleId}' does not exist.`,
    );
  }
  if (!isKnownPrincipal(call, sent.principalId)) {
    const id = sent.principalId.replaceAll('-', '');
    throw new ArmRefusal(
      400,
      'PrincipalNotFound',
      `Principal ${id} does not exist in the directory ${state.tenantId}. Check that you have the correct principal ID.`,
    );
  }
  refuseTwice(call, { scope, roleId, principalId: sent.principalId });
  const made: RoleAssignmentSpec = {
    name: (call.params.name ?? '').toLowerCase(),
    scope,
    roleId,
    principalId: sent.principalId,
    principalType: sent.principalType ?? 'ServicePrincipal',
    ...(sent.condition ? { condition: sent.condition } : {}),
    ...(sent.description ? { description: sent.description } : {}),
    created: stamp(call.world.now()),
    inForceAt: call.world.now().getTime() + span(call.world, 240, 600),
  };
  state.roleAssignments.push(made);
  call.world.changed();
  return { status: 201, body: assignmentBody(made) };
}

function refuseTwice(call: Call, wanted: { scope: string; roleId: string; principalId: string }): void {
  const { roleAssignments } = call.world.state;
  const named = roleAssignments.find((known) => same(known.name, call.params.name) && same(known.scope, wanted.scope));
  const equal = (known: RoleAssignmentSpec): boolean =>
    same(known.scope, wanted.scope) && same(known.roleId, wanted.roleId) && same(known.principalId, wanted.principalId);
  if (named && !equal(named)) {
    const text = 'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.';
    throw new ArmRefusal(409, 'RoleAssignmentUpdateNotPermitted', text);
  }
  const twin = roleAssignments.find(equal);
  if (!twin) return;
  const id = twin.name.replaceAll('-', '');
  throw new ArmRefusal(
    409,
    'RoleAssignmentExists',
    `The role assignment already exists. The ID of the existing role assignment is ${id}.`,
  );
}

function isKnownPrincipal(call: Call, id: string): boolean {
  const { people, groups, servicePrincipals } = call.world.state.directory;
  return [...people, ...groups, ...servicePrincipals].some((known) => same(known.id, id));
}
