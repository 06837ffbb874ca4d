/**
 * The policy as it would be, before it is written: in plain words, with the differences and the exact command. Pure.
 */
import type { Block, Button, CardMessage, Section } from '../../../message/card-data.ts';
import type { Drawing } from '../../dialogs/dialog-kind.ts';
import { blockedOfferBlocks, isBlockedOffer } from '../../wording/ruled-words.ts';
import { guardText } from '../../dialogs/guard.ts';
import { deletesPoints, isGuarded, vaultOf, type PolicyKnown } from './flow.ts';
import { planPolicy } from './plan-policy.ts';
import { differenceFacts, policyFactsOf, shortenedNames } from './policy-lines.ts';

type SummaryDrawing = Drawing<PolicyKnown> & { readonly known: PolicyKnown };

/** Renders the question before the write. */
export function summaryCard(drawing: SummaryDrawing): CardMessage {
  const { words, known, because } = drawing;
  const { say } = words;
  const names = { policy: known.shape.name, vault: vaultOf(known)?.name ?? '' };
  const shorter = deletesPoints(known);
  const changed: Block[] = because ? [{ kind: 'text', text: words.refusal(because), tone: 'strong' }] : [];
  return {
    template: 'sheet',
    data: {
      mark: shorter ? 'warn' : 'ask',
      title: say(known.mode === 'new' ? 'policy-card.new' : 'policy-card.change', names),
      body: [
        ...changed,
        ...blockedOfferBlocks(words, drawing.blockedOffers),
        ...(known.mode === 'new' ? newBody(drawing) : changeBody(drawing)),
      ],
      buttons: buttonsOf(drawing, shorter),
      note: say(known.mode === 'new' ? 'policy-card.protects-nothing' : 'policy-card.rest-stays'),
      details: detailsOf(drawing),
    },
  };
}

/**
 * Renders the second question, if existing points would be deleted: which, from how many VMs, and that it is permanent.
 */
export function shortenCard(drawing: SummaryDrawing): CardMessage {
  const { words, known } = drawing;
  const { say } = words;
  return {
    template: 'sheet',
    data: {
      mark: 'warn',
      title: say('policy-card.shorten'),
      subtitle: say('policy-card.change', { policy: known.shape.name, vault: vaultOf(known)?.name ?? '' }),
      body: [...deletes(drawing), usedBy(drawing)],
      buttons: [
        button(drawing, {
          title: say('button.policy-shorten'),
          verb: 'submit',
          data: { sure: 'yes' },
          style: 'destructive',
        }),
        ...otherButtons(drawing),
      ],
      details: detailsOf(drawing),
    },
  };
}

function newBody({ words, known, now }: SummaryDrawing): Block[] {
  const { say } = words;
  const { shape } = known;
  const kind = say(shape.kind === 'Standard' ? 'policy-kind.standard' : 'policy-kind.enhanced');
  const facts = [{ title: say('policy-line.kind'), value: kind }, ...policyFactsOf(words, shape, now)];
  return [{ kind: 'facts', facts }];
}

function changeBody(drawing: SummaryDrawing): Block[] {
  const { words, known, now } = drawing;
  const was = known.place.held?.facts;
  if (!was) return [];
  const facts = differenceFacts(words, { was, shape: known.shape, now });
  const goes = deletesPoints(known) ? deletes(drawing) : guardBlocks(drawing);
  // What becomes shorter is told with what it deletes.
  const isTold = shortenedNames(words, { was, shape: known.shape, now }).length === facts.length;
  return [...(isTold ? [] : [{ kind: 'facts', facts } as const]), ...goes, usedBy(drawing)];
}

function deletes(drawing: SummaryDrawing): Block[] {
  const { words, known, now } = drawing;
  const was = known.place.held?.facts;
  const lines = was ? shortenedNames(words, { was, shape: known.shape, now }) : [];
  return [{ kind: 'text', text: words.say('policy-card.deletes', { lines }), tone: 'strong' }, ...guardBlocks(drawing)];
}

function guardBlocks({ words, known }: SummaryDrawing): Block[] {
  const text = isGuarded(known) ? guardText(words, { ...known.place, vaultName: vaultOf(known)?.name ?? '' }) : null;
  return text === null ? [] : [{ kind: 'text', text }];
}

function usedBy({ words, known }: SummaryDrawing): Block {
  const count = known.place.held?.facts?.protectedItems ?? 0;
  return { kind: 'text', text: words.say('policy-card.used-by', { count }) };
}

function buttonsOf(drawing: SummaryDrawing, shorter: boolean): Button[] {
  const { words, known } = drawing;
  const title = words.say(known.mode === 'new' ? 'button.create-policy' : 'button.change-policy');
  const style = shorter ? 'destructive' : 'positive';
  const go = button(drawing, { title, verb: 'submit', data: { go: known.mode }, style });
  return [...(isBlockedOffer(drawing, known.mode) ? [] : [go]), ...otherButtons(drawing)];
}

function otherButtons(drawing: SummaryDrawing): Button[] {
  const { say } = drawing.words;
  return [
    button(drawing, { title: say('button.policy-edit'), verb: 'back' }),
    button(drawing, { title: say('button.cancel'), verb: 'cancel' }),
  ];
}

function button(
  { dialog, revision }: SummaryDrawing,
  made: { title: string; verb: string; data?: Button['data']; style?: Button['style'] },
): Button {
  return { ...made, data: { ...made.data, dialog, revision }, withInputs: false };
}

function detailsOf({ words, known, planText }: SummaryDrawing): Section[] {
  const plan = planPolicy(known);
  return [
    { title: words.say('fold.plan'), body: [planText(plan).lines] },
    { title: words.say('fold.commands'), body: [planText(plan).commands] },
  ];
}
