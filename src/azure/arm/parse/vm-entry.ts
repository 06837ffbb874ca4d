import type { GenericResourceExpanded } from '@azure/arm-resources';
import type { VmEntry } from '../../facts.ts';
import { idOf, tagsOf } from './azure-values.ts';

/** One line of the inventory. */
export function vmEntryOf(resource: GenericResourceExpanded): VmEntry {
  const { id, name, resourceGroup, subscription, provider } = idOf(resource.id);
  return {
    id,
    name,
    resourceGroup,
    subscription,
    region: resource.location ?? '',
    classic: provider.toLowerCase() === 'microsoft.classiccompute',
    tags: tagsOf(resource.tags),
  };
}
