/** The failure of a part in words: what is known about it, with its fixes; and Azure's own words, quoted as such. */
import {
  documentedCause,
  documentedFixes,
  azureFacts,
  certificateBlocks,
  companyButtons,
  firstSentence,
  knownReason,
  shortReason,
} from '../../advice/advice-words.ts';
import { adviceOn, ownRemedy, type Advice, type Failed } from '../../advice/advice.ts';
import { parseArmId } from '../../core/arm-id.ts';
import { wordsOf, type About } from '../../knowledge/index.ts';
import type { Block, Button, Section } from '../../message/card-data.ts';
import { companyCause, companyFixes } from '../../message/company-words.ts';
import { keysOf, type KeyOf, type Words } from '../../message/words.ts';
import { partKindOf } from '../list.ts';
import type { Failure, InternalFailure } from '../ground/part.ts';
import type { Part } from '../parts/parts.ts';

/** The knowledge lists fixes in the order to try them; the card shows the first ones. */
const fixesShown = 2;

/** A failed part, and when it ended: any days that its fixes mention count from then, whenever its card is rendered. */
type FailedPart = { readonly part: Part; readonly failure: Failure; readonly endedAt: Date };

/** What Azure said of a failed part, for advice on it. */
export function failedOf(part: Part, { codes, says, origin }: Failure): Failed {
  const { vm, vault, keksInReach: keks } = partKindOf(part).about(part);
  const group = vm && parseArmId(vm.id)?.resourceGroup;
  const names = [vm?.name, group, vault?.name].filter((name) => typeof name === 'string');
  return {
    ...{ codes, says, names, keks },
    of: partKindOf(part).diagnoses,
    origin: origin === 'internal' ? 'arm' : origin,
    isBackup: part.does === 'back-up-now',
  };
}

/** The advice on a failed part; null: Kluis itself found it, so Azure said nothing. */
export function adviceOnPart({ context }: Words, part: Part, failure: Failure): Advice | null {
  return failure.internal ? null : adviceOn(failedOf(part, failure), context.company);
}

/** What went wrong, as the reason in a title; null if unknown. */
export function failureCause(words: Words, part: Part, failure: Failure): string | null {
  if (failure.internal) return words.say(`trouble.${failure.internal}`);
  const advice = adviceOnPart(words, part, failure) as Advice;
  if (advice.because.is === 'company') return companyCause(words, advice.because.entry);
  return shortReason(words, advice);
}

/** What adds to the title, in one sentence: how it happened, or that the cause is unknown. */
export function failureWhy(words: Words, advice: Advice | null, internal: InternalFailure | null): string | undefined {
  if (internal || !advice) return internal ? internalWhy(words, internal) : undefined;
  if (advice.because.is === 'unknown') return words.say('failed.no-advice');
  return knownReason(words, advice) ?? undefined;
}

const whys: ReadonlySet<string> = new Set(keysOf('trouble-why'));

function internalWhy({ say }: Words, internal: InternalFailure): string | undefined {
  return whys.has(internal) ? say(`trouble-why.${internal as KeyOf<'trouble-why'>}`) : undefined;
}

/** The first fixes that fit the VM; for an unknown error, everything that Azure returned. */
export function failureBlocks(words: Words, advice: Advice | null, failed: FailedPart): Block[] {
  const { say } = words;
  const { codes, says, recommends } = failed.failure;
  const azure = azureFacts(words, { codes, says, recommends });
  if (!advice) return says.length > 0 ? [azure] : [];
  const { because } = advice;
  switch (because.is) {
    case 'certificate':
      return [{ kind: 'text', text: say('failed.fixes'), tone: 'strong' }, ...certificateBlocks(words, because.keks)];
    case 'several': {
      const causes = because.entries.map((entry) => wordsOf(entry, words.context.locale).cause);
      return [{ kind: 'list', heading: say('failed.several-causes'), items: itemsOf(causes) }];
    }
    case 'company':
      return companyFixes(words, because.entry);
    case 'unknown':
      return [azure];
    default: {
      const next = ownRemedy(advice);
      const offers = next === 'grant' || next === 'register' ? [say(`failed.kluis-${next}s`)] : [];
      const items = itemsOf([...offers, ...fixesOf(words, advice, failed).slice(0, fixesShown)]);
      return [{ kind: 'list', ordered: true, heading: say('failed.fixes'), items }];
    }
  }
}

function fixesOf(words: Words, advice: Advice, { part, endedAt }: FailedPart): string[] {
  return documentedFixes(words, advice, { about: aboutOf(part), now: endedAt });
}

/** For the details: what else is known about the cause, the fixes that help less often, and Azure's own words. */
export function failureDetails(words: Words, advice: Advice | null, failed: FailedPart): Section[] {
  const { codes, says, recommends, requestId, jobId, internal } = failed.failure;
  const all = azureFacts(words, { codes, says, recommends, requestId, jobId });
  if (internal && all.facts.length === 0) return [];
  const azure: Section = { title: words.say('fold.azure-says'), body: [all] };
  const cause = advice && documentedCause(words, advice);
  if (!advice || cause === null) return [azure];
  const shown = advice.because.is === 'certificate' ? 0 : fixesShown;
  const more = fixesOf(words, advice, failed).slice(shown);
  const rest = cause.slice(firstSentence(cause, words.context.locale).length).trim();
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

/** Whether another attempt may be all it takes: the error is one that passes, or nobody knows it. */
export function isWorthAnother(advice: Advice | null): boolean {
  return advice !== null && (ownRemedy(advice) === 'retry' || ['unknown', 'company'].includes(advice.diagnosis.kind));
}

/**
 * For an undocumented error, an administrator can write what it means: the error of a job, or of a call that Azure
 * refused, which is found by its operation.
 */
export function causeButtons(words: Words, advice: Advice | null, failed: FailedAt): Button[] {
  const { failure, operation } = failed;
  if (!advice || failure.codes.length + failure.says.length === 0) return [];
  return companyButtons(words, advice, failure.jobId ?? operation);
}

type FailedAt = { readonly failure: Failure; readonly operation: string };

function itemsOf(texts: readonly string[]) {
  return texts.map((text) => ({ text }));
}
