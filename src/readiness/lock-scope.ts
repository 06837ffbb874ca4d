/** Which locks reach a resource: those set on it or above it. */
import type { Lock } from '../azure/gateway.ts';
import { keyOfId } from '../core/arm-id.ts';

/** The locks that were set at a resource or above it. */
export function locksOn(locks: readonly Lock[], resourceId: string): readonly Lock[] {
  const target = `${keyOfId(resourceId)}/`;
  return locks.filter((lock) => target.startsWith(`${scopeOf(lock)}/`));
}

/** Whether a lock forbids every write, not only the deletion. */
export function isReadOnly(lock: Lock): boolean {
  return lock.level.toLowerCase() === 'readonly';
}

function scopeOf(lock: Lock): string {
  return keyOfId(lock.id.replace(/\/providers\/Microsoft\.Authorization\/locks\/[^/]+$/i, ''));
}
