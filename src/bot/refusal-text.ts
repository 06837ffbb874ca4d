/** Why something is refused, in words. */
import type { Refusal } from '../core/refusal.ts';
import { ownOf } from '../core/own-of.ts';
import { titleAndRest } from '../message/verdict-texts.ts';
import type { Words } from '../message/words.ts';
import { azureText } from '../operations/cards/azure-words.ts';
import { actionWords, isRuled, ruledText } from '../operations/wording/ruled-words.ts';

/** A refusal in words. */
export function refusalText(words: Words, refusal: Refusal): { title: string; text: string[] } {
  const { say } = words;
  const text = (name: string) => String(ownOf(refusal.params, name) ?? '');
  if (refusal.refused === 'not-allowed') return notAllowed(say, text);
  if (isRuled(refusal)) {
    const ruled = ruledText({ say }, refusal);
    const { title, text: rest } = titleAndRest(ruled.title);
    return { title, text: [...rest, ...ruled.text] };
  }
  const azure = azureText({ say }, refusal);
  if (azure) return mayNot(say, text('what'), azure);
  if (refusal.refused === 'outdated-card')
    return { title: words.refusal(refusal), text: [say('refused.changed-since', { what: say('state.answered') })] };
  return titleAndRest(words.refusal(refusal));
}

/** What the person who asked can't start, said privately. */
export function ownPermissionHint(said: Words, refusal: Refusal): string {
  const { text } = refusalText(said, refusal);
  return [
    said.say('refused.you-may-not', { what: actionWords(said, String(refusal.params['what'] ?? '')) }),
    ...text,
  ].join(' ');
}

/** What the person who asked can't start, said on a card that others see too. */
export function permissionHint(said: Words, refusal: Refusal, who: string): string {
  if (refusal.refused === 'not-linked') return said.say('refused.asker-unlinked', { who });
  if (refusal.refused === 'no-account') return said.say('refused.asker-no-account', { who });
  const { title, text } = refusalText(said, refusal);
  return [shortOfPerson(said, refusal, who) ?? title, ...text].join(' ');
}

/** The same for people elsewhere: what the person lacks isn't told, what applies to everybody is. */
export function shortPermissionHint(said: Words, refusal: Refusal, who: string): string {
  return shortOfPerson(said, refusal, who) ?? permissionHint(said, refusal, who);
}

/** What the person can't do; null: it applies to everybody. */
function shortOfPerson(said: Words, refusal: Refusal, who: string): string | null {
  const what = actionWords(said, String(refusal.params['what'] ?? ''));
  const ofPerson = refusal.refused === 'not-allowed' || azureText(said, refusal) !== null;
  return ofPerson ? said.say('refused.asker-may-not', { who, what }) : null;
}

function notAllowed(say: Words['say'], text: (name: string) => string): { title: string; text: string[] } {
  const role = roleWord(say, text('role'));
  const who = text('who');
  const needs = who ? say('refused.needs-role', { role, who }) : say('refused.needs-role-nobody', { role });
  return mayNot(say, text('what'), [needs]);
}

function mayNot(say: Words['say'], what: string, why: readonly string[]): { title: string; text: string[] } {
  const { title, text } = titleAndRest(say('refused.may-not', { what: actionWords({ say }, what) }));
  return { title, text: [...text, ...why] };
}

function roleWord(say: Words['say'], role: string): string {
  const known = ['viewer', 'operator', 'approver', 'admin', 'auditor'] as const;
  const match = known.find((candidate) => candidate === role);
  return match ? say(`role.${match}`) : role;
}
