import type { Call } from './http/call.ts';
import { ArmRefusal, type Reply } from './http/reply.ts';
import { routerOf, type Route } from './http/route.ts';
import { enforceLocks, enforceRights } from './access/enforce.ts';
import { authorizationRoutes } from './authorization/routes.ts';
import { backupRoutes } from './backup/routes.ts';
import { computeRoutes } from './compute/routes.ts';
import { putRoutes } from './deployments/put-routes.ts';
import { deploymentRoutes } from './deployments/routes.ts';
import { alertRouteRoutes } from './insights/alert-routes.ts';
import { activityRoutes, noteActivity } from './insights/activity.ts';
import { keyVaultRoutes } from './keyvault/routes.ts';
import { asksForCloud, cloudMetadata } from './resources/cloud-metadata.ts';
import { networkRoutes } from './network/routes.ts';
import { resourceRoutes } from './resources/routes.ts';
import { restoreRoutes } from './restore/routes.ts';
import { same } from './ids.ts';
import { enforceVersion } from './versions.ts';
import { unknownCall } from './unknown-call.ts';

/** Every call to ARM that is simulated. */
export const armRoutes: readonly Route[] = [
  ...authorizationRoutes,
  ...backupRoutes,
  ...computeRoutes,
  ...deploymentRoutes,
  ...putRoutes,
  ...activityRoutes,
  ...alertRouteRoutes,
  ...keyVaultRoutes,
  ...networkRoutes,
  ...resourceRoutes,
  ...restoreRoutes,
];
const router = routerOf(armRoutes);

/**
 * Answers a call to ARM. Checked in this order: signed in, known call, known api-version, existing scope, permission,
 * locks, body.
 */
export function arm(call: Call): Reply {
  if (asksForCloud(call)) return cloudMetadata(call);
  if (!call.caller) throw notSignedIn();
  const found = router(call.method, call.path);
  if (!found) throw unknownCall(call);
  call.params = found.params;
  enforceVersion(call, found.route);
  enforceScope(call);
  enforceRegistration(call, found.route);
  enforceRights(call, found.route);
  enforceLocks(call, found.route);
  if (call.body === undefined) {
    throw new ArmRefusal(
      400,
      'InvalidRequestContent',
      'The request content was invalid and could not be deserialized.',
    ).fromGateway();
  }
  const reply = found.route.handle(call);
  noteActivity(call, { action: found.route.action, reply });
  return reply;
}

function notSignedIn(): ArmRefusal {
  return new ArmRefusal(
    401,
    'AuthenticationFailed',
    "Authentication failed. The 'Authorization' header is missing.",
  ).fromGateway({
    'www-authenticate':
      'Bearer authorization_uri="https://login.microsoftonline.com/", error="invalid_token", error_description="The authentication failed because of missing \'Authorization\' header."',
  });
}

/**
 * A provider that isn't registered accepts no writes. Whether one accepts any while it is being registered is not
 * recorded: here it doesn't.
 */
function enforceRegistration(call: Call, route: Route): void {
  const namespace = route.type.split('/')[0] ?? '';
  if (call.method === 'GET' || (call.world.state.providers[namespace] ?? 'Registered') === 'Registered') return;
  const text = `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
  throw new ArmRefusal(409, 'MissingSubscriptionRegistration', text).fromGateway();
}

/** The subscription must exist, and so must the resource group of anything inside one. */
function enforceScope(call: Call): void {
  const [, kind, sub, groups, group] = call.path.split('/');
  if (!same(kind, 'subscriptions') || sub === undefined) return;
  if (!call.world.state.subscriptions.some((known) => same(known.id, sub))) {
    throw new ArmRefusal(404, 'SubscriptionNotFound', `The subscription '${sub}' could not be found.`).fromGateway();
  }
  if (!same(groups, 'resourceGroups') || group === undefined) return;
  const known = call.world.state.resourceGroups.some((one) => same(one.name, group) && same(one.subscription, sub));
  if (!known) {
    throw new ArmRefusal(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`).fromGateway();
  }
}
