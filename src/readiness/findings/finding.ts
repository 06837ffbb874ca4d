/** What checks return. */
import { answerOf, type AzureFaultFacts } from '../../azure/faults.ts';
import type { FindingCode } from './finding-codes.ts';

/** The result of a check. `unknown` means it couldn't be read; it never blocks a person. */
export type Verdict = 'ok' | 'warn' | 'block' | 'unknown';

/** Values that a wording fills in. Times are ISO texts in fields whose names end in `At`; lists are arrays of names. */
export type FindingParams = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** What would fix a finding: something the bot can do itself, or steps for a person that the wording gives. */
type Fix =
  | { readonly kind: 'grant'; readonly keyVaultId: string }
  | { readonly kind: 'register'; readonly provider: string }
  | { readonly kind: 'wait' }
  | { readonly kind: 'back-up-now' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'undelete' }
  | { readonly kind: 'guidance' };

/**
 * One result of one check. `code` names the case and is the key of its wording in both languages; `refuses` says who
 * would refuse: Azure, or a rule of this installation. `subject` is what it is about if one check has several results
 * (a key vault, a disk, a Recovery Services vault). `aside`: another finding says the same more exactly, or it would
 * say the same about every VM; listed among the checks, without weight in the verdict.
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

/** A finding to be completed: the part of the code before the dot is the check. */
export type FindingDraft = { readonly code: FindingCode } & Partial<Omit<Finding, 'check' | 'verdict' | 'code'>>;

/** The check passed. */
export function passed(draft: FindingDraft): Finding {
  return finding('ok', draft);
}

/** It will work, with a stated cost or risk. */
export function warned(draft: FindingDraft): Finding {
  return finding('warn', draft);
}

/** Azure will refuse, unless the draft says that it is a rule of this installation. */
export function blocked(draft: FindingDraft): Finding {
  return finding('block', { refuses: 'azure', fix: { kind: 'guidance' }, ...draft });
}

/** It is unknown, for another reason than a failed read. */
export function unsettled(draft: FindingDraft): Finding {
  return finding('unknown', draft);
}

/** The params if Azure returned no answer of its own. */
export const noAnswer = { answered: 'no', answer: '' };

/**
 * It couldn't be read. `why` is the kind of fault; `action` is the missing permission: as Azure named it, otherwise the
 * one that the read needs. So `unknown` always says what would resolve it.
 */
export function unread(draft: FindingDraft, fault: AzureFaultFacts, needs: string): Finding {
  const answer = answerOf(fault);
  const why = { why: fault.kind, action: fault.action ?? needs, doing: fault.doing };
  const said = answer === null ? noAnswer : { answered: 'yes', answer };
  return finding('unknown', { ...draft, params: { ...why, ...said, ...draft.params } });
}

function finding(verdict: Verdict, draft: FindingDraft): Finding {
  return { check: draft.code.split('.')[0] as string, verdict, params: {}, ...draft };
}
