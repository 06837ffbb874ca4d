import { setTimeout as pause } from 'node:timers/promises';
import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { fieldsOf } from './fields.ts';

const isPattern = (text: string) => {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
};

/** A fault of the Web API: which calls, how often, and what happens instead of the answer. */
export const slackFaultSchema = z.strictObject({
  /** A regular expression over the method's name, as in `^chat\.(postMessage|update)$`. */
  method: z.string().refine(isPattern, 'is no regular expression').default(''),
  /** Only calls for this channel. */
  channel: z.string().optional(),
  /** 0 breaks the connection; 200 is a refusal in Slack's own way. */
  status: z.union([z.literal(0), z.literal(200), z.number().int().min(400).max(599)]).default(200),
  /** The `error` of the answer. */
  error: z.string().default('internal_error'),
  /** Seconds, for the Retry-After header. */
  retryAfter: z.number().int().min(0).optional(),
  times: z.number().int().min(1).max(10_000).default(1),
  /** Milliseconds before anything happens. */
  delay: z.number().int().min(0).max(120_000).default(0),
  /** The call takes effect first; only its answer is lost. */
  applied: z.boolean().default(false),
});

/** A configured fault. */
export type SlackFault = z.output<typeof slackFaultSchema>;

/** The faults that wait for a matching call, oldest first. */
export type SlackFaults = {
  add(fault: SlackFault): void;
  clear(): void;
  list(): SlackFault[];
  take(method: string, channel: unknown): SlackFault | undefined;
};

/** No faults yet. */
export function createSlackFaults(): SlackFaults {
  let waiting: SlackFault[] = [];
  return {
    add: (fault) => waiting.push({ ...fault }),
    clear: () => {
      waiting = [];
    },
    list: () => waiting.map((each) => ({ ...each })),
    take: (method, channel) => {
      const fits = (each: SlackFault) => new RegExp(each.method).test(method) && (each.channel ?? channel) === channel;
      const fault = waiting.find(fits);
      if (!fault) return undefined;
      fault.times -= 1;
      waiting = waiting.filter((each) => each.times > 0);
      return fault;
    },
  };
}

/** Shows the configured faults in place of the Web API's answers. */
export function slackFaulty(faults: SlackFaults) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const fault = faults.take(request.path.slice(1), fieldsOf(request.body)['channel']);
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

function show(response: Response, fault: SlackFault): void {
  response.locals['fault'] = true;
  if (fault.status === 0) {
    response.socket?.destroy();
    return;
  }
  if (fault.retryAfter !== undefined) response.set('Retry-After', String(fault.retryAfter));
  const error = fault.status === 429 ? 'ratelimited' : fault.error;
  response.status(fault.status).json({ ok: false, error });
}
