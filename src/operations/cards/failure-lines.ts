/** A failure in words: what the knowledge says about it, with its fixes; and Azure's own words, quoted as such. */
import { parseArmId } from '../../core/arm-id.ts';
import type { CompanyEntry } from '../../core/company-entry.ts';
import { shellWord } from '../../core/shell-word.ts';
import {
  automation,
  diagnose,
  errorKey,
  fixesFor,
  fragmentOf,
  isRetried,
  shortOf,
  wordsOf,
  type About,
  type Diagnosis,
  type Entry,
} from '../../knowledge/index.ts';
import type { Block, Button, Section } from '../../message/card-data.ts';
import { companyButton, companyCause, companyFixes } from '../../message/company-words.ts';
import { toldFacts } from '../../message/rendering/told-facts.ts';
import { keysOf, type KeyOf, type Words } from '../../message/words.ts';
import { partKindOf } from '../list.ts';
import type { Failure, InternalFailure } from '../ground/part.ts';
import type { Part } from '../parts/parts.ts';

/** The knowledge lists fixes in the order to try them; the card shows the first ones. */
const fixesShown = 2;

/** A failure, and when it was: any days that it mentions count from then, whenever its card is rendered. */
type Failed = { readonly failure: Failure; readonly endedAt: Date };

/** What went wrong, as the reason in a title; null if unknown. */
export function failureCause(words: Words, part: Part, failure: Failure): string | null {
  if (failure.internal) return words.say(`trouble.${failure.internal}`);
  const diagnosis = diagnosisOf(part, failure, words);
  if (diagnosis.kind === 'company') return companyCause(words, diagnosis.entry);
  if (diagnosis.kind !== 'known') return null;
  if (suspectKeks(part, diagnosis.entry)) return words.say('failed.certificate');
  return shortOf(diagnosis.entry, words.context.locale);
}

/** What adds to the title, in one sentence: how it happened, or that the cause is unknown. */
export function failureWhy(words: Words, part: Part, failure: Failure): string | undefined {
  if (failure.internal) return internalWhy(words, failure.internal);
  const diagnosis = diagnosisOf(part, failure, words);
  switch (diagnosis.kind) {
    case 'known': {
      const keks = suspectKeks(part, diagnosis.entry);
      if (keks) return words.say('failed.certificate-why', { keks: words.names(keks.map(nameOf)) });
      return sentencesOf(wordsOf(diagnosis.entry, words.context.locale).cause).first;
    }
    case 'several':
      return undefined;
    case 'company':
      return companyCause(words, diagnosis.entry);
    case 'unknown':
      return words.say('failed.no-advice');
  }
}

const whys: ReadonlySet<string> = new Set(keysOf('trouble-why'));

function internalWhy({ say }: Words, internal: InternalFailure): string | undefined {
  return whys.has(internal) ? say(`trouble-why.${internal as KeyOf<'trouble-why'>}`) : undefined;
}

/** The first fixes that fit the VM; for an unknown error, everything that Azure returned. */
export function failureBlocks(words: Words, part: Part, { failure, endedAt }: Failed): Block[] {
  const { say } = words;
  const diagnosis = diagnosisOf(part, failure, words);
  if (failure.internal) return failure.says.length > 0 ? [saidFacts(words, failure)] : [];
  switch (diagnosis.kind) {
    case 'known': {
      const keks = suspectKeks(part, diagnosis.entry);
      if (keks) return certificateBlocks(words, keks);
      const fixes = fixesOf(words, part, { entry: diagnosis.entry, endedAt }).slice(0, fixesShown);
      const next = nextAction(part, failure);
      const offers = next === 'grant' || next === 'register' ? [say(`failed.kluis-${next}s`)] : [];
      return [{ kind: 'list', ordered: true, heading: say('failed.fixes'), items: itemsOf([...offers, ...fixes]) }];
    }
    case 'several': {
      const causes = diagnosis.entries.map((entry) => wordsOf(entry, words.context.locale).cause);
      return [{ kind: 'list', heading: say('failed.several-causes'), items: itemsOf(causes) }];
    }
    case 'company':
      return companyFixes(words, diagnosis.entry);
    case 'unknown':
      return [saidFacts(words, failure)];
  }
}

function fixesOf({ context }: Words, part: Part, { entry, endedAt }: { entry: Entry; endedAt: Date }): string[] {
  return fixesFor(entry, { locale: context.locale, now: endedAt }, aboutOf(part));
}

/** How to find out whether the KEKs belong to a certificate, and what to do then. */
function certificateBlocks({ say }: Words, keks: readonly string[]): Block[] {
  return [
    { kind: 'text', text: say('failed.fixes'), tone: 'strong' },
    {
      kind: 'code',
      caption: say('failed.certificate-look'),
      lines: keks.map((url) => `az keyvault key show --id ${shellWord(url)} --query managed`),
    },
    { kind: 'text', text: say('failed.certificate-fix') },
  ];
}

/** `kek-disks` of `https://kv-hr-weu.vault.azure.net/keys/kek-disks/<version>` */
function nameOf(kek: string): string {
  return kek.split('/')[4] ?? kek;
}

/** For the details: what else is known about the cause, the fixes that help less often, and Azure's own words. */
export function failureDetails(words: Words, part: Part, { failure, endedAt }: Failed): Section[] {
  const diagnosis = diagnosisOf(part, failure, words);
  const all = azureFacts(words, failure);
  if (failure.internal && all.facts.length === 0) return [];
  const azure: Section = { title: words.say('fold.azure-says'), body: [all] };
  if (failure.internal || diagnosis.kind !== 'known') return [azure];
  const shown = suspectKeks(part, diagnosis.entry) ? 0 : fixesShown;
  const more = fixesOf(words, part, { entry: diagnosis.entry, endedAt }).slice(shown);
  const { rest } = sentencesOf(wordsOf(diagnosis.entry, words.context.locale).cause);
  return [
    ...(rest === '' ? [] : [{ title: words.say('failed.why'), body: [{ kind: 'text' as const, text: rest }] }]),
    ...(more.length > 0
      ? [{ title: words.say('fold.other-fixes'), body: [{ kind: 'list' as const, items: itemsOf(more) }] }]
      : []),
    azure,
  ];
}

/** What the plan knows about the VM, to choose advice and fill its placeholders. */
function aboutOf(part: Part): About {
  const { vm, keyVaults, vault, keksInReach } = partKindOf(part).about(part);
  return {
    os: vm?.os ?? null,
    keyVault: (keyVaults.length === 1 && keyVaults[0]) || null,
    hasAccess: keksInReach !== null,
    vm: vm && { name: vm.name, resourceGroup: parseArmId(vm.id)?.resourceGroup ?? null },
    vaultId: vault?.id ?? null,
  };
}

/**
 * The URLs of the KEKs that may belong to a certificate; null if nothing indicates that. Azure answers "permissions not
 * configured" for such a key too, although the access was checked and complete.
 */
function suspectKeks(part: Part, entry: Entry): readonly string[] | null {
  return automation(entry) === 'grant-key-vault-access' ? partKindOf(part).about(part).keksInReach : null;
}

/** What Kluis does about a failure: gives missing access, registers a provider, or retries; null: nothing. */
export function nextAction(part: Part, failure: Failure): 'grant' | 'register' | 'retry' | null {
  const diagnosis = failure.internal ? null : diagnosisOf(part, failure);
  if (diagnosis?.kind !== 'known') return null;
  switch (automation(diagnosis.entry)) {
    case 'grant-key-vault-access':
      return suspectKeks(part, diagnosis.entry) ? null : 'grant';
    case 'register-provider':
      return 'register';
    default:
      return isRetried(diagnosis.entry) ? 'retry' : null;
  }
}

/** Whether this error is unknown, so that another attempt is the first thing to do. */
export function isUnknown(part: Part, failure: Failure): boolean {
  return failure.internal === null && diagnosisOf(part, failure).kind === 'unknown';
}

/** Whether the same will happen again unless somebody does something, as far as the knowledge says. */
export function failsAgain(part: Part, failure: Failure): boolean {
  const diagnosis = diagnosisOf(part, failure);
  return failure.internal === null && diagnosis.kind === 'known' && !diagnosis.entry.transient;
}

/** What Azure says about it; the IDs are only for whoever looks further, in the details. */
function saidFacts({ say }: Words, { codes, says, recommends }: Failure): ReturnType<typeof toldFacts> {
  return toldFacts([
    [say('failed.code'), codes.join(' · ')],
    [say('failed.azure-says'), says.join(' ')],
    [say('failed.recommended'), (recommends ?? []).join(' ')],
  ]);
}

function azureFacts(words: Words, failure: Failure): ReturnType<typeof toldFacts> {
  const { say } = words;
  const ids = toldFacts([
    [say('failed.request'), failure.requestId ?? ''],
    [say('failed.job'), failure.jobId ?? ''],
  ]);
  return { kind: 'facts', facts: [...saidFacts(words, failure).facts, ...ids.facts] };
}

function itemsOf(texts: readonly string[]) {
  return texts.map((text) => ({ text }));
}

/** With `words`, the company's entries count too; what Kluis does about a failure never depends on them. */
function diagnosisOf(part: Part, failure: Failure, words?: Words): Diagnosis {
  const operation = partKindOf(part).diagnoses;
  const origin = failure.origin === 'internal' ? 'arm' : failure.origin;
  const { codes, says: texts } = failure;
  const key = () => errorKey({ codes, texts, names: namesIn(part) });
  return diagnose({ codes, texts, operation, origin }, { entries: words?.context.company, key });
}

/** The words of a part's VM that the text of an error may quote. */
function namesIn(part: Part): string[] {
  const { vm, vault } = partKindOf(part).about(part);
  const group = vm && parseArmId(vm.id)?.resourceGroup;
  return [vm?.name, group, vault?.name].filter((name) => typeof name === 'string');
}

/**
 * For an undocumented error, an administrator can write what it means: the error of a job, or of a call that Azure
 * refused, which is found by its operation.
 */
export function causeButtons(words: Words, part: Part, failed: { failure: Failure; operation: string }): Button[] {
  const { failure, operation } = failed;
  if (undocumentedError(part, failure) === null) return [];
  const isWritten = diagnosisOf(part, failure, words).kind === 'company';
  return [companyButton(words, { of: failure.jobId ?? operation, isWritten })];
}

/** The error that the knowledge doesn't have, by its key; null: it is documented, internal, or has no text. */
export function undocumentedError(part: Part, failure: Failure): UndocumentedError | null {
  const { codes, says } = failure;
  if (failure.internal || codes.length + says.length === 0 || diagnosisOf(part, failure).kind !== 'unknown')
    return null;
  const names = namesIn(part);
  const key = errorKey({ codes, texts: says, names });
  return { key, operation: partKindOf(part).diagnoses, codes, says, fragment: fragmentOf(says, names) };
}

type UndocumentedError = Pick<CompanyEntry, 'key' | 'operation' | 'codes' | 'says' | 'fragment'>;

function sentencesOf(text: string): { first: string; rest: string } {
  const [first = text, ...rest] = text.split(/(?<=[.!?])\s/);
  return { first, rest: rest.join(' ') };
}
