import type { NextFunction, Request, Response } from 'express';
import { fieldsOf, type Fields } from './fields.ts';
import { ownOf } from '../../core/own-of.ts';

/** The arguments that are JSON even in a form. */
const jsonArguments = ['blocks', 'attachments', 'view', 'metadata'];

/** Stands for an invalid JSON argument. */
export const notJson = { 'not json': true } as const;

/**
 * Reads the arguments of a call from its form, its JSON or its query, removes the token from them, and leaves them as
 * the body, so that no token gets into the traffic log.
 */
export function decodeArguments(request: Request, response: Response, next: NextFunction): void {
  const given: Fields = { ...fieldsOf({ ...request.query }), ...fieldsOf({ ...(request.body as object) }) };
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  response.locals['token'] = bearer ?? given['token'];
  delete given['token'];
  for (const name of jsonArguments) {
    const value = ownOf(given, name);
    if (typeof value === 'string') given[name] = value === '' ? undefined : parsed(value);
  }
  request.body = given;
  next();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return notJson;
  }
}
