import type { KeyOf } from './words.ts';

/** A line of help: what is typed after "backup", where `{vm}` stands for a VM's name, and what that does. */
export type HelpLine = {
  readonly typed: string;
  readonly says: Exclude<KeyOf<'help'>, 'about' | 'may' | 'zone'>;
  /** One of the few that people need first. */
  readonly first?: true;
  /** It is only of use where Slack is connected. */
  readonly needs?: 'slack';
};

/**
 * A command that people type after "backup". It is part of the value of its operation or view; what is understood,
 * help and the suggestions come from these, and README's table and the manifests are checked against them.
 */
export type CommandSpec = {
  readonly word: string;
  readonly help: readonly HelpLine[];
  /**
   * What has to follow: the names of VMs, which open the card about them; at least one word, or any number of words,
   * which open its own dialog.
   */
  readonly takes: 'vms' | 'word' | 'words';
  /** The dialogs that a second word opens instead of the command's own, by that word. */
  readonly also?: Readonly<Record<string, string>>;
  /** One VM's name after it opens the card about that VM with this question, or, at once, a backup. */
  readonly asks?: 'status' | 'access' | 'back-up-now';
  /** An operation's command whose card first shows what there is, even where nothing can be started. */
  readonly shows?: true;
};
