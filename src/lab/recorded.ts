import type { NextFunction, Request, Response } from 'express';
import type { Traffic } from './traffic.ts';

/** Puts each request of the bot into the traffic log together with its answer, also one that was cut off. */
export function recorded(traffic: Traffic) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { method } = request;
    const path = request.originalUrl;
    const body: unknown = request.body;
    let done = false;
    const record = (status: number, answer: unknown) => {
      if (done) return;
      done = true;
      const fault = response.locals['fault'] ? ({ fault: true } as const) : {};
      traffic.record({
        direction: 'from-bot',
        method,
        path,
        status,
        request: body ?? null,
        response: answer,
        ...fault,
      });
    };
    const json = response.json.bind(response);
    response.json = (answer: unknown) => {
      record(response.statusCode, answer);
      return json(answer);
    };
    response.on('close', () => record(0, null));
    next();
  };
}
