import type { Call } from '../http/call.ts';
import { mayDo } from './rights.ts';

/** Whether the caller may see this resource in a list: what a denial hides from him is left out, as in Azure. */
export function visible(call: Call, id: string, action: string): boolean {
  if (!call.caller || call.caller.name === 'owner' || call.world.state.denyAssignments.length === 0) return true;
  return mayRead(call, id, action);
}

/** Whether the caller's roles let him read this resource. */
export function mayRead(call: Call, id: string, action: string): boolean {
  if (!call.caller || call.caller.name === 'owner') return true;
  return mayDo(call.world, call.caller.objectId, { action, scope: id }).allowed;
}
