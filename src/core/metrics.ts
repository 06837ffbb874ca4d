/** One call to Azure that has ended, as it is counted. */
type CountedCall = {
  readonly kind: 'read' | 'write';
  readonly name: string;
  readonly outcome: string;
  readonly ms: number;
};

/** A piece of work that a queue is told of: which queue, and the row that it is about. */
type Told = { readonly to: string; readonly id: string };

/** Where the product counts what an operator watches. Every call is one event; none waits, and none throws. */
export type Metrics = {
  /** Runs a piece of work; what is counted during it belongs to it. `ids` say what it is about, and contain no text. */
  within<T>(name: string, ids: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T>;
  /** What is being done leads to this work, which a queue is told of. */
  woken(work: readonly Told[]): void;
  /** An event from a platform was taken down and answered. */
  turn(turn: { platform: string; event: string; outcome: 'answered' | 'refused' | 'fault'; ms: number }): void;
  /** Somebody was refused something; by the refusal's code. */
  refused(code: string): void;
  azureCall(call: CountedCall): void;
  /** A Recovery Services vault was asked for its jobs. */
  polled(outcome: 'ok' | 'fault'): void;
  /** One try to send to a platform: `sent`, or why not. */
  delivery(delivery: { platform: string; outcome: string }): void;
};
