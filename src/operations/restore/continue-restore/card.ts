/** The card on which somebody asks for approval to continue a failed restore. Pure. */
import type { Button, CardMessage } from '../../../message/card-data.ts';
import { effectBlocks, planSections } from '../../dialogs/effect-blocks.ts';
import { blockedOfferBlocks, isBlockedOffer } from '../../wording/ruled-words.ts';
import type { Drawing } from '../../dialogs/dialog-kind.ts';
import type { Plan } from '../../parts/plan.ts';
import { dialogButton } from '../../dialogs/dialog-buttons.ts';

/** Why no earlier approval covers it. A dialog of an earlier release doesn't know. */
export const uncovered = ['expired', 'person', 'glass', 'changed', 'none'] as const;
export type Uncovered = (typeof uncovered)[number];

/** What the dialog knows: the operation that failed, and the plan that continues it; null: nothing can. */
export type ContinueKnown = {
  readonly args: string;
  readonly why: Uncovered;
  readonly found: { readonly plan: Plan | null };
  readonly go: 'continue';
  readonly [step: string]: unknown;
};

/** Renders it. */
export function drawContinue(drawing: Drawing<ContinueKnown>): CardMessage {
  const { words, known, status, next } = drawing;
  if (status === 'checking' || next === 'found' || !known.found)
    return { template: 'notice', data: { mark: 'busy', title: words.say('continue.looking') } };
  return known.found.plan ? askCard(drawing, known.found.plan) : overCard(drawing);
}

function askCard(drawing: Drawing<ContinueKnown>, plan: Plan): CardMessage {
  const { words, blockedOffers } = drawing;
  const { say } = words;
  const text = drawing.planText(plan);
  const blocked = blockedOfferBlocks(words, blockedOffers);
  const go = { title: say('button.go-on'), verb: 'submit', data: { go: 'continue' }, style: 'positive' } as const;
  return {
    template: 'sheet',
    data: {
      mark: 'ask',
      title: say('continue.title', { vm: plan.vms[0]?.name ?? '' }),
      why: say(`continue.why-${drawing.known.why ?? 'none'}`),
      body: [...blocked, ...effectBlocks(text)],
      buttons: [...(isBlockedOffer(drawing, 'continue') ? [] : [dialogButton(drawing, go)]), cancelButton(drawing)],
      details: planSections(words, text),
    },
  };
}

function overCard(drawing: Drawing<ContinueKnown>): CardMessage {
  const { say } = drawing.words;
  const close = dialogButton(drawing, { title: say('button.close'), verb: 'cancel' });
  const text = [say('continue.over-why')];
  return { template: 'notice', data: { mark: 'info', title: say('continue.over'), text, buttons: [close] } };
}

function cancelButton(drawing: Drawing<ContinueKnown>): Button {
  return dialogButton(drawing, { title: drawing.words.say('button.cancel'), verb: 'cancel' });
}
