import { runsBetween } from './schedule.ts';
import type { World } from '../../state/world.ts';
import { findPolicy } from './policies.ts';

/**
 * Schedules the backups that policies start between two times. Called only when the clock is advanced: in real time no
 * scheduled backup starts.
 */
export function planScheduled(world: World, from: number, until: number): void {
  for (const item of world.state.items) {
    const policy = findPolicy(world.state, item.policyId);
    if (!policy) continue;
    for (const at of runsBetween(policy, from, until)) {
      world.state.pending.push({ at, kind: 'scheduled-backup', vaultId: item.vaultId, container: item.container });
    }
  }
}
