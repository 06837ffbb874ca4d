import type { Call } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import { ArmRefusal, ok, resourceNotFound, type Reply } from '../http/reply.ts';
import { diskId, interfaceId, same, vmId } from '../ids.ts';
import { field, textField } from '../json.ts';

const TAGS = 'Microsoft.Resources/tags';

/**
 * Merges tags into those of a VM, a disk or a network interface, the only types with simulated tags (azure-docs,
 * tag-resources; azure-rest-api-specs, Tags_UpdateAtScope). Permission to write tags is enough, without one on the
 * resource itself.
 */
export const addTagsRoute: Route = {
  method: 'PATCH',
  path: '*/providers/microsoft.resources/tags/default',
  type: TAGS,
  action: `${TAGS}/write`,
  handle: addTags,
};

function addTags(call: Call): Reply {
  const scope = call.params.scope ?? '';
  const { vms, disks, networkInterfaces } = call.world.state;
  const found =
    vms.find((one) => same(vmId(one), scope)) ??
    disks.find((one) => same(diskId(one), scope)) ??
    networkInterfaces.find((one) => same(interfaceId(one), scope));
  const [, , , , group = '', , provider, type, name = ''] = scope.split('/');
  if (!found) throw resourceNotFound(`${provider ?? ''}/${type ?? ''}`, name, group);
  if (textField(call.body, 'operation') !== 'Merge')
    throw new ArmRefusal(400, 'InvalidTagsOperation', 'The simulator only merges tags.');
  const given = field(field(call.body, 'properties'), 'tags') as Record<string, string>;
  found.tags = { ...found.tags, ...given };
  call.world.changed();
  const id = `${scope}/providers/${TAGS}/default`;
  return ok({ id, name: 'default', type: TAGS, properties: { tags: found.tags } });
}
