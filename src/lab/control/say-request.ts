import type { Response } from 'express';
import { z } from 'zod';
import type { LabParts } from '../teams/lab-parts.ts';
import { refuse } from '../refusal.ts';
import { actorFields, type Done } from '../teams/requests.ts';
import { threadOf } from './views.ts';

const schema = z.object({
  ...actorFields,
  text: z.string().min(1).max(28_000),
  /** The message that this answers; in the channel it chooses the thread. */
  replyTo: z.string().optional(),
  /** False: said only to the others in the channel, the bot doesn't receive it. */
  mention: z.boolean().default(true),
});

type Body = z.output<typeof schema>;

/** `POST /_lab/say`: somebody types something. Answers once the bot has answered. */
export function sayRequest({ chat, interactions }: LabParts) {
  return {
    schema: schema as z.ZodType<Body>,
    handle: async (response: Response, { body, actor }: Done<Body>): Promise<void> => {
      const replied = body.replyTo === undefined ? undefined : chat.find(actor.place, body.replyTo);
      if (body.replyTo !== undefined && !replied)
        return refuse(response, { status: 404, code: 'NoSuchMessage', message: 'There is no such message to answer.' });
      const place = actor.place.kind === 'channel' && replied ? threadOf(replied) : undefined;
      const said = { text: body.text, mention: body.mention, ...(replied && { replyToId: replied.id }) };
      const { message, reply } = await interactions.say({ ...actor, place: place ?? actor.place }, said);
      response.json({ conversation: message.conversation, activityId: message.id, bot: reply ?? null });
    },
  };
}
