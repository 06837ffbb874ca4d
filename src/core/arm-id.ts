/**
 * Resource ids of Azure. Azure answers the same id in several cases, so ids are compared
 * without regard to case, always.
 */

/** The parts of an ARM resource id; nested types are joined by `/` (`vaults/backupPolicies`), names by `/` too. */
export type ArmId = {
  readonly id: string;
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly provider: string;
  readonly type: string;
  readonly name: string;
};

const pattern = /^\/+subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+)\/(.+)$/i;

/** Reads an ARM resource id of a resource in a resource group; null if the text isn't one. */
export function parseArmId(text: string): ArmId | null {
  const [, subscription, resourceGroup, provider, rest] = pattern.exec(text) ?? [];
  if (!subscription || !resourceGroup || !provider || !rest) return null;
  const segments = rest.split('/');
  if (segments.length % 2 !== 0 || segments.some((segment) => segment === '')) return null;
  const type = segments.filter((_, index) => index % 2 === 0).join('/');
  const name = segments[segments.length - 1] as string;
  return { id: text, subscription, resourceGroup, provider, type, name };
}

/** As `parseArmId`, for ids that Azure itself gave: throws if it isn't one. */
export function armId(text: string): ArmId {
  const parsed = parseArmId(text);
  if (!parsed) throw new TypeError(`not a resource id: ${text.slice(0, 200)}`);
  return parsed;
}

/** Whether two ids name the same resource: case and a trailing slash do not count. */
export function sameId(a: string, b: string): boolean {
  return keyOfId(a) === keyOfId(b);
}

/** The form of an id under which it can be a key of a map or a row. */
export function keyOfId(id: string): string {
  return id.replace(/\/+$/, '').replace(/^\/+/, '/').toLowerCase();
}

/** The id of the subscription that a resource id is in. */
export function subscriptionOf(id: string): string {
  return armId(id).subscription;
}

const inGroup = /^\/+subscriptions\/([^/]+)\/resourceGroups\/([^/]+)(\/|$)/i;

/** Subscription and group in the id of a resource group, or of something in one; null if the text is neither. */
export function groupOf(id: string): Pick<ArmId, 'subscription' | 'resourceGroup'> | null {
  const [, subscription, resourceGroup] = inGroup.exec(id) ?? [];
  return subscription && resourceGroup ? { subscription, resourceGroup } : null;
}

/** The ID of the resource group of a resource; null: it is in none. */
export function groupIdOf(id: string): string | null {
  const { subscription, resourceGroup } = groupOf(id) ?? {};
  return subscription && resourceGroup ? `/subscriptions/${subscription}/resourceGroups/${resourceGroup}` : null;
}

/** The subscription in the id of one, or of anything below it; null if the text is neither. */
export function subscriptionIn(id: string): string | null {
  return /^\/+subscriptions\/([^/]+)/i.exec(id)?.[1] ?? null;
}

/** The id without its last type and name: of a policy its vault, of a job its vault. */
export function parentId(id: string, levels = 1): string {
  return id
    .split('/')
    .slice(0, -2 * levels)
    .join('/');
}
