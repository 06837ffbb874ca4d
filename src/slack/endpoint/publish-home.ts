import type { ApiOf } from '../web-api.ts';
import { homeBlocks } from '../message-parts.ts';
import type { EndpointParts, ShowHome } from './endpoint-parts.ts';

/** Renders a person's page and sends it to Slack. */
export function publishHome(apiOf: ApiOf, showHome: ShowHome): EndpointParts['publishHome'] {
  return async ({ person, reader }) => {
    const blocks = homeBlocks(await showHome(person, reader));
    const view = { type: 'home' as const, blocks };
    await apiOf(person.team ?? '')('showing a home page in Slack', (client) =>
      client.views.publish({ user_id: person.platformId, view }),
    );
  };
}
