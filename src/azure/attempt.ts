/** How a write is sent, and what it leaves behind. */

/** One written intent of a write, stored before it is sent. Its id travels as `x-ms-client-request-id`. */
export type Attempt = { readonly id: string; readonly signal?: AbortSignal; readonly deadline: SendDeadline };

/** The deadline for sending a write. A late one is not sent at all, since by then another process may send it. */
export type SendDeadline = {
  /** Fires when it has passed, so that nothing waits longer for a token or for its turn. */
  readonly over: AbortSignal;
  /** Asked directly before the socket gets the request, maybe more than once; after a no it is not sent. */
  mayLeave(): boolean;
  /** How long the answer to what left is waited for. */
  readonly answerMs: number;
};

/** What a finished write leaves behind: Azure's request id and the time of Azure's clock. */
export type Receipt = { readonly requestId: string | null; readonly date: Date | null };
