import type { OutgoingMessage } from '../../bot/port.ts';
import type { Person } from '../../core/person.ts';
import { storable } from '../../core/storable.ts';
import { originOf } from '../blocks/inputs/submission.ts';
import { ownChoices, readAsked, suggestedOptions } from '../blocks/suggestions.ts';
import { optionsSchema, type SlackOptionsSeen } from './bodies.ts';
import type { EndpointParts, Reply } from './endpoint-parts.ts';
import { readOrigin } from './form-origin.ts';
import { messageThere } from './message-there.ts';
import { pressPlace } from './press-place.ts';

const limit = 100;

/** A type-ahead, answered from the inventory, or from the card if that has more choices than fit in a list. */
export async function onOptions(parts: EndpointParts, body: unknown): Promise<Reply> {
  const { data: seen } = optionsSchema.safeParse(storable(body));
  const asked = seen ? readAsked(seen.action_id) : null;
  const team = seen?.team?.id ?? seen?.user.team_id;
  const by = seen && team ? await memberOf(parts, seen, team) : null;
  if (!seen || !asked || !team || !by) return { options: [] };
  // Values that are too long are sent as keys; their meaning is looked up when something is pressed.
  const kept = new Map<string, string>();
  const query = { text: seen.value, limit, by };
  if (asked.from === 'dataset')
    return { options: suggestedOptions(await parts.suggest({ ...query, dataset: asked.dataset }), kept) };
  const on = await cardOf(parts, seen, team);
  const own = on ? ownChoices(on, asked.input) : [];
  return { options: suggestedOptions(await parts.suggest({ ...query, dataset: '', own }), kept) };
}

/** In a channel that two workspaces share, strangers see the list too; its content isn't for them. */
async function memberOf(
  { identify }: EndpointParts,
  { user, team }: SlackOptionsSeen,
  id: string,
): Promise<Person | null> {
  const name = user.name ?? user.username ?? '';
  const who = await identify({ team: id, user: user.id, name, says: [user.team_id ?? team?.id] });
  return typeof who === 'object' ? who.person : null;
}

/** The card that contains the list, or from which the form with the list was opened. */
async function cardOf(parts: EndpointParts, seen: SlackOptionsSeen, team: string): Promise<OutgoingMessage | null> {
  const origin = seen.view?.private_metadata ? readOrigin(originOf(seen.view.private_metadata), team) : null;
  if (origin) return messageThere(parts, origin);
  const place = pressPlace(seen, team);
  if (!place?.messageId) return null;
  return messageThere(parts, { conversation: place.conversation, messageId: place.messageId });
}
