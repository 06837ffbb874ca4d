import type { ProtectedItem } from '../../azure/gateway.ts';
import { kindOfItem } from '../../readiness/protection.ts';

/** The state of a VM's backups: active, or stopped or deleted and still there. */
export type BackupsState = 'on' | 'stopped' | 'deleted';

/** The state of an item. */
export function backupsStateOf(item: ProtectedItem): BackupsState {
  if (item.softDeleted) return 'deleted';
  return kindOfItem(item) === 'stopped' ? 'stopped' : 'on';
}
