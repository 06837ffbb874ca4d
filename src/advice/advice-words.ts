/** Advice in words. Each place shows as much of it as it has room for. Pure. */
import { shellWord } from '../core/shell-word.ts';
import { fixesFor, shortOf, wordsOf, type About } from '../knowledge/index.ts';
import type { Block, Button } from '../message/card-data.ts';
import { companyButton, companyCause } from '../message/company-words.ts';
import { findingInRow } from '../message/rendering/cause-titles.ts';
import { toldFacts } from '../message/rendering/told-facts.ts';
import { capital } from '../message/verdict-texts.ts';
import type { Words } from '../message/words.ts';
import type { Advice, Failed } from './advice.ts';

/** The reason in a few words, for a title or a row; null: nobody has put it in a few words. */
export function shortReason(words: Words, { because }: Advice): string | null {
  if (because.is === 'certificate') return words.say('failed.certificate');
  return because.is === 'known' ? shortOf(because.entry, words.context.locale) : null;
}

/** The reason in one sentence, in the words of the checks, of the knowledge or of the company; null: it isn't known. */
export function knownReason(words: Words, { because }: Advice): string | null {
  switch (because.is) {
    case 'found':
      return findingInRow(words, because.finding);
    case 'certificate':
      return words.say('failed.certificate-why', { keks: words.names(because.keks.map(nameOf)) });
    case 'known':
      return firstSentence(wordsOf(because.entry, words.context.locale).cause, words.context.locale);
    case 'company':
      return companyCause(words, because.entry);
    case 'several':
    case 'unknown':
      return null;
  }
}

/** The same; what isn't known is said in Azure's words. */
export function reason(words: Words, advice: Advice, { codes, says }: Pick<Failed, 'codes' | 'says'>): string {
  return knownReason(words, advice) ?? firstSentence(says.join(' ') || codes.join(' · '), words.context.locale);
}

/** The reason in a row: in a few words, if it has them. */
export function reasonInRow(words: Words, advice: Advice, failed: Pick<Failed, 'codes' | 'says'>): string {
  const short = shortReason(words, advice);
  return short ? capital(short) : reason(words, advice, failed);
}

/** All that the knowledge says of the cause; null: it doesn't have the error. */
export function documentedCause({ context }: Words, { diagnosis }: Advice): string | null {
  return diagnosis.kind === 'known' ? wordsOf(diagnosis.entry, context.locale).cause : null;
}

/** What the fixes are for. `now`: from when days that they mention count. */
type FixesFor = { readonly about: About; readonly now: Date };

/** The documented fixes that fit, in the order to try them. */
export function documentedFixes({ context }: Words, { diagnosis }: Advice, { about, now }: FixesFor): string[] {
  return diagnosis.kind === 'known' ? fixesFor(diagnosis.entry, { locale: context.locale, now }, about) : [];
}

/** How to find out whether the KEKs belong to a certificate, and what to do then. */
export function certificateBlocks({ say }: Words, keks: readonly string[]): Block[] {
  return [
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

/** What Azure says, and the IDs under which it has it; what isn't known is left out. */
type AzureSays = Pick<Failed, 'codes' | 'says'> & {
  readonly recommends?: readonly string[] | undefined;
  readonly requestId?: string | null;
  readonly jobId?: string | null;
};

/** Azure's own words, quoted as such. */
export function azureFacts({ say }: Words, azure: AzureSays): ReturnType<typeof toldFacts> {
  return toldFacts([
    [say('failed.code'), azure.codes.join(' · ')],
    [say('failed.azure-says'), azure.says.join(' ')],
    [say('failed.recommended'), (azure.recommends ?? []).join(' ')],
    [say('failed.request'), azure.requestId ?? ''],
    [say('failed.job'), azure.jobId ?? ''],
  ]);
}

/**
 * For an undocumented error, an administrator can write what it means, or change that. `of`: what failed, by its ID.
 */
export function companyButtons(words: Words, { because }: Advice, of: string | null | undefined): Button[] {
  if (!of || (because.is !== 'unknown' && because.is !== 'company')) return [];
  return [companyButton(words, { of, isWritten: because.is === 'company' })];
}

/** The first sentence of a text. */
export function firstSentence(text: string, locale: string): string {
  const [first] = new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text.replace(/\s+/g, ' ').trim());
  return first?.segment.trim() ?? '';
}
