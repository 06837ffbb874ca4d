import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Activity } from './activities.ts';
import type { LabParts } from './lab-parts.ts';
import { refuse } from '../refusal.ts';
import { malformed } from './requests.ts';

const schema = z.object({ seq: z.number().int() });

/** `POST /_lab/redeliver`: sends an activity of the log again, unchanged, as a platform does after a time-out. */
export function redeliver({ traffic, line }: LabParts): RequestHandler {
  return async (request, response) => {
    const body = schema.safeParse(request.body);
    if (!body.success) return refuse(response, malformed(body.error));
    const found = traffic.since(0).find(({ seq, direction }) => seq === body.data.seq && direction === 'to-bot');
    if (!found)
      return refuse(response, { status: 404, code: 'NoSuchActivity', message: 'No such activity in the log.' });
    response.json(await line.send(found.request as Activity));
  };
}
