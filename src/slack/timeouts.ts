/**
 * How long somebody who acts in Slack waits for what has to be looked up first, in milliseconds. Slack gives three
 * seconds for an answer; what isn't there by then counts as unknown.
 */
export type SlackTimeouts = {
  /** A profile that nothing is known of. */
  readonly profile: number;
  /** Whether somebody is a guest. */
  readonly guest: number;
  /** In which conversation somebody writes to the bot. */
  readonly chat: number;
  /** Who has an e-mail address in Entra. */
  readonly email: number;
  /** The three seconds themselves, in the Slack of this machine. */
  readonly answer: number;
};

/** The product's timeouts. */
export const slackTimeouts: SlackTimeouts = { profile: 1_000, guest: 1_500, chat: 1_500, email: 1_200, answer: 3_000 };
