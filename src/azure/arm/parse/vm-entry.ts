import type { GenericResourceExpanded } from '@azure/arm-resources';
import type { VmEntry } from '../../facts.ts';
import { timeOrNull } from './azure-times.ts';
import { idOf, tagsOf } from './azure-values.ts';

/** One line of the inventory. */
export function vmEntryOf(resource: GenericResourceExpanded): VmEntry {
  const { id, name, resourceGroup, subscription, provider } = idOf(resource.id);
  const made = timeOrNull(resource.createdTime);
  return {
    id,
    name,
    resourceGroup,
    subscription,
    region: resource.location ?? '',
    classic: provider.toLowerCase() === 'microsoft.classiccompute',
    ...(made ? { created: made.toISOString() } : {}),
    tags: tagsOf(resource.tags),
  };
}
