/** Shared by the faults of the connector and those of Slack's Web API. */
import { setTimeout as pause } from 'node:timers/promises';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { z } from 'zod';

/** A regular expression as text; an empty one matches everything. */
export const pattern = z.string().refine(isPattern, 'is no regular expression').default('');

/** The fields of every fault, besides what it matches and what it answers. */
export const faultFields = {
  /** Seconds, for the Retry-After header. */
  retryAfter: z.number().int().min(0).optional(),
  times: z.number().int().min(1).max(10_000).default(1),
  /** Milliseconds before anything happens. */
  delay: z.number().int().min(0).max(120_000).default(0),
  /** The request takes effect first; only its response is lost. */
  applied: z.boolean().default(false),
};

/** A fault as far as the list and the middleware need it. `status` 0 breaks the connection. */
type AnyFault = {
  readonly status: number;
  readonly retryAfter?: number | undefined;
  times: number;
  readonly delay: number;
  readonly applied: boolean;
};

/** The faults that wait for a request, oldest first. `take` uses one up. */
export type FaultList<Fault extends AnyFault> = {
  add(fault: Fault): void;
  clear(): void;
  list(): Fault[];
  take(fits: (fault: Fault) => boolean): Fault | undefined;
};

/** No faults yet. */
export function createFaultList<Fault extends AnyFault>(): FaultList<Fault> {
  let waiting: Fault[] = [];
  return {
    add: (fault) => void waiting.push({ ...fault }),
    clear: () => {
      waiting = [];
    },
    list: () => waiting.map((each) => ({ ...each })),
    take: (fits) => {
      const fault = waiting.find(fits);
      if (!fault) return undefined;
      fault.times -= 1;
      waiting = waiting.filter((each) => each.times > 0);
      return fault;
    },
  };
}

/** Answers with a fault instead of the handlers that come after; `bodyOf` makes its body. */
export function showFaults<Fault extends AnyFault>(
  take: (request: Request) => Fault | undefined,
  bodyOf: (fault: Fault) => object,
): RequestHandler {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const fault = take(request);
    if (!fault) return next();
    if (fault.delay) await pause(fault.delay);
    if (!fault.applied) return show(response, fault, bodyOf(fault));
    const json = response.json.bind(response);
    response.json = () => {
      response.json = json;
      show(response, fault, bodyOf(fault));
      return response;
    };
    next();
  };
}

function show(response: Response, { status, retryAfter }: AnyFault, body: object): void {
  response.locals['fault'] = true;
  if (status === 0) {
    response.socket?.destroy();
    return;
  }
  if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter));
  response.status(status).json(body);
}

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
}
