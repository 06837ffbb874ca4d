import { setTimeout as pause } from 'node:timers/promises';
import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';

const isPattern = (text: string) => {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
};

/** A fault that the connector is to show: which requests, how often, and what happens instead of the answer. */
export const faultSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
  /** A regular expression over the path below the connector, as in `/v3/conversations/.../activities`. */
  path: z.string().refine(isPattern, 'is no regular expression').default(''),
  /** 0 breaks the connection. */
  status: z.union([z.literal(0), z.number().int().min(400).max(599)]),
  times: z.number().int().min(1).max(10_000).default(1),
  /** Seconds, for the Retry-After header. */
  retryAfter: z.number().int().min(0).optional(),
  code: z.string().default('ServiceError'),
  message: z.string().default('Injected by /_lab/faults.'),
  /** Milliseconds before anything happens. */
  delay: z.number().int().min(0).max(60_000).default(0),
  /** The request takes effect first; only its answer is lost. */
  applied: z.boolean().default(false),
});

/** A configured fault. */
export type Fault = z.output<typeof faultSchema>;

/** The faults that wait for a matching request, oldest first. */
export type Faults = {
  add(fault: Fault): void;
  clear(): void;
  list(): Fault[];
  take(request: Request): Fault | undefined;
};

/** No faults yet. */
export function createFaults(): Faults {
  let waiting: Fault[] = [];
  return {
    add: (fault) => waiting.push({ ...fault }),
    clear: () => {
      waiting = [];
    },
    list: () => waiting.map((each) => ({ ...each })),
    take: (request) => {
      const { method } = request;
      const path = decoded(request.path);
      const fault = waiting.find((each) => (each.method ?? method) === method && new RegExp(each.path).test(path));
      if (!fault) return undefined;
      fault.times -= 1;
      waiting = waiting.filter((each) => each.times > 0);
      return fault;
    },
  };
}

/** Shows the configured faults in place of the connector's answers. */
export function faulty(faults: Faults) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const fault = faults.take(request);
    if (!fault) return next();
    if (fault.delay) await pause(fault.delay);
    if (!fault.applied) return show(response, fault);
    const json = response.json.bind(response);
    response.json = () => {
      response.json = json;
      show(response, fault);
      return response;
    };
    next();
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function show(response: Response, fault: Fault): void {
  response.locals['fault'] = true;
  if (fault.status === 0) {
    response.socket?.destroy();
    return;
  }
  if (fault.retryAfter !== undefined) response.set('Retry-After', String(fault.retryAfter));
  response.status(fault.status).json({ error: { code: fault.code, message: fault.message } });
}
