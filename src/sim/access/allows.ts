import type { RolePermissions } from '../state/state-access.ts';

/** An action of the control plane, or a data action. */
export type Action = { action: string; data?: boolean };

/** Whether these permissions allow the action: some entry matches it and no `not` entry excludes it. */
export function allows(permissions: RolePermissions, wanted: Action): boolean {
  const given = wanted.data ? permissions.dataActions : permissions.actions;
  const taken = wanted.data ? permissions.notDataActions : permissions.notActions;
  return given.some((entry) => takes(entry, wanted.action)) && !taken.some((entry) => takes(entry, wanted.action));
}

function takes(entry: string, action: string): boolean {
  if (!entry.includes('*')) return entry.toLowerCase() === action.toLowerCase();
  const source = entry
    .split('*')
    .map((part) => part.replace(/[.\\^$+?()[\]{}|]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`, 'i').test(action);
}
