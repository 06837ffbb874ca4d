/** A person's Azure roles, for the gate: read from Azure at that moment, for the one turn that asks. */
import { AzureFault } from '../../azure/faults.ts';
import type { AzureReads, DenyAssignment, RoleAssignment, RoleDefinition } from '../../azure/gateway.ts';
import { keyOfId, subscriptionIn } from '../../core/arm-id.ts';
import { loggable, type Log } from '../../core/log.ts';
import { within } from '../../core/within.ts';
import type { AzureHoldings, HeldDenial } from '../../people/azure-role.ts';
import type { InAzure } from '../../people/gate.ts';
import { isEntraId } from '../../people/links.ts';
import { Unread } from '../reading-rights.ts';

type Reads = Pick<AzureReads, 'roleAssignmentsIn' | 'denyAssignmentsIn' | 'roleDefinition'>;

/** How it is read. */
export type AzureRoles = { readonly reads: Reads; readonly log: Log };

/** Somebody is waiting for the answer to their click. */
const timeoutMs = 5_000;

/**
 * What a person of Entra has in Azure, with one read for each subscription in question. It isn't kept beyond one turn,
 * so no answer is older than the click, the rendering or the attempt of a write that it is for.
 */
export function heldInAzure(roles: AzureRoles, person: string): InAzure {
  const read = new Map<string, AzureHoldings | null>();
  return ({ scope }) => {
    if (!isEntraId(person)) return 'not-in-entra';
    const subscription = subscriptionIn(scope)?.toLowerCase();
    if (subscription === undefined) return 'azure-unread';
    const held = read.get(subscription);
    if (held !== undefined) return held ?? 'azure-unread';
    throw new Unread(async () => {
      read.set(subscription, await holdingsOf(roles, { person, subscription }));
    });
  };
}

type HoldingsQuery = { readonly person: string; readonly subscription: string };

/** Null if not all of it could be read: nothing is concluded from a part. */
async function holdingsOf({ reads, log }: AzureRoles, asked: HoldingsQuery): Promise<AzureHoldings | null> {
  try {
    const held = await within(timeoutMs, readHoldings(reads, asked));
    if (held === null) log.warn({ ...asked, ms: timeoutMs }, 'the roles of a person in Azure were not read in time');
    return held;
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    log.warn({ ...loggable(error), ...asked }, 'the roles of a person in Azure could not be read');
    return null;
  }
}

async function readHoldings(reads: Reads, { person, subscription }: HoldingsQuery): Promise<AzureHoldings> {
  const [roles, denials, own] = await Promise.all([
    reads.roleAssignmentsIn(subscription, person).then((given) => withDefinitions(reads, subscription, given)),
    reads.denyAssignmentsIn(subscription, null),
    reads.denyAssignmentsIn(subscription, person),
  ]);
  // Azure's filter finds what names the person or one of their groups; what applies to everyone is only in the full
  // list.
  const reaching = [...denials.filter(({ everyone }) => everyone), ...own];
  return { roles, denials: reaching.filter((denial) => !spares(denial, person)).map(heldDenial) };
}

/**
 * Each role is read in the subscription, whatever scope its ID names: the bot's identity can read nothing above that. A
 * role that no longer exists allows nothing.
 */
async function withDefinitions(
  reads: Reads,
  subscription: string,
  given: readonly RoleAssignment[],
): Promise<AzureHoldings['roles']> {
  const guids = [...new Set(given.map(({ roleDefinitionId }) => guidOf(roleDefinitionId)))];
  const below = `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions`;
  const definitions = new Map<string, RoleDefinition | null>(
    await Promise.all(guids.map(async (guid) => [guid, await reads.roleDefinition(`${below}/${guid}`)] as const)),
  );
  return given.map(({ scope, condition, roleDefinitionId }) => ({
    scope,
    condition,
    permissions: definitions.get(guidOf(roleDefinitionId))?.permissions ?? [],
  }));
}

function guidOf(id: string): string {
  return keyOfId(id).split('/').pop() ?? '';
}

/**
 * Whether a deny assignment excludes the person by name. Somebody who is excluded only through a group counts as
 * denied.
 */
function spares({ excluded }: DenyAssignment, person: string): boolean {
  return excluded.some((id) => id.toLowerCase() === person.toLowerCase());
}

function heldDenial({ scope, childScopes, permissions }: DenyAssignment): HeldDenial {
  return { scope, childScopes, permissions };
}
