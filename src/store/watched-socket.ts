import { Socket } from 'node:net';

/**
 * A socket that breaks when nothing was sent or received for `silentMs`. A database that moves to another machine may
 * stop answering without closing, and the operating system takes a quarter of an hour to notice.
 */
export function watchedSocket(silentMs: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(silentMs, () => socket.destroy(new Error('the database fell silent')));
}
