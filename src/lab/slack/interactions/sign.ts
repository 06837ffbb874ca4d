import { createHmac } from 'node:crypto';
import { z } from 'zod';

/** What is wrong with the signature of a request, for tests of an endpoint. */
export const forgerySchema = z.enum(['wrong-secret', 'old', 'future', 'unsigned', 'tampered', 'no-timestamp']);

/** A kind of forged request. */
export type Forgery = z.output<typeof forgerySchema>;

/** What there is to sign. */
type Signing = { secret: string; body: string; now: Date; forgery?: Forgery };

/** Slack does not accept what is older than five minutes, and nothing comes from the future. */
const tooFarSeconds = 6 * 60;

/** The two headers by which Slack proves that a request is its own; or what a forger makes of them. */
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
