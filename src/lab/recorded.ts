import type { NextFunction, Request, Response } from 'express';
import type { Traffic } from './traffic.ts';

/** Adds each request of the bot to the traffic log together with its response, even if it was cut off. */
export function recorded(traffic: Traffic) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { method, originalUrl } = request;
    const body: unknown = request.body;
    const end = traffic.begin({ direction: 'from-bot', method, path: originalUrl, request: body ?? null });
    let done = false;
    const once = (status: number, answer: unknown) => {
      if (done) return;
      done = true;
      end({ status, response: answer, ...(response.locals['fault'] && { fault: true }) });
    };
    const json = response.json.bind(response);
    response.json = (answer: unknown) => {
      once(response.statusCode, answer);
      return json(answer);
    };
    response.on('close', () => once(0, null));
    next();
  };
}
