import type { RequestHandler } from 'express';

const hosts = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;
const peers = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * While there is no way to authenticate callers: only this machine, under one of its own names, and no page of another
 * site. Any other request gets a short refusal without details.
 */
export const loopbackOnly: RequestHandler = (request, response, next) => {
  const { host = '', origin } = request.headers;
  const own = peers.has(request.socket.remoteAddress ?? '') && hosts.test(host) && ownOrigin(origin, host);
  if (own) return next();
  response.status(403).json({ error: { code: 'loopback-only', message: 'Only this machine may call here.' } });
};

function ownOrigin(origin: string | undefined, host: string): boolean {
  return origin === undefined || origin === `http://${host}`;
}
