import type { RequestHandler } from 'express';
import type { LabParts } from '../teams/lab-parts.ts';

/** Proxies and browsers give up on a stream that is silent for too long. */
const heartbeat = 20_000;

/** `GET /_lab/events`: every change as a server-sent event, until the reader disconnects or the lab closes. */
export function eventStream({ changes, closing }: Pick<LabParts, 'changes' | 'closing'>): RequestHandler {
  return (_request, response) => {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
    });
    response.write('retry: 1000\n\n');
    const stop = changes.listen((change) => response.write(`data: ${JSON.stringify(change)}\n\n`));
    const beat = setInterval(() => response.write(': still here\n\n'), heartbeat);
    const end = () => {
      stop(); // a change between the end and the close would be written after the end
      response.end();
    };
    closing.addEventListener('abort', end);
    response.on('close', () => {
      clearInterval(beat);
      stop();
      closing.removeEventListener('abort', end);
    });
  };
}
