import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { createFaultList, faultFields, pattern, showFaults, type FaultList } from '../fault-list.ts';
import { fieldsOf } from './fields.ts';

/** A fault of the Web API: for which calls, how often, and what happens instead of the response. */
export const slackFaultSchema = z.strictObject({
  ...faultFields,
  /** A regular expression for the method's name, as in `^chat\.(postMessage|update)$`. */
  method: pattern,
  /** Only calls for this channel. */
  channel: z.string().optional(),
  /** 0 breaks the connection; 200 is a refusal in Slack's own way. */
  status: z.union([z.literal(0), z.literal(200), z.number().int().min(400).max(599)]).default(200),
  /** The `error` of the response. */
  error: z.string().default('internal_error'),
});

/** A configured fault. */
type SlackFault = z.output<typeof slackFaultSchema>;

/** The faults of the Web API. */
export type SlackFaults = FaultList<SlackFault>;

/** No faults yet. */
export const createSlackFaults = (): SlackFaults => createFaultList<SlackFault>();

/** Answers with the configured faults instead of the Web API. */
export function slackFaulty(faults: SlackFaults): RequestHandler {
  const take = ({ path, body }: Request) => {
    const channel = fieldsOf(body)['channel'];
    return faults.take((each) => new RegExp(each.method).test(path.slice(1)) && (each.channel ?? channel) === channel);
  };
  return showFaults(take, ({ status, error }) => ({ ok: false, error: status === 429 ? 'ratelimited' : error }));
}
