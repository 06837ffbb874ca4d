import type { Changes } from './changes.ts';

/** One request between the lab and the bot, as it went over the wire. */
export type Exchange = {
  seq: number;
  at: string;
  direction: 'to-bot' | 'from-bot';
  method: string;
  path: string;
  status: number;
  request: unknown;
  response: unknown;
  /** Set where a configured fault answered in place of the connector. */
  fault?: true;
};

/** The log of both directions. It keeps the newest 500 exchanges. */
export type Traffic = {
  record(exchange: Omit<Exchange, 'seq' | 'at'>): void;
  since(seq: number): Exchange[];
  clear(): void;
};

const kept = 500;

/** An empty log that tells of every exchange it gets. */
export function createTraffic(now: () => Date, changes: Changes): Traffic {
  let exchanges: Exchange[] = [];
  let seq = 0;
  return {
    record: (exchange) => {
      seq += 1;
      exchanges = [...exchanges.slice(1 - kept), { seq, at: now().toISOString(), ...exchange }];
      changes.tell({ kind: 'traffic', seq });
    },
    since: (from) => exchanges.filter((each) => each.seq > from),
    clear: () => {
      exchanges = [];
    },
  };
}
