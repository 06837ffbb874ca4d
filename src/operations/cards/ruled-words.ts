/** What a card says of the rules of `kluis.yaml`: what they deny, what they leave to others, and which rule it is. */
import type { Refusal, RefusalCode } from '../../core/refusal.ts';
import type { Block } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';

/** An offer that nobody can start as the rules stand, and why. */
export type BlockedOffer = { readonly go: string; readonly because: Refusal };

type Say = Pick<Words, 'say'>;

const forEverybody: readonly RefusalCode[] = [
  'read-only',
  'denied-by-rule',
  'too-few-approvals',
  'needs-approval',
  'not-from-channel',
];

/** Whether it is kept back from everybody: by a rule, by what the channel lets start, or since nothing is started. */
export function isRuled({ refused }: Refusal): boolean {
  return forEverybody.includes(refused);
}

/** A refusal by a rule, as a title and what explains it. */
export function ruledText({ say }: Say, { refused, params }: Refusal): { title: string; text: string[] } {
  const text = (name: 'what' | 'on' | 'rule' | 'unread') => String(params[name] ?? '');
  const what = whatMay({ say }, text('what'));
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

/** Whether nobody can start this offer as the rules stand: it then has no button. */
export function isBlockedOffer(
  { blockedOffers }: { readonly blockedOffers: readonly BlockedOffer[] },
  go: string,
): boolean {
  return blockedOffers.some((one) => one.go === go);
}

/** Where else to start what the channel keeps back, said once for all of it. */
export function elsewhereBlocks({ say }: Say, refusals: readonly (Refusal | null)[]): Block[] {
  if (!refusals.some((one) => one?.refused === 'not-from-channel')) return [];
  return [{ kind: 'text', text: say('ruled.elsewhere'), tone: 'strong' }];
}

/** Why offers have no button, each reason once. */
export function blockedOfferBlocks(words: Say, blocked: readonly BlockedOffer[]): Block[] {
  const lines = new Set(blocked.map(({ because }) => ruledLine(words, because)));
  return [...lines].map((text) => ({ kind: 'text', text, tone: 'strong' }));
}

/** What somebody would do, as words that follow "may" or "to". */
export function whatMay({ say }: Say, operation: string): string {
  if (operation === 'look') return say('may.look');
  if (operation === 'explain-errors') return say('may.explain');
  if (operation === 'cancel-job') return say('may.cancel');
  if (operation.endsWith('-policy')) return say('may.policy');
  if (operation === 'stop-protection') return say('may.stop');
  if (operation === 'resume-protection') return say('may.resume');
  if (operation === 'allow-vm-without-kek') return say('may.exception');
  if (operation === 'end-kek-exception') return say('may.end-exception');
  if (operation === 'allow-drills') return say('may.allow-drills');
  if (operation === 'end-drills') return say('may.end-drills');
  if (operation === 'undelete') return say('may.undelete');
  if (operation === 'recover-key-vault') return say('may.recover-key-vault');
  if (operation === 'restore-key-and-secret') return say('may.keys');
  if (operation === 'point-disks-to-keys') return say('may.point');
  if (operation === 'create-vm') return say('may.create-vm');
  if (operation === 'push-ade-extension') return say('may.push-ade');
  if (operation === 'check-vm') return say('may.check-vm');
  if (operation === 'clean-up-staging') return say('may.clean-up');
  if (operation === 'drill') return say('may.drill');
  if (operation === 'delete-drill') return say('may.delete-drill');
  if (operation === 'restore-disks') return say('may.restore');
  if (operation === 'restore-vm') return say('may.restore-vm');
  if (operation === 'replace-disks') return say('may.replace-disks');
  if (operation.startsWith('grant')) return say('may.grant');
  return operation === 'protect' ? say('may.protect') : say('may.back-up');
}
