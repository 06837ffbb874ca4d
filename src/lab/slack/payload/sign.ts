import { createHmac } from 'node:crypto';
import { z } from 'zod';

/** What is wrong with a request's signature, for tests of an endpoint. */
export const forgerySchema = z.enum(['wrong-secret', 'old', 'future', 'unsigned', 'tampered', 'no-timestamp']);

/** A kind of forged request. */
export type Forgery = z.output<typeof forgerySchema>;

/** What is signed. */
type Signing = { secret: string; body: string; now: Date; forgery?: Forgery };

/** Slack doesn't accept what is older than five minutes, and nothing from the future. */
const tooFarSeconds = 6 * 60;

/** The two headers by which Slack authenticates its requests; or a forger's version of them. */
export function signatureHeaders({ secret, body, now, forgery }: Signing): Record<string, string> {
  const shift = forgery === 'old' ? -tooFarSeconds : forgery === 'future' ? tooFarSeconds : 0;
  const timestamp = String(Math.floor(now.getTime() / 1000) + shift);
  const key = forgery === 'wrong-secret' ? `${secret}-of-somebody-else` : secret;
  const signed = forgery === 'tampered' ? `${body} ` : body;
  const signature = `v0=${createHmac('sha256', key).update(`v0:${timestamp}:${signed}`).digest('hex')}`;
  return {
    ...(forgery !== 'no-timestamp' && { 'x-slack-request-timestamp': timestamp }),
    ...(forgery !== 'unsigned' && { 'x-slack-signature': signature }),
  };
}
