/** Every fault of our own that an operator can meet in a log; docs/refusals.md says what each means and what to do. */
export const faultCodes = [
  'settings-invalid',
  'data-dir-locked',
  'data-dir-unusable',
  'database-unreachable',
  'database-newer',
  'store-waited-too-long',
  'port-taken',
  'simulator-unreachable',
] as const;
type FaultCode = (typeof faultCodes)[number];

/**
 * Something that we broke or that broke around us. `message` says what was being done and
 * what to do next; never a secret.
 */
export class Fault extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Fault';
    this.code = code;
  }
}
