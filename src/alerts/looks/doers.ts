/** Who did it: which events of Azure's activity log belong to a problem that was found. */
import type { ActivityEvent } from '../../azure/gateway.ts';
import { keyOfId } from '../../core/arm-id.ts';
import type { SightedKind } from '../alert.ts';

/**
 * The operations that cause it, as Azure names them. A vault's setting is written by a call on the vault or on its
 * configuration; stopping protection is a write of the item.
 */
const operations: Readonly<Partial<Record<SightedKind, RegExp>>> = {
  'vm-gone': /^Microsoft\.Compute\/virtualMachines\/delete$/i,
  'protection-stopped': /\/protectedItems\/write$/i,
  'soft-deleted': /\/protectedItems\/delete$/i,
  'backups-deleted': /\/(protectedItems|protectionContainers)\/delete$|\/unregisterContainer/i,
  'soft-delete-off': /^Microsoft\.RecoveryServices\/vaults\/(backupconfig\/)?write$/i,
  'immutability-off': /^Microsoft\.RecoveryServices\/vaults\/write$/i,
  'guard-off': /\/backupResourceGuardProxies\/(delete|write)$/i,
};

/** What is searched for: the resource, since when, and until it was seen: what was done later didn't cause it. */
type Search = { readonly of: string; readonly from: Date; readonly to: Date };

/** The newest event that caused it, of the resource or of something below it; null: the log has none. */
export function causingEvent(
  kind: SightedKind,
  { of, from, to }: Search,
  events: readonly ActivityEvent[],
): ActivityEvent | null {
  const key = keyOfId(of);
  const causing = events.filter((event) => {
    const id = keyOfId(event.resourceId);
    const isOf = event.at >= from && event.at <= to && (id === key || id.startsWith(`${key}/`));
    return isOf && operations[kind]?.test(event.operation) === true && !/^Failed$/i.test(event.status);
  });
  return causing.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0] ?? null;
}
