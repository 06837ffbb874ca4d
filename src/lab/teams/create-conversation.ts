import type { RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { ConnectorParts } from './lab-parts.ts';
import { contentOf, outgoingSchema, type Outgoing } from './outgoing.ts';
import { bot, personById } from '../people.ts';
import { channel, personalChat, chatPlace, type ChatPlace } from './places.ts';
import { connectorRefusals as refusals, refuse } from '../refusal.ts';

const bodySchema = z.looseObject({
  isGroup: z.boolean().nullish(),
  members: z.array(z.looseObject({ id: z.string() })).nullish(),
  channelData: z.looseObject({ channel: z.looseObject({ id: z.string() }).nullish() }).nullish(),
  activity: outgoingSchema.nullish(),
});

/** `POST /v3/conversations`: a new thread in the channel, or the personal chat of one member. */
export function createConversation(parts: ConnectorParts): RequestHandler {
  return async (request, response) => {
    const body = bodySchema.safeParse(request.body);
    if (!body.success) return refuse(response, refusals.badArgument('Malformed conversation parameters'));
    const { channelData, members, activity } = body.data;
    if (channelData?.channel) return startThread(parts, { response, channel: channelData.channel.id, activity });
    const person = members?.length === 1 ? personById(members[0]?.id ?? '') : undefined;
    if (!person) return refuse(response, refusals.badArgument('Exactly one member of the tenant is needed'));
    const place = personalChat(person.key);
    if (activity) return say(parts, { response, place, activity });
    response.status(201).json({ id: place.id });
  };
}

type Start = { response: Response; channel: string; activity: Outgoing | null | undefined };

async function startThread(parts: ConnectorParts, { response, channel: id, activity }: Start): Promise<void> {
  if (chatPlace(id)?.kind !== 'channel') return refuse(response, refusals.noConversation);
  if (!activity) return refuse(response, refusals.badArgument('A new thread needs an activity'));
  await say(parts, { response, place: channel, activity });
}

async function say(
  parts: ConnectorParts,
  to: { response: Response; place: ChatPlace; activity: Outgoing },
): Promise<void> {
  const made = contentOf(to.activity);
  if ('refusal' in made) return refuse(to.response, made.refusal);
  const message = await parts.chat.add(to.place, { from: { ...bot }, content: made.content });
  to.response.status(201).json({ id: message.conversation, activityId: message.id });
}
