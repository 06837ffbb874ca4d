import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { createFaultList, faultFields, pattern, showFaults, type FaultList } from './fault-list.ts';

/** A fault of the connector: for which requests, how often, and what happens instead of the response. */
export const faultSchema = z.strictObject({
  ...faultFields,
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
  /** A regular expression over the path below the connector, as in `/v3/conversations/.../activities`. */
  path: pattern,
  /** 0 breaks the connection. */
  status: z.union([z.literal(0), z.number().int().min(400).max(599)]),
  code: z.string().default('ServiceError'),
  message: z.string().default('Injected by /_lab/faults.'),
});

/** A configured fault. */
type Fault = z.output<typeof faultSchema>;

/** The faults of the connector. */
export type Faults = FaultList<Fault>;

/** No faults yet. */
export const createFaults = (): Faults => createFaultList<Fault>();

/** Answers with the configured faults instead of the connector. */
export function faulty(faults: Faults): RequestHandler {
  const take = ({ method, path }: Request) =>
    faults.take((each) => (each.method ?? method) === method && new RegExp(each.path).test(decoded(path)));
  return showFaults(take, ({ code, message }) => ({ error: { code, message } }));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
