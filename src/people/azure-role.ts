/** Whether a person has the Azure permissions that an operation needs, judged as Azure does. Pure. */
import { allowsAction, allowsData, type ActionBlock } from '../core/action-match.ts';
import { keyOfId } from '../core/arm-id.ts';

/** What somebody would need in Azure to do an operation by hand: actions at one resource. */
export type AzureNeed = {
  readonly scope: string;
  readonly actions: readonly string[];
  readonly dataActions?: readonly string[];
};

/** A block of a role. `condition` null: it applies unconditionally. */
type Block = ActionBlock & { readonly condition: string | null };

/** A role at a scope, given to a person or to a group of theirs. */
type HeldRole = {
  readonly scope: string;
  readonly condition: string | null;
  readonly permissions: readonly Block[];
};

/**
 * A deny assignment that applies to a person. It overrides every role. `childScopes` false: it ends at its own scope.
 */
export type HeldDenial = {
  readonly scope: string;
  readonly childScopes: boolean;
  readonly permissions: readonly ActionBlock[];
};

/**
 * What applies to a person in one subscription: assigned in it, or above it (its management groups, the tenant's root).
 */
export type AzureHoldings = { readonly roles: readonly HeldRole[]; readonly denials: readonly HeldDenial[] };

/**
 * What is missing at a scope. `denied`: a deny assignment forbids it, so no role helps; `condition`: a role would give
 * it, but only under a condition, whose effect is unknown here; `missing`: no role gives it.
 */
export type AzureLack = {
  readonly because: 'missing' | 'condition' | 'denied';
  readonly scope: string;
  readonly actions: readonly string[];
};

/** The first need that isn't fully met; null if all are. */
export function lackOf(needs: readonly AzureNeed[], holdings: AzureHoldings): AzureLack | null {
  for (const need of needs) {
    const lack = lackAt(need, holdings);
    if (lack) return lack;
  }
  return null;
}

function lackAt({ scope, actions, dataActions = [] }: AzureNeed, holdings: AzureHoldings): AzureLack | null {
  const roles = holdings.roles.filter((role) => reaches(role.scope, scope));
  const denials = holdings.denials.filter((denial) => denialReaches(denial, scope));
  const stands = [
    ...actions.map((action) => ({
      action,
      stand: standOf({ roles, denials }, (blocks) => allowsAction(blocks, action)),
    })),
    ...dataActions.map((action) => ({
      action,
      stand: standOf({ roles, denials }, (blocks) => allowsData(blocks, action)),
    })),
  ];
  // A deny assignment is reported first: no role helps against it. What no role gives comes before what one gives
  // partially.
  for (const because of ['denied', 'missing', 'condition'] as const) {
    const lacking = stands.filter(({ stand }) => stand === because).map(({ action }) => action);
    if (lacking.length > 0) return { because, scope, actions: lacking };
  }
  return null;
}

type Allows = (blocks: readonly ActionBlock[]) => boolean;

/** Exceptions (`notActions`) subtract only within their own role; another role may still give the action. */
function standOf({ roles, denials }: AzureHoldings, allows: Allows): 'held' | AzureLack['because'] {
  if (denials.some(({ permissions }) => allows(permissions))) return 'denied';
  const free = roles.filter(({ condition }) => condition === null);
  if (free.some(({ permissions }) => allows(permissions.filter(({ condition }) => condition === null)))) return 'held';
  return roles.some(({ permissions }) => allows(permissions)) ? 'condition' : 'missing';
}

/**
 * Whether an assignment at `outer` applies at `inner`. A management group's ID has nothing in common with those below
 * it: one that is listed for a subscription is above it.
 */
function reaches(outer: string, inner: string): boolean {
  const above = keyOfId(outer);
  if (above === '' || above.startsWith('/providers/microsoft.management/managementgroups/')) return true;
  return `${keyOfId(inner)}/`.startsWith(`${above}/`);
}

function denialReaches({ scope, childScopes }: HeldDenial, inner: string): boolean {
  return childScopes ? reaches(scope, inner) : keyOfId(scope) === keyOfId(inner);
}
