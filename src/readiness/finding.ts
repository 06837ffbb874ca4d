/** What a check came to. `unknown` means it could not be read; it never stops a person. */
export type Verdict = 'ok' | 'warn' | 'block' | 'unknown';

/** Values that a wording fills in. Dates travel as ISO text, lists as arrays of names. */
export type FindingParams = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** What would mend a finding: something the bot can do itself, or steps for a person that the wording gives. */
export type Fix =
  | { readonly kind: 'grant'; readonly keyVaultId: string }
  | { readonly kind: 'wait' }
  | { readonly kind: 'back-up-now' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'undelete' }
  | { readonly kind: 'guidance' };

/**
 * One answer of one check. `code` names the case and is the key of its wording in both languages; `refuses` says who
 * would refuse: Azure, or a rule of this installation. `subject` is what it speaks of where one check answers several
 * times (a key vault, a disk, a Recovery Services vault). `aside`: another finding says the same more exactly, so this
 * one is listed but does not weigh in the verdict.
 */
export type Finding = {
  readonly check: string;
  readonly verdict: Verdict;
  readonly code: string;
  readonly params: FindingParams;
  readonly refuses?: 'azure' | 'rule';
  readonly fix?: Fix;
  readonly subject?: string;
  readonly aside?: true;
};
