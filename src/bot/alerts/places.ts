import type { Scope } from '../../alerts/alert.ts';
import { watches } from '../../store/alerts.ts';
import { channelsNamed, conversationById, type Conversation } from '../../store/conversations.ts';
import type { Queries } from '../../store/database.ts';
import type { Deps, Within } from '../deps.ts';
import { outsideThreads } from '../channel-places.ts';

/** A channel or chat that gets alerts, and which ones. */
export type AlertPlace = { readonly at: Conversation; readonly scope: Scope };

/** Whether any channel or chat gets alerts: without one, nothing is read. */
export async function isWatched(deps: Pick<Deps, 'alertRoutes'>, q: Queries): Promise<boolean> {
  return deps.alertRoutes.length > 0 || (await watches(q)).length > 0;
}

/**
 * Every channel or chat once: the channels that `kluis.yaml` names, if the bot was ever addressed there, and those
 * where somebody asked for it.
 */
export async function alertPlaces(within: Within): Promise<readonly AlertPlace[]> {
  const { deps, unit } = within;
  const places = new Map<string, AlertPlace>();
  const add = (at: Conversation, scope: Scope) =>
    places.set(at.id, { at, scope: [...(places.get(at.id)?.scope ?? []), ...scope] });
  for (const { channel, scope } of deps.alertRoutes) {
    const [seen] = await channelsNamed(unit.q, [channel]);
    if (seen) add(await outsideThreads(within, seen), scope);
  }
  for (const { conversation, scope } of await watches(unit.q)) {
    const at = await conversationById(unit.q, conversation);
    if (at) add(at, scope);
  }
  return [...places.values()];
}
