import type { NextFunction, Request, Response } from 'express';

/**
 * Lets only this machine in: a loopback peer, under a loopback name (so that no web site can point its own name here),
 * and no page of another origin. The lab has no sign-in, so these are its only protection.
 */
export function loopbackOnly(request: Request, response: Response, next: NextFunction): void {
  const refusal = refusalOf(request);
  if (!refusal) return next();
  response.status(403).json({ error: { code: 'NotFromHere', message: refusal } });
}

function refusalOf(request: Request): string | undefined {
  if (!isLoopback(request.socket.remoteAddress ?? '')) return 'The lab answers this machine only.';
  const host = request.headers.host ?? '';
  if (!isLocalHost(host)) return 'The lab answers under localhost, 127.0.0.1 and [::1] only.';
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) return 'The lab answers its own page only.';
  // A script tag or a form of another site may come without an Origin; the browser still says where it came from.
  const foreign =
    request.headers['sec-fetch-site'] === 'cross-site' && request.headers['sec-fetch-mode'] !== 'navigate';
  return foreign ? 'The lab answers its own page only.' : undefined;
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);
}

function isLocalHost(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host);
}
