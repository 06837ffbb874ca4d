import type { Permission } from '@azure/arm-authorization';
import type { AzureReads } from '../../gateway.ts';
import { everyPage } from './every-page.ts';
import { WireFailure } from '../map-fault.ts';
import type { Ask } from '../transport/observed-call.ts';
import { permissionsOf } from '../parse/authorization-facts.ts';
import { plainPages, type PlainReads } from './plain-reads.ts';

const groupOrResource = /^\/*subscriptions\/[^/]+\/resourceGroups\/[^/]+(?:\/providers\/[^/]+(?:\/[^/]+){2,})?\/*$/i;
const version = '2022-04-01';

/**
 * Reads what the calling identity can do, at a resource or a resource group. Not with the SDK: its call has the parent
 * of the resource as a separate segment, so a resource without one gets a double slash in its URL.
 */
export function permissionReads(arm: PlainReads, ask: Ask): Pick<AzureReads, 'permissions'> {
  return {
    permissions: (resourceId) =>
      ask({ name: 'permissions', doing: `asking what is allowed at ${resourceId}` }, async () =>
        permissionsOf(await everyPage(plainPages<Permission>(arm, pathOf(resourceId)))),
      ),
  };
}

function pathOf(id: string): string {
  if (!groupOrResource.test(id)) throw new WireFailure({ kind: 'refused', code: 'NoResourceId' });
  const scope = id.split('/').filter(Boolean).map(encodeURIComponent).join('/');
  return `/${scope}/providers/Microsoft.Authorization/permissions?api-version=${version}`;
}
