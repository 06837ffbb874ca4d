import type { Link } from './card-data.ts';

/** A link to a resource in the Azure portal. */
export function portalLink(title: string, resourceId: string): Link {
  return { title, url: `https://portal.azure.com/#resource${encodeURI(resourceId)}` };
}
