/** The world outside the bot: the stub connector and the people, in one process. */
import { randomUUID } from 'node:crypto';
import { saidInThread } from '../activities.ts';
import { answering } from './child.ts';
import { load, type Loaded } from '../load.ts';
import { startConnector } from './stub-connector.ts';

/** The query of `load`. */
export type LoadAsk = {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly text: string;
};

const headers = { 'content-type': 'application/json' };

answering(async () => {
  const connector = await startConnector();
  const { serviceUrl } = connector;
  return {
    ready: () => ({ serviceUrl }),
    load: ({ url, text, ...ask }: LoadAsk): Promise<Loaded> => {
      const run = randomUUID().slice(0, 8);
      const body = (n: number) => JSON.stringify(saidInThread({ serviceUrl, thread: `${run}-${n}`, text }));
      return load({ url, sending: (n) => ({ path: '/api/messages', headers, body: body(n) }) }, ask);
    },
    close: () => connector.close(),
  };
});
