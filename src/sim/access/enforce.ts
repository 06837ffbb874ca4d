import type { Call } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import { ArmRefusal } from '../http/reply.ts';
import { field, textField } from '../json.ts';
import { within } from '../ids.ts';
import { conditionHolds } from './condition.ts';
import { callerMay, mayDoAll } from './rights.ts';
import { scopeOf } from './scope.ts';

/** Refuses the call when its caller lacks the action, as ARM does. */
export function enforceRights(call: Call, route: Route): void {
  if (!call.caller || mayDoAll(call) || route.action === null) return;
  const scope = scopeOf(call.path);
  const verdict = callerMay(call, { action: route.action, scope });
  const fenced = verdict.condition !== undefined && !passes(verdict.condition, call, route.action);
  if (verdict.allowed && !fenced) return;
  const lacks = fenced ? 'authorization or an ABAC condition not fulfilled' : 'authorization';
  throw new ArmRefusal(
    403,
    'AuthorizationFailed',
    `The client '${call.caller.objectId}' with object id '${call.caller.objectId}' does not have ${lacks} to perform action '${route.action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  ).fromGateway();
}

/** Refuses a write under a lock, whoever makes it, as ARM does. */
export function enforceLocks(call: Call, route: Route): void {
  if (call.method === 'GET' || call.method === 'HEAD' || !route.action) return;
  const harmless =
    /\/(backupstatus|backupprevalidateprotection|register)$/i.test(call.path) ||
    /\/microsoft\.authorization\/locks\//i.test(call.path);
  if (harmless) return;
  const scope = scopeOf(call.path);
  const verb = call.method === 'DELETE' ? 'delete' : 'write';
  const lock = call.world.state.locks.find(
    (known) => within(scope, known.scope) && (known.level === 'ReadOnly' || verb === 'delete'),
  );
  if (!lock) return;
  throw new ArmRefusal(
    409,
    'ScopeLocked',
    `The scope '${scope}' cannot perform ${verb} operation because following scope(s) are locked: '${lock.scope}'. Please remove the lock and try again.`,
  ).fromGateway();
}

/** A condition that begins with "unless the action is a role assignment" restricts nothing else. */
function passes(condition: string, call: Call, action: string): boolean {
  const guarded = [...condition.matchAll(/!\(ActionMatches\{'([^']+)'\}\)/gi)].map(([, name]) => name?.toLowerCase());
  if (guarded.length > 0 && !guarded.includes(action.toLowerCase())) return true;
  const properties = field(call.body, 'properties');
  const roleId = (textField(properties, 'roleDefinitionId') ?? '').split('/').pop() ?? '';
  return conditionHolds(condition, { roleId, principalId: textField(properties, 'principalId') ?? '' });
}
