import type { AzureCli } from './azure-cli.ts';
import type { Holes } from './filled.ts';

/**
 * How commands are tried: those that `when` fits, and none before it in the list. `before` brings the estate into the
 * state in which they make sense, and returns what it made, to be filled in. Of what comes of them, `changes` fits a
 * line of what is different in Azure, `asks` one of the requests, `shows` what is printed.
 */
export type Try = {
  readonly when: RegExp;
  readonly before?: (cli: AzureCli, line: string) => Promise<Holes | void>;
  readonly changes?: RegExp;
  readonly asks?: RegExp;
  readonly shows?: RegExp;
  /** The simulator has no such call, for this reason: `az` got as far as sending it, by `asks`. */
  readonly onlySent?: string;
};
