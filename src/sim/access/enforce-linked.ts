import type { Call } from '../http/call.ts';
import { ArmRefusal } from '../http/reply.ts';
import { callerMay } from './rights.ts';

/** What a call needs beyond its own URL: an action at a scope, and the actions on what its body names. */
type Linked = {
  readonly action: string;
  readonly scope: string;
  readonly needs: readonly string[];
  readonly on: string;
};

/**
 * Refuses a call whose caller may make it, but lacks permissions on another resource that it affects, as ARM does. The
 * wording is that of Azure/aad-pod-identity issue 613 and kubernetes-sigs/cloud-provider-azure issue 1999; nobody has
 * recorded it for a backup.
 */
export function enforceLinked(call: Call, { action, scope, needs, on }: Linked): void {
  const { caller } = call;
  if (!caller || caller.name === 'owner') return;
  const lacking = needs.find((need) => !callerMay(call, { action: need, scope: on }).allowed);
  if (!lacking) return;
  const id = caller.objectId;
  throw new ArmRefusal(
    403,
    'LinkedAuthorizationFailed',
    `The client '${id}' with object id '${id}' has permission to perform action '${action}' on scope '${scope}'; however, it does not have permission to perform action '${lacking}' on the linked scope(s) '${on}' or the linked scope(s) are invalid.`,
  ).fromGateway();
}
