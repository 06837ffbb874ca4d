import type { Response } from 'express';
import { z } from 'zod';
import type { LabParts } from '../teams/lab-parts.ts';
import { chatPlace } from '../teams/places.ts';
import { refuse } from '../refusal.ts';
import { actorFields, type Done } from '../teams/requests.ts';

/** Teams requests and shows no more than this. */
const shown = 15;

const schema = z.object({
  ...actorFields,
  activityId: z.string(),
  dataset: z.string(),
  queryText: z.string().max(1000),
  /** The other inputs, if the card associates them. */
  inputs: z.record(z.string(), z.unknown()).optional(),
});

type Body = z.output<typeof schema>;

const answerSchema = z.looseObject({
  value: z.looseObject({ results: z.array(z.looseObject({ title: z.string(), value: z.string() })) }),
});

/** `POST /_lab/search`: somebody types into a pick-list that asks the bot for its choices. */
export function searchRequest({ chat, interactions }: LabParts) {
  return {
    schema: schema as z.ZodType<Body>,
    handle: async (response: Response, { body, actor }: Done<Body>): Promise<void> => {
      const message = chat.find(actor.place, body.activityId);
      if (!message)
        return refuse(response, { status: 404, code: 'NoSuchMessage', message: 'There is no such message here.' });
      const { queryText, dataset, inputs } = body;
      const value = {
        kind: 'search',
        queryText,
        queryOptions: { skip: 0, top: shown },
        dataset,
        ...(inputs && { data: inputs }),
      };
      const place = chatPlace(message.conversation) ?? actor.place;
      const reply = await interactions.search({ ...actor, place }, { message, value });
      const answer = answerSchema.safeParse(reply.body);
      const results = answer.success ? answer.data.value.results.slice(0, shown) : [];
      response.json({ status: reply.status, body: reply.body, results });
    },
  };
}
