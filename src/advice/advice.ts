/**
 * Why something failed and what there is to do about it: one reading for the card of an operation, a job, a list, an
 * alert and Home, so that what one of them knows, all know. Pure.
 */
import type { CompanyEntries, CompanyEntry } from '../core/company-entry.ts';
import {
  automation,
  diagnose,
  errorKey,
  fragmentOf,
  isMendedByBackup,
  isRetried,
  type Diagnosis,
  type Entry,
} from '../knowledge/index.ts';
import type { FindingToSay } from '../message/words.ts';

/**
 * What failed, as Azure told it, and what is known beside that. `finding`: what the checks find now, which comes before
 * all else. `keks`: the URLs of those of the VM's KEKs that may belong to a certificate, if Azure Backup certainly has
 * the access that it needs to them. `names`: the words for the VM that Azure's text may quote, so that all failures
 * with one error have one key; `knownKey`: that key, where it is stored.
 */
export type Failed = {
  readonly codes: readonly string[];
  readonly says: readonly string[];
  readonly of: CompanyEntry['operation'];
  readonly origin: Parameters<typeof diagnose>[0]['origin'];
  /** Not a restore, nor a change of what is protected. */
  readonly isBackup: boolean;
  readonly names: readonly string[];
  readonly knownKey?: string;
  readonly finding?: FindingToSay | null | undefined;
  readonly keks?: readonly string[] | null | undefined;
};

/** Why it failed, the surest first; and what the error alone says, in `diagnosis`. */
export type Advice = {
  readonly diagnosis: Diagnosis;
  readonly because:
    | { readonly is: 'found'; readonly finding: FindingToSay }
    | { readonly is: 'certificate'; readonly keks: readonly string[] }
    | { readonly is: 'known'; readonly entry: Entry }
    | { readonly is: 'several'; readonly entries: readonly Entry[] }
    | { readonly is: 'company'; readonly entry: CompanyEntry }
    | { readonly is: 'unknown' };
  readonly isBackup: boolean;
};

/**
 * What there is to do: `check` the VM, whose card has the fix; `back-up`, since that may be all it takes; read the
 * fixes on the card of what failed, or only what Azure says there (`read-job`).
 */
type NextStep = 'check' | 'back-up' | 'read-fixes' | 'read-job';

/** Looks it up. What Kluis itself does about a failure never depends on the company's `entries`. */
export function adviceOn(failed: Failed, entries?: CompanyEntries): Advice {
  const { codes, says: texts, of, origin, names, knownKey, finding, keks, isBackup } = failed;
  const key = () => knownKey ?? errorKey({ codes, texts, names });
  const diagnosis = diagnose({ codes, texts, operation: of, origin }, { entries, key });
  if (finding) return { diagnosis, because: { is: 'found', finding }, isBackup };
  return { diagnosis, because: becauseOf(diagnosis, keks ?? []), isBackup };
}

/** Azure says "permissions not configured" of a certificate's key, too, although the access is complete. */
function becauseOf(diagnosis: Diagnosis, keks: readonly string[]): Advice['because'] {
  switch (diagnosis.kind) {
    case 'known': {
      const { entry } = diagnosis;
      const isAccess = automation(entry) === 'grant-key-vault-access';
      return isAccess && keks.length > 0 ? { is: 'certificate', keks } : { is: 'known', entry };
    }
    case 'several':
      return { is: 'several', entries: diagnosis.entries };
    case 'company':
      return { is: 'company', entry: diagnosis.entry };
    case 'unknown':
      return { is: 'unknown' };
  }
}

/** What there is to do about it, as far as the checks and the knowledge say. */
export function nextStep({ because, isBackup }: Advice): NextStep {
  switch (because.is) {
    case 'found':
      return 'check';
    case 'known':
      return isBackup && isMendedByBackup(because.entry) ? 'back-up' : 'read-fixes';
    case 'certificate':
    case 'company':
      return 'read-fixes';
    case 'several':
    case 'unknown':
      return 'read-job';
  }
}

/** What Kluis itself can do about it, from the card of what failed; null: nothing. */
export function ownRemedy({ because }: Advice): 'grant' | 'register' | 'retry' | null {
  if (because.is !== 'known') return null;
  switch (automation(because.entry)) {
    case 'grant-key-vault-access':
      return 'grant';
    case 'register-provider':
      return 'register';
    default:
      return isRetried(because.entry) ? 'retry' : null;
  }
}

/** Whether it is an error of a backup that passes without anybody's help. */
export function passes({ because, isBackup }: Advice): boolean {
  return because.is === 'known' && because.entry.transient && isBackup;
}

/** Whether the same will happen again unless somebody does something, as far as the knowledge says. */
export function failsAgain({ because }: Advice): boolean {
  return because.is === 'certificate' || (because.is === 'known' && !because.entry.transient);
}

/** What an error is recognised by that nobody has documented; why there is nothing to recognise it by, otherwise. */
export function undocumentedError(failed: Failed): Undocumented | 'documented' | 'silent' {
  const { codes, says, of: operation, names } = failed;
  if (adviceOn(failed).diagnosis.kind !== 'unknown') return 'documented';
  if (codes.length + says.length === 0) return 'silent';
  const key = errorKey({ codes, texts: says, names });
  return { key, operation, codes, says, fragment: fragmentOf(says, names) };
}

type Undocumented = Pick<CompanyEntry, 'key' | 'operation' | 'codes' | 'says' | 'fragment'>;
