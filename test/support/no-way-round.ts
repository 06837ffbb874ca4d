/**
 * Loaded before the product (`--import`): writes a line for each connection that it opens to anything but the proxy. A
 * path is a socket of this machine.
 */
import { Socket } from 'node:net';

const proxy = new URL(process.env['HTTPS_PROXY'] as string).port;
const original = Socket.prototype.connect;

Socket.prototype.connect = function (this: Socket, ...given: unknown[]) {
  const [first] = (Array.isArray(given[0]) ? given[0] : given) as [unknown];
  const { host, port, path } = (typeof first === 'object' ? first : { port: first }) as Record<string, unknown>;
  if (!path && String(port) !== proxy) process.stderr.write(`went round the proxy: ${String(host)}:${String(port)}\n`);
  return Reflect.apply(original, this, given) as Socket;
} as typeof original;
