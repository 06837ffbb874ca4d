import type { Call } from '../http/call.ts';
import { mayDo } from './rights.ts';

/** Whether the caller sees this resource in a list: Azure leaves out what a deny assignment hides from them. */
export function visible(call: Call, id: string, action: string): boolean {
  if (!call.caller || call.caller.name === 'owner' || call.world.state.denyAssignments.length === 0) return true;
  return mayRead(call, id, action);
}

/** Whether the caller's roles allow reading this resource. */
export function mayRead(call: Call, id: string, action: string): boolean {
  if (!call.caller || call.caller.name === 'owner') return true;
  return mayDo(call.world, call.caller.objectId, { action, scope: id }).allowed;
}
