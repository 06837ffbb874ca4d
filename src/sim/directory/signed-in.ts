import type { Call } from '../http/call.ts';
import type { JsonBody } from '../json.ts';

/** Graph's answers about the tenant's rules and the signed-in person; null for any other call. */
export function aboutSignedIn(call: Call, path: string): JsonBody | 'forbidden' | 'no-person' | null {
  const { owner } = call.world.state.directory;
  if (/^\/policies\/authorizationPolicy$/i.test(path)) {
    // learn.microsoft.com, "Get authorizationPolicy": Policy.Read.All, which none of the product's identities has.
    return call.caller?.name !== 'owner' || owner?.readsPolicies === false ? 'forbidden' : policyBody(call);
  }
  if (!/^\/me(\/|$)/i.test(path)) return null;
  if (call.caller?.name !== 'owner') return 'no-person';
  if (/^\/me$/i.test(path)) return personBody(call);
  if (!/^\/me\/transitiveMemberOf\/microsoft\.graph\.directoryRole$/i.test(path)) return null;
  const roles = owner?.roles ?? [GLOBAL_ADMINISTRATOR];
  return { value: roles.map((roleTemplateId) => ({ id: roleTemplateId, roleTemplateId })) };
}

const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';

function personBody(call: Call): JsonBody {
  const { owner } = call.world.state.directory;
  return {
    id: call.caller?.objectId ?? '',
    displayName: 'Owner',
    userPrincipalName: 'owner@contoso.example',
    userType: owner?.guest ? 'Guest' : 'Member',
  };
}

/** microsoft-graph-docs-contrib, "Get authorizationPolicy" and its resource type. */
function policyBody(call: Call): JsonBody {
  const { rules } = call.world.state.directory;
  return {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#policies/authorizationPolicy/$entity',
    id: 'authorizationPolicy',
    allowInvitesFrom: rules?.allowInvitesFrom ?? 'everyone',
    guestUserRoleId: rules?.guestUserRoleId ?? '10dae51f-b6af-4016-8d66-8c2a99b929b3',
    displayName: 'Authorization Policy',
    description: 'Used to manage authorization related settings across the company.',
    defaultUserRolePermissions: {
      allowedToCreateApps: rules?.allowedToCreateApps ?? true,
      allowedToCreateSecurityGroups: true,
      allowedToReadOtherUsers: true,
      permissionGrantPoliciesAssigned: [],
    },
  };
}
