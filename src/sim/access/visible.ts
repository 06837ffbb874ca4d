import type { Call } from '../http/call.ts';
import { callerMay, mayDo } from './rights.ts';

/** Whether the caller sees this resource in a list: Azure leaves out what a deny assignment hides from them. */
export function visible(call: Call, id: string, action: string): boolean {
  if (call.world.state.denyAssignments.length === 0) return true;
  return mayRead(call, id, action);
}

/** Whether the caller's roles allow reading this resource. A list leaves out the others, so it doesn't need those. */
export function mayRead(call: Call, id: string, action: string): boolean {
  const { caller, world } = call;
  if (!caller || caller.name === 'owner') return true;
  const wanted = { action, scope: id };
  return mayDo(world, caller.objectId, wanted).allowed && callerMay(call, wanted).allowed;
}
