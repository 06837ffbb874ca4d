import type { Changes } from './changes.ts';

/** One request between the lab and the bot, as it goes over the wire. */
type Exchange = {
  seq: number;
  /** Grows with every change of the log: what changed after a read has a higher one. */
  version: number;
  at: string;
  direction: 'to-bot' | 'from-bot';
  method: string;
  path: string;
  request: unknown;
  /** Null while the request is pending; 0 if it ended without a response. */
  status: number | null;
  response: unknown;
  /** Set if a configured fault answered instead of the connector. */
  fault?: true;
};

/** How a request ended. */
type Ending = { status: number; response: unknown; fault?: true };

/** The log of both directions, in the order of the requests. It keeps the newest 500. */
export type Traffic = {
  /** Records a pending request; call the result once, with its response. */
  begin(request: Pick<Exchange, 'direction' | 'method' | 'path' | 'request'>): (ending: Ending) => void;
  /** What was added or has ended since this version. */
  since(version: number): Exchange[];
  clear(): void;
};

const kept = 500;

/** An empty log that announces every change to it. */
export function createTraffic(now: () => Date, changes: Changes): Traffic {
  let exchanges: Exchange[] = [];
  let seq = 0;
  let version = 0;
  const told = () => {
    changes.tell({ kind: 'traffic', version });
  };
  return {
    begin: (request) => {
      const at = now().toISOString();
      const exchange: Exchange = { seq: ++seq, version: ++version, at, ...request, status: null, response: null };
      exchanges = [...exchanges.slice(1 - kept), exchange];
      told();
      return (ending) => {
        Object.assign(exchange, ending, { version: ++version });
        told();
      };
    },
    since: (from) => exchanges.filter((each) => each.version > from),
    clear: () => {
      exchanges = [];
    },
  };
}
