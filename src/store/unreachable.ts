import { Fault } from '../core/fault.ts';
import { redact } from '../core/log.ts';

/** A database that doesn't open, as a fault that says why and what to do; it names no secret. */
export function unreachable(what: string, error: unknown, remedy: string): Fault {
  const { message, code } = error as { message?: unknown; code?: unknown };
  const why = redact(String(message || code || 'no reason given')).slice(0, 200);
  return new Fault('database-unreachable', `${what}: ${why}. ${remedy}.`);
}
