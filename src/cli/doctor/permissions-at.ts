import type { PlainReads } from '../../azure/arm/reads/plain-reads.ts';
import { mapFault } from '../../azure/arm/map-fault.ts';
import type { Permissions } from '../../azure/gateway.ts';
import { z } from 'zod';

const version = '2022-04-01';
const maxPages = 50;
const pageShape = z.object({
  value: z.array(z.object({ actions: z.array(z.string()).default([]), notActions: z.array(z.string()).default([]) })),
  nextLink: z.string().nullish(),
});

/** The calling identity's permissions at a subscription itself, for which the SDK has no call. Throws `AzureFault`. */
export async function permissionsAtSubscription(read: PlainReads, subscription: string): Promise<Permissions> {
  const first = `/subscriptions/${encodeURIComponent(subscription)}/providers/Microsoft.Authorization/permissions?api-version=${version}`;
  const found: Permissions[] = [];
  try {
    for (let path: string | null = first, n = 0; path !== null && n < maxPages; n++) {
      const page: z.infer<typeof pageShape> = pageShape.parse(await read(path));
      found.push(page.value);
      path = page.nextLink ? pathOf(page.nextLink) : null;
    }
  } catch (error) {
    throw mapFault(error, `asking what is allowed at subscription ${subscription}`);
  }
  return found.flat();
}

/** Only its path is followed: the host stays the resource manager's. */
function pathOf(link: string): string {
  const { pathname, search } = new URL(link);
  return `${pathname}${search}`;
}
