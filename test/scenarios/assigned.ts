/** What manifest/azure assigns, action by action and scope by scope, to be joined with what calls needed. */
import { contoso } from '../../src/sim/estate/contoso.ts';
import { scopesOf } from '../../src/sim/estate/identities.ts';
import { readIdentities, readRole, type ScopeKind } from '../../src/sim/access/role-files.ts';
import { within } from '../../src/sim/ids.ts';
import type { RequestLog } from '../../src/sim/request-log.ts';

/** A permission that some call needed, as the simulator notes it. */
export type LoggedRight = ReturnType<RequestLog['rights']>[number];

/** One action or data action of an identity's role, at one kind of scope. */
type Assigned = {
  readonly identity: string;
  readonly role: string;
  readonly at: ScopeKind;
  readonly by: 'action' | 'data';
  readonly right: string;
};

/** Everything that is assigned. */
export function assigned(): readonly Assigned[] {
  return Object.entries(readIdentities()).flatMap(([identity, given]) =>
    given.flatMap(({ role, scopes }) => {
      const { actions, dataActions } = readRole(role, '').permissions;
      const rights = [
        ...actions.map((right) => ({ by: 'action' as const, right })),
        ...dataActions.map((right) => ({ by: 'data' as const, right })),
      ];
      return scopes.flatMap((at) => rights.map((one) => ({ identity, role, at, ...one })));
    }),
  );
}

const estate = contoso(new Date());
const scopes = new Map<ScopeKind, readonly string[]>();

/** Whether a call needed it, and at a scope of that kind. */
export function isUsed({ identity, at, by, right }: Assigned, needed: readonly LoggedRight[]): boolean {
  const places = scopes.get(at) ?? scopesOf(estate, at);
  scopes.set(at, places);
  return needed.some(
    (one) =>
      one.held &&
      one.identity === identity &&
      one.by === by &&
      one.right.toLowerCase() === right.toLowerCase() &&
      places.some((place) => within(one.scope, place)),
  );
}

/** Why some of it is held all the same. */
export const usedByNoScene: readonly { readonly at: ScopeKind; readonly right: string; readonly because: string }[] = [
  {
    at: 'restoreGroup',
    right: 'Microsoft.Network/publicIPAddresses/write',
    because: 'the template that Azure leaves makes an address; the simulated one has none',
  },
  {
    at: 'restoreGroup',
    right: 'Microsoft.Network/publicIPAddresses/join/action',
    because: 'the same address, at the interface',
  },
  {
    at: 'restoreGroup',
    right: 'Microsoft.Network/publicIPAddresses/read',
    because: 'the same address, for the closing card',
  },
  {
    at: 'networkGroup',
    right: 'Microsoft.Network/networkSecurityGroups/join/action',
    because: 'a template may name the security group that the VM had; the simulated one names none',
  },
];

/** Whether it is one of those. */
export function isRare({ at, right }: Assigned): boolean {
  return usedByNoScene.some((one) => one.at === at && one.right === right);
}
