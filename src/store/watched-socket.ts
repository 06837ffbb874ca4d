import { Socket } from 'node:net';

/**
 * A socket that breaks when nothing came or went for `silentMs`. A database that moves to another machine may fall
 * silent without a word, and the operating system takes a quarter of an hour to find that out.
 */
export function watchedSocket(silentMs: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(silentMs, () => socket.destroy(new Error('the database fell silent')));
}
