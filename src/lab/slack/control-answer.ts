import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { malformed } from '../teams/requests.ts';

/** The answer of a control API call. */
export type ControlAnswer = { status: number; body: object };

/** A refusal of the control API, in the format of the lab's own API. */
export function fail(status: number, code: string, message: string): ControlAnswer {
  return { status, body: { error: { code, message } } };
}

/** Answers a POST whose body has this shape. */
export function posted<Body>(
  schema: z.ZodType<Body>,
  handle: (body: Body) => Promise<ControlAnswer> | ControlAnswer,
): RequestHandler {
  return answered((request) => request.body ?? {}, schema, handle);
}

/** Answers a GET whose query has this shape. */
export function asked<Query>(schema: z.ZodType<Query>, handle: (query: Query) => ControlAnswer): RequestHandler {
  return answered((request) => request.query, schema, handle);
}

function answered<Given>(
  read: (request: Request) => unknown,
  schema: z.ZodType<Given>,
  handle: (given: Given) => Promise<ControlAnswer> | ControlAnswer,
): RequestHandler {
  return async (request: Request, response: Response) => {
    const given = schema.safeParse(read(request));
    if (!given.success) {
      const { status, code, message } = malformed(given.error);
      return void response.status(status).json({ error: { code, message } });
    }
    const { status, body } = await handle(given.data);
    response.status(status).json(body);
  };
}
