import type { Request, RequestHandler, Response } from 'express';
import type { ConnectorParts } from './lab-parts.ts';
import { isAlive, type Message } from './messages.ts';
import { contentOf, outgoingSchema, type Outgoing } from './outgoing.ts';
import { bot, personById, type Person } from '../people.ts';
import { isOpenTo, chatPlace, thread, type ChatPlace } from './places.ts';
import { connectorRefusals as refusals, refuse, type Refusal } from '../refusal.ts';

/** `POST …/activities` and `…/activities/{replyTo}`: a new message of the bot. */
export function postMessage(parts: ConnectorParts): RequestHandler {
  return async (request, response) => {
    const activity = activityOf(request);
    if ('refusal' in activity) return refuse(response, activity.refusal);
    const place = answerPlace(parts, request);
    if (!place) return refuse(response, refusals.noConversation);
    if (activity.value.type === 'typing') return typing(parts, { response, place });
    if (activity.value.type !== 'message') return refuse(response, refusals.badArgument('Unknown activity type'));
    const target = targetOf(request, { activity: activity.value, place });
    if (target && 'refusal' in target) return refuse(response, target.refusal);
    const made = contentOf(activity.value);
    if ('refusal' in made) return refuse(response, made.refusal);
    const replyToId = request.params['activity'] ?? activity.value.replyToId ?? undefined;
    const message = await parts.chat.add(place, {
      from: { ...bot },
      content: made.content,
      ...(replyToId && { replyToId: String(replyToId) }),
      ...(target && { onlyFor: target.person.key }),
    });
    response.status(201).json({ id: message.id });
  };
}

/** `PUT …/activities/{id}`: new content for a message of the bot. */
export function editMessage(parts: ConnectorParts): RequestHandler {
  return async (request, response) => {
    const activity = activityOf(request);
    if ('refusal' in activity) return refuse(response, activity.refusal);
    const found = ownMessage(parts, request);
    if ('refusal' in found) return refuse(response, found.refusal);
    const made = contentOf(activity.value);
    if ('refusal' in made) return refuse(response, made.refusal);
    await parts.chat.edit(found.message, made.content);
    response.status(200).json({ id: found.message.id });
  };
}

/** `DELETE …/activities/{id}`: deletes a message of the bot. */
export function removeMessage(parts: ConnectorParts): RequestHandler {
  return async (request, response) => {
    const found = ownMessage(parts, request);
    if ('refusal' in found) return refuse(response, found.refusal);
    await parts.chat.remove(found.message);
    response.status(200).json({});
  };
}

function activityOf(request: Request): { value: Outgoing } | { refusal: Refusal } {
  const parsed = outgoingSchema.safeParse(request.body);
  if (parsed.success) return { value: parsed.data };
  const where = parsed.error.issues[0]?.path.join('.') || 'activity';
  return { refusal: refusals.badArgument(`Malformed ${where}`) };
}

/** A reply to a message of a thread goes into that thread, even if only the channel's ID was given. */
function answerPlace({ chat, now }: ConnectorParts, request: Request): ChatPlace | undefined {
  const place = chatPlace(String(request.params['conversation']));
  if (place?.kind === 'thread') return chat.list(place).length > 0 ? place : undefined;
  if (place?.kind !== 'channel') return place;
  const replied = chat.list(place).find(({ id }) => id === request.params['activity']);
  if (!replied || !isAlive(replied, now())) return place;
  return chatPlace(replied.conversation) ?? thread(replied.id);
}

function ownMessage({ chat }: ConnectorParts, request: Request): { message: Message } | { refusal: Refusal } {
  const place = chatPlace(String(request.params['conversation']));
  if (!place) return { refusal: refusals.noConversation };
  const message = chat.find(place, String(request.params['activity']));
  if (!message) return { refusal: refusals.noActivity };
  return message.from.id === bot.id ? { message } : { refusal: refusals.notOwn };
}

type Target = { person: Person } | { refusal: Refusal };

function targetOf(request: Request, to: { activity: Outgoing; place: ChatPlace }): Target | undefined {
  if (request.query['isTargetedActivity'] !== 'true') return undefined;
  const person = personById(to.activity.recipient?.id ?? '');
  if (!person) return { refusal: refusals.badArgument('A targeted message needs a member as its recipient') };
  return isOpenTo(to.place, person.key) ? { person } : { refusal: refusals.notInRoster };
}

function typing({ chat, changes }: ConnectorParts, to: { response: Response; place: ChatPlace }): void {
  changes.tell({ kind: 'typing', conversation: to.place.id });
  to.response.status(202).json({ id: chat.nextId() });
}
