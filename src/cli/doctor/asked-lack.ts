import { AzureFault } from '../../azure/faults.ts';
import type { Permissions } from '../../azure/gateway.ts';
import { keyOfId } from '../../core/arm-id.ts';
import type { Lack } from './rights-told.ts';
import { missingActions, missingData, type GivenRole } from './role-files.ts';

/** What is checked of a role: the part of it that counts at a scope; `data`: its data actions. */
type AskedRole = {
  readonly role: GivenRole;
  readonly scope: string;
  readonly actions: readonly string[];
  readonly data?: readonly string[];
};

/** What an identity lacks of a role at a scope; `read` false: it couldn't be checked. */
export type AskedLack = { readonly scope: string; readonly read: boolean; readonly lack: Lack | null };

/** An identity's permissions, read once for each scope however many roles are checked there. */
export function askedOnce(identity: Permitted): Permitted {
  const known = new Map<string, Promise<Permissions>>();
  return {
    permissions: (scope) => {
      const asked = known.get(keyOfId(scope)) ?? identity.permissions(scope);
      known.set(keyOfId(scope), asked);
      return asked;
    },
  };
}

/** Reads an identity's permissions at a resource, or at the group of some. */
export type Permitted = { permissions(resourceId: string): Promise<Permissions> };

/** Asks as the identity itself, because nobody else can see what it gets through groups. */
export async function askedLack(identity: Permitted, asked: AskedRole): Promise<AskedLack> {
  const { role, scope, actions: needed, data = [] } = asked;
  try {
    const has = await identity.permissions(scope);
    const actions = [...missingActions({ actions: needed }, has), ...missingData(data, has)];
    return { scope, read: true, lack: actions.length > 0 ? { role, scope, actions } : null };
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    // Whoever has no permissions at all can't even ask: the whole role is missing.
    const isForbidden = error.kind === 'forbidden' || error.kind === 'missing';
    return { scope, read: isForbidden, lack: isForbidden ? { role, scope, actions: [...needed, ...data] } : null };
  }
}
