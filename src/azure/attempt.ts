/** How a write is sent, and what it leaves behind. */

/** The stored intent of one write, made before it is sent. Its ID is sent as `x-ms-client-request-id`. */
export type Attempt = { readonly id: string; readonly signal?: AbortSignal; readonly deadline: SendDeadline };

/** The deadline for sending a write. A late one is not sent at all, since by then another process may send it. */
export type SendDeadline = {
  /** Fires when it has passed, so that nothing waits longer for a token or a slot. */
  readonly over: AbortSignal;
  /** Called directly before the socket gets the request, possibly more than once; after a no it isn't sent. */
  mayLeave(): boolean;
  /** How long the response to a sent write is waited for. */
  readonly answerMs: number;
};

/** What a finished write leaves behind: Azure's request id and the time of Azure's clock. */
export type Receipt = { readonly requestId: string | null; readonly date: Date | null };
