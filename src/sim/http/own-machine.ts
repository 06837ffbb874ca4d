import type { IncomingMessage, ServerResponse } from 'node:http';

const names = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;
const peers = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * Whether a request comes from this machine, under one of its own names, and not from another site's page. Without
 * checking the name, a page whose host name resolves to this machine could read everything; without checking the
 * origin, any page could post.
 */
export function isOwnMachine({ headers, socket }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  const own = origin === undefined || origin === `${'encrypted' in socket ? 'https' : 'http'}://${host}`;
  return own && names.test(host) && peers.has(socket.remoteAddress ?? '');
}

/** Refuses a request and reads no more of it. */
export function refuse(request: IncomingMessage, response: ServerResponse, status: 403 | 413): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  const error = status === 403 ? 'for this machine only' : 'the body is too large';
  response.end(JSON.stringify({ error }), () => request.destroy());
}
