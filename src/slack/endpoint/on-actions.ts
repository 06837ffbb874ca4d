import type { Inbound, Suggest } from '../../bot/port.ts';
import { storable } from '../../core/storable.ts';
import { within } from '../../core/within.ts';
import { pressedValue, readPress } from './action-seen.ts';
import { actionsSchema, type SlackActionsSeen } from './bodies.ts';
import type { EndpointParts } from './endpoint-parts.ts';
import { keyLookup } from './key-lookup.ts';
import { messageThere } from './message-there.ts';
import { openForm } from './open-form.ts';
import { pressPlace } from './press-place.ts';
import { tell, tellUnknown, toldAlone } from './tell.ts';

/** Presses in a message or on the app's home tab. A choice that isn't sent yet is acknowledged and ignored. */
export async function onActions(parts: EndpointParts, body: unknown): Promise<void> {
  const { data: seen } = actionsSchema.safeParse(storable(body));
  if (!seen) return parts.log.warn({ code: 'bad-actions' }, 'a click in Slack could not be read');
  const action = seen.actions[0] as SlackActionsSeen['actions'][number];
  const value = pressedValue(action);
  const team = seen.team?.id ?? seen.user.team_id;
  if (value === null || !team) return;
  const { user } = seen;
  const says = [user.team_id ?? seen.team?.id];
  const who = await parts.identify({ team, user: user.id, name: user.name ?? user.username ?? '', says });
  if (who === 'stranger') return;
  const place = pressPlace(seen, team) ?? (await ownPlace(parts, team, user.id));
  // Nothing was started, and the person who pressed sees that nothing happens: the next press finds the chat.
  if (!place)
    return parts.log.warn(
      { user: user.id },
      "Slack didn't say in time in which conversation somebody writes to the bot",
    );
  const { conversation, messageId } = place;
  if (who === 'unknown') return tellUnknown(parts, { ...place, user: user.id });
  const on = messageId === null ? null : await messageThere(parts, { conversation, messageId });
  const values = (seen.state ?? seen.view?.state)?.values;
  const suggest: Suggest = (query) => parts.suggest({ ...query, by: who.person });
  const press = readPress(value, values, { on, lookup: await keyLookup(suggest, on, values) });
  if (press.kind === 'form') return openForm(parts, { seen, on, who, ...place });
  if (press.kind === 'missing') {
    const text = press.fields.map(({ label, message }) => message || label).join(' ');
    return tell(parts, { ...place, who, text });
  }
  const key = `slack:${team}:press:${conversation.id}:${messageId ?? 'home'}:${action.action_ts ?? ''}:${action.action_id}`;
  const inbound: Inbound = { key, conversation, ...who, event: { kind: 'click', messageId, ...press.claims } };
  const answer = await parts.receive(inbound);
  if (answer.show === 'form') return openForm(parts, { seen, on: answer.drawn, who, ...place });
  const text = toldAlone(answer);
  if (text !== null) tell(parts, { ...place, who, text });
  const { view } = seen;
  if (view?.type === 'home') parts.after('showing the home page', () => parts.publishHome(who, view.hash));
}

/** A press on the app's home tab continues in the person's chat with the bot. */
async function ownPlace(parts: EndpointParts, team: string, user: string) {
  const conversation = await within(parts.timeouts.chat, parts.personalOf(team, user));
  return conversation && { conversation, messageId: null };
}
