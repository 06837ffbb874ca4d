import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Chat } from './chat.ts';
import type { Actor } from './interactions.ts';
import type { PersonKey } from '../people.ts';
import { isOpenTo, chatPlace, type ChatPlace } from './places.ts';
import { refuse, type Refusal } from '../refusal.ts';

/** Somebody of the lab, as requests name them. */
export const personKey = z.enum(['ana', 'ben', 'chris']);

/** The fields of every request in which a person does something. */
export const actorFields = {
  as: personKey,
  conversation: z.string(),
  /** Sets the person's language from now on. */
  locale: z.enum(['en-US', 'nl-NL']).optional(),
};

/** Conversations that don't exist and those of somebody else are refused alike. */
export const noSuchPlace: Refusal = { status: 404, code: 'NoSuchConversation', message: 'No such conversation.' };

/** Answers a GET whose query has this shape. */
export function asked<Shape extends z.ZodRawShape>(
  shape: Shape,
  answer: (response: Response, query: z.output<z.ZodObject<Shape>>, request: Request) => void,
): RequestHandler {
  const schema = z.object(shape);
  return (request, response) => {
    const query = schema.safeParse(request.query);
    if (!query.success) return refuse(response, malformed(query.error));
    answer(response, query.data, request);
  };
}

/** A body that a person sends in a place that is open to them. */
export type Done<Body> = { body: Body; actor: Actor };

/** Answers a POST in which somebody does something in a conversation. */
export function inPlace<Body extends { as: PersonKey; conversation: string; locale?: string | undefined }>(
  chat: Chat,
  action: { schema: z.ZodType<Body>; handle: (response: Response, done: Done<Body>) => Promise<void> },
): RequestHandler {
  return async (request, response) => {
    const body = action.schema.safeParse(request.body);
    if (!body.success) return refuse(response, malformed(body.error));
    const { as, conversation, locale } = body.data;
    const place = openPlace(chat, { id: conversation, key: as });
    if (!place) return refuse(response, noSuchPlace);
    if (locale) await chat.setLocale(as, locale);
    await action.handle(response, { body: body.data, actor: { key: as, place } });
  };
}

/** The place with this ID, if it exists and this person may be there. */
export function openPlace(chat: Chat, { id, key }: { id: string; key: PersonKey }): ChatPlace | undefined {
  const place = chatPlace(id, key);
  if (!place || !isOpenTo(place, key)) return undefined;
  return place.kind === 'thread' && chat.list(place).length === 0 ? undefined : place;
}

/** What is wrong with a request, by field. */
export function malformed(error: z.ZodError): Refusal {
  const message = error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ');
  return { status: 400, code: 'Malformed', message };
}
