import type { IncomingMessage } from 'node:http';

/** More than any call of the product or of a test sends; the largest is an imported state. */
const maxBytes = 64 * 1024 * 1024;

/** A request with a larger body than the simulator reads. */
export class BodyTooLarge extends Error {}

/** The body of a request as text; throws `BodyTooLarge` as soon as it is too large. */
export async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  // The rest stays unread, so that the refusal can still be sent.
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) throw new BodyTooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
