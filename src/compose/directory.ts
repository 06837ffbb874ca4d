import { readFile } from 'node:fs/promises';
import { credentialEnds } from '../azure/arm/credential-ends.ts';
import { graphGet, graphPost } from '../azure/arm/transport/graph-post.ts';
import type { KluisConfig } from '../config/kluis-config.ts';
import type { Settings } from '../config/settings.ts';
import type { Clock } from '../core/clock.ts';
import { graphGroups } from '../people/graph-groups.ts';
import { graphNames } from '../people/graph-names.ts';
import { rememberedGroups } from '../people/groups.ts';
import { namedGroups } from '../people/named-groups.ts';
import { azureAccess } from './azure-access.ts';

type Parts = { readonly settings: Settings; readonly config: KluisConfig; readonly simulatorUrl: string | null };

/** What the operating identity reads in the directory: group memberships, names, and when secrets expire. */
export function directoryOf(parts: Parts, clock: Clock) {
  const access = azureAccess(parts);
  const post = graphPost(access.operate, access.httpClient);
  const graph = graphGet(access.operate, access.httpClient);
  const text = (path: string) => readFile(path, 'utf8');
  return {
    groups: rememberedGroups({ reads: graphGroups({ post, get: graph }), clock, named: namedGroups(parts.config) }),
    namesOf: graphNames(post),
    credentialEnds: () => credentialEnds(parts.settings.credentials, { graph, text }),
  };
}
