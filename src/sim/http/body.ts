import type { IncomingMessage } from 'node:http';

/** More than any call of the product or any test sends; a state that is taken over is the largest. */
const maxBytes = 64 * 1024 * 1024;

/** A request that says more than the simulator reads. */
export class BodyTooLarge extends Error {}

/** The body of a request as text; throws `BodyTooLarge` as soon as it is. */
export async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  // Left as it is, so that the refusal can still be told.
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) throw new BodyTooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
