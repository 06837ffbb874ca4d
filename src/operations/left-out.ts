/** Who was asked for along with others and does not go on with them, and why, as data on the plan and in words. */
import type { Refusal } from '../core/refusal.ts';
import type { FindingParams } from '../readiness/finding.ts';
import type { Words } from '../message/words.ts';
import { ruledText } from './ruled-words.ts';

/** Why: what stops the VM, which rule holds it back, whose access is missing, or what a person has to say first. */
export type LeftOutReason =
  | { readonly is: 'finding'; readonly code: string; readonly params: FindingParams }
  | { readonly is: 'held'; readonly by: Refusal }
  | { readonly is: 'access'; readonly keyVaults: readonly string[] }
  | { readonly is: 'choice' }
  | { readonly is: 'several' }
  | { readonly is: 'not-found' };

/** A VM by its name, or the name as it was typed where it is none, or that of several. */
export type LeftOut = { readonly name: string; readonly why: LeftOutReason };

/** The reason in a few words. */
export function leftOutWords(words: Words, why: LeftOutReason): string {
  switch (why.is) {
    case 'finding':
      return words.finding({ code: why.code, params: why.params }).title;
    case 'held':
      return ruledText(words, why.by).title;
    case 'access':
      return words.say('many.grant', { keyVaults: why.keyVaults });
    case 'choice':
      return words.say('many.choose');
    case 'several':
      return words.say('many.several');
    case 'not-found':
      return words.say('many.not-found');
  }
}
