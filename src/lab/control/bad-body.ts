import type { NextFunction, Request, Response } from 'express';
import { refuse } from '../refusal.ts';

/** Turns a request error into a response that reveals nothing internal. */
// Express knows error handlers by their four parameters.
// oxlint-disable-next-line max-params
export function badBody(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) return next(error);
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 413)
    return refuse(response, { status: 413, code: 'MessageSizeTooBig', message: 'Message size too large.' });
  if (typeof status === 'number' && status < 500)
    return refuse(response, { status, code: 'BadSyntax', message: 'The request cannot be read.' });
  refuse(response, { status: 500, code: 'ServiceError', message: 'The lab could not do this.' });
}
