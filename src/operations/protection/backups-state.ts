import type { ProtectedItem } from '../../azure/gateway.ts';
import { kindOfItem } from '../../readiness/protection.ts';

/** How the backups of a VM stand: they are made, or they were stopped or deleted and are still there. */
export type BackupsState = 'on' | 'stopped' | 'deleted';

/** How an item stands. */
export function backupsStateOf(item: ProtectedItem): BackupsState {
  if (item.softDeleted) return 'deleted';
  return kindOfItem(item) === 'stopped' ? 'stopped' : 'on';
}
