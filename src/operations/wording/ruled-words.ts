/**
 * What a card says about the rules of `kluis.yaml`: what they deny, what they leave to others, and which rule it is.
 */
import type { Refusal, RefusalCode } from '../../core/refusal.ts';
import type { Block } from '../../message/card-data.ts';
import { keysOf, type Words } from '../../message/words.ts';
import type { Administered, OperationName } from '../../people/operations.ts';

/** An offer that nobody can start under the current rules, and why. */
export type BlockedOffer = { readonly go: string; readonly because: Refusal };

type Say = Pick<Words, 'say'>;

const forEverybody: readonly RefusalCode[] = [
  'read-only',
  'denied-by-rule',
  'too-few-approvals',
  'needs-approval',
  'not-from-channel',
];

/** Whether it is denied to everybody: by a rule, by what the channel lets start, or because nothing is started. */
export function isRuled({ refused }: Refusal): boolean {
  return forEverybody.includes(refused);
}

/** A refusal by a rule, as a title and an explanation. */
export function ruledText({ say }: Say, { refused, params }: Refusal): { title: string; text: string[] } {
  const text = (name: 'what' | 'on' | 'rule' | 'unread') => String(params[name] ?? '');
  const what = actionWords({ say }, text('what'));
  const on = { on: text('on'), named: text('on') === '' ? 'no' : 'yes' };
  if (refused === 'read-only') return { title: say('ruled.read-only'), text: [] };
  if (refused === 'not-from-channel')
    return { title: say('ruled.not-from-channel', { what, ...on }), text: [say('ruled.elsewhere')] };
  if (refused === 'needs-approval') {
    const title = say('ruled.approvals', { what, ...on, approvals: Number(params['approvals'] ?? 1) });
    return { title, text: [say('ruled.by-command')] };
  }
  if (refused === 'too-few-approvals') {
    const approvals = Number(params['approvals'] ?? 0);
    const line = `- { operation: ${text('what')}, vm: '${text('on')}', approvals: ${approvals} }`;
    return { title: say('ruled.too-few', { what, ...on, approvals }), text: [say('ruled.too-few-line', { line })] };
  }
  const rule = text('rule');
  const which = rule ? say('ruled.denied-by', { rule }) : say('ruled.denied-everywhere');
  const unread = text('unread') ? [say('ruled.unread', { unread: text('unread') })] : [];
  return { title: say('ruled.denied', { what, ...on }), text: [which, ...unread] };
}

/** The same as one line of a card. */
export function ruledLine(words: Say, refusal: Refusal): string {
  const { title, text } = ruledText(words, refusal);
  return [title, ...text].join(' ');
}

/** Whether nobody can start this offer under the current rules: it then has no button. */
export function isBlockedOffer(
  { blockedOffers }: { readonly blockedOffers: readonly BlockedOffer[] },
  go: string,
): boolean {
  return blockedOffers.some((one) => one.go === go);
}

/** Where else to start what the channel doesn't allow, said once for all of it. */
export function elsewhereBlocks({ say }: Say, refusals: readonly (Refusal | null)[]): Block[] {
  if (!refusals.some((one) => one?.refused === 'not-from-channel')) return [];
  return [{ kind: 'text', text: say('ruled.elsewhere'), tone: 'strong' }];
}

/** Why offers have no button, each reason once. */
export function blockedOfferBlocks(words: Say, blocked: readonly BlockedOffer[]): Block[] {
  const lines = new Set(blocked.map(({ because }) => ruledLine(words, because)));
  return [...lines].map((text) => ({ kind: 'text', text, tone: 'strong' }));
}

/** Everything that has words after "can": every operation, and what else needs a role. */
const actions: readonly (OperationName | Administered | 'view')[] = keysOf('may');

/**
 * What somebody would do, as words that follow "can" or "to". A name that this release doesn't have is shown as it is.
 */
export function actionWords({ say }: Say, what: string): string {
  const known = actions.find((action) => action === what);
  return known ? say(`may.${known}`) : what;
}
