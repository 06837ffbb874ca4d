import type { CompanyEntries, CompanyEntry } from '../core/company-entry.ts';
import { entries } from './entries.ts';
import type { Entry } from './entry.ts';
import { plainCode, plainText } from './plain-text.ts';
import { codesNamedIn, entriesOfCode, isOfOtherProvider, longestMatches } from './recognise.ts';

/**
 * What is known of something that failed. `codes`: every code that Azure gave, symbolic or a number written out, also
 * those of inner errors. `texts`: every text it gave, in English where there is a choice. `origin`: a failed backup
 * job, a failed long-running operation of Azure Backup, or an ordinary ARM call.
 */
type Failure = {
  readonly codes: readonly string[];
  readonly texts: readonly string[];
  readonly operation: 'backup' | 'restore' | 'configure' | 'snapshot' | 'file-recovery';
  readonly origin: 'backup-job' | 'backup-operation' | 'arm';
};

/**
 * One documented cause, found by its code or by its words alone; several causes that the evidence leaves open, in the
 * order of the table; what the company wrote, where the table has nothing; or none.
 */
export type Diagnosis =
  | { readonly kind: 'known'; readonly entry: Entry; readonly by: 'code' | 'text' }
  | { readonly kind: 'several'; readonly entries: readonly Entry[] }
  | { readonly kind: 'company'; readonly entry: CompanyEntry }
  | { readonly kind: 'unknown' };

/** Codes that come from all over Azure and say nothing on their own. */
const generic: ReadonlySet<string> = new Set([
  'resourcenotfound',
  'badrequest',
  'internalerror',
  'operationnotallowed',
]);

/** The code of a wrapper: compute's own error is inside, and only that one says anything. */
const wrapperCode = 'usererrorcrpreportedusererror';
const wrappers = new Set(entriesOfCode(wrapperCode));

/** What the company wrote of errors, and the key (`errorKey`) of this one; absent: the table alone is asked. */
type Company = { readonly entries: CompanyEntries | undefined; readonly key: () => string };

/** Looks a failure up in the table, and only where that does not have it among what the company wrote. */
export function diagnose(failure: Failure, company?: Company): Diagnosis {
  const found = documented(failure);
  if (found.kind !== 'unknown' || !company?.entries?.size) return found;
  const entry = company.entries.get(company.key());
  return entry ? { kind: 'company', entry } : found;
}

/**
 * Looks a failure up; pure, and never a guess: what is not in the table is `unknown`.
 *
 * The surest evidence decides, in this order: a code that means one thing; the longest documented fragment of a text; a
 * code from all over Azure, if the failure is known to be one of Azure Backup and an entry for this kind of operation
 * has it; and last the wrapper, when nothing is known of the error inside it. An ARM call's generic code makes its
 * entries unusable by text as well: it would be the same guess.
 */
function documented(failure: Failure): Diagnosis {
  const texts = failure.texts.map(plainText);
  const given = new Set(failure.codes.map(plainCode));
  const wrapped = given.has(wrapperCode) || longestMatches(texts, wrappers).length > 0;
  const codes = new Set(wrapped ? [...given, ...codesNamedIn(texts)] : given);

  const bySpecific = settleCodes(
    [...codes].filter((code) => code !== wrapperCode && !generic.has(code)),
    texts,
    failure,
  );
  if (bySpecific.length > 0) return diagnosis(bySpecific, 'code');

  const weak = new Set([...given].filter((code) => generic.has(code)).flatMap(entriesOfCode));
  const arm = failure.origin === 'arm';
  const usable = entries.filter((entry) => !wrappers.has(entry) && !(arm && weak.has(entry)));
  const byText = fitting(longestMatches(texts, new Set(usable)), failure);
  if (byText.length > 0) return diagnosis(byText, byText.every((entry) => weak.has(entry)) ? 'code' : 'text');

  const byGeneric = arm ? [] : [...weak].filter((entry) => fits(entry, failure));
  if (byGeneric.length > 0) return diagnosis(byGeneric, 'code');
  return wrapped ? diagnosis([...wrappers], given.has(wrapperCode) ? 'code' : 'text') : { kind: 'unknown' };
}

/** The result of the codes: those entries that one of them identifies alone, or otherwise all that they leave open. */
function settleCodes(codes: readonly string[], texts: readonly string[], failure: Failure): readonly Entry[] {
  const ofCode = (code: string) => entriesOfCode(code).filter((entry) => !isOfOtherProvider(entry, texts));
  const perCode = codes.map((code) => settle(ofCode(code), texts, failure));
  const settled = new Set(perCode.filter((found) => found.length === 1).flat());
  return settled.size > 0 ? fitting([...settled], failure) : [...new Set(perCode.flat())];
}

/** Several entries share a code: the longest fragment decides, then the operation. */
function settle(sharing: readonly Entry[], texts: readonly string[], failure: Failure): readonly Entry[] {
  if (sharing.length < 2) return sharing;
  const worded = longestMatches(texts, new Set(sharing));
  return fitting(worded.length > 0 ? worded : sharing, failure);
}

/** Of several entries, those of this operation; all, when none is. One alone is never taken away. */
function fitting(found: readonly Entry[], failure: Failure): readonly Entry[] {
  const fit = found.filter((entry) => fits(entry, failure));
  return fit.length > 0 ? fit : found;
}

/** A snapshot is a part of a backup, so what holds for backups holds for it. */
function fits(entry: Entry, { operation }: Failure): boolean {
  return entry.operation.some(
    (own) => own === 'any' || own === operation || (own === 'backup' && operation === 'snapshot'),
  );
}

function diagnosis(found: readonly Entry[], by: 'code' | 'text'): Diagnosis {
  const [entry, ...others] = found;
  if (entry === undefined) return { kind: 'unknown' };
  if (others.length === 0) return { kind: 'known', entry, by };
  return { kind: 'several', entries: entries.filter((one) => found.includes(one)) };
}
