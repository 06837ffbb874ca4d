/** The cards of `backup restore vm-name replace`. Pure. */
import type { Block, Button, CardMessage, Input, Section } from '../../../message/card-data.ts';
import type { Words } from '../../../message/words.ts';
import { noneMeantCard } from '../../dialogs/none-meant-card.ts';
import { blockedOfferBlocks, isBlockedOffer } from '../../wording/ruled-words.ts';
import type { Drawing } from '../../dialogs/dialog-kind.ts';
import { dialogButton, navigation } from '../../dialogs/dialog-buttons.ts';
import { because, strong } from '../../dialogs/said.ts';
import { guardBlocks } from '../../dialogs/guard.ts';
import { inAzuresWords } from '../restore-disks/choice.ts';
import type { Restorable } from '../restore-disks/found.ts';
import { nothingCard, pointInput } from '../restore-disks/point-card.ts';
import { readStaging, stagingInputs } from '../restore-disks/target-inputs.ts';
import { fitPoints, isArchived, isPossible, objections, planOf, whyNot, type ReplaceKnown } from './choice.ts';
import type { ReplaceDisksPart } from '../../parts/replace-disks.ts';
import { diskNames } from './words.ts';

type ReplaceDrawing = Drawing<ReplaceKnown>;

/** Renders the card of the current question. */
export function drawReplace(drawing: ReplaceDrawing): CardMessage {
  const { words, known, status, next } = drawing;
  const vm = known.found?.restorable?.calledAs ?? known.args?.[0] ?? '';
  const isReading = next !== null && ['found', 'current', 'destinations', 'problems'].includes(next);
  if (status === 'checking' || isReading || !known.found)
    return { template: 'notice', data: { mark: 'busy', title: words.say('looking.title', { vm }) } };
  const { restorable } = known.found;
  if (!restorable) return noneMeantCard(drawing, { asked: vm, command: 'restore', ...known.found });
  const why = whyNot(known);
  if (why !== null || isBlockedOffer(drawing, 'replace-disks')) return notPossibleCard(drawing, restorable, why);
  if (fitPoints(known.found).length === 0) return nothingCard(drawing, restorable);
  const plan = planOf(known);
  if (next === 'point' || !known.destinations) return pointCard(drawing, restorable);
  if (next === 'staging' || !plan) return stagingCard(drawing, restorable);
  return confirmCard(drawing, restorable, plan.parts[0] as ReplaceDisksPart);
}

/** It can't be done, why, and what to do instead. */
function notPossibleCard(
  drawing: ReplaceDrawing,
  { vm, calledAs, deleted }: Restorable,
  why: ReturnType<typeof whyNot>,
): CardMessage {
  const { words } = drawing;
  const { say } = words;
  const command = deleted ? `backup undelete ${vm.id}` : `backup restore ${vm.id}`;
  const instead: Button = {
    title: say(deleted ? 'button.undelete' : 'button.restore-instead'),
    verb: 'command',
    data: { command },
    withInputs: false,
    style: 'positive',
  };
  const again = dialogButton(drawing, { title: say('button.check-again'), verb: 'again' });
  return {
    template: 'sheet',
    data: {
      mark: 'block',
      title: say(why === 'ade' ? 'replace.not-possible-ade' : 'replace.not-possible', { vm: calledAs }),
      why: say(`replace.why-not-${why ?? 'rule'}`),
      body: why === null ? blockedOfferBlocks(words, drawing.blockedOffers) : [],
      buttons: [instead, again, ...navigation(drawing, 'button.close')],
    },
  };
}

function pointCard(drawing: ReplaceDrawing, restorable: Restorable): CardMessage {
  const { say } = drawing.words;
  const offered = fitPoints({ restorable, several: [], unread: [] });
  return {
    template: 'sheet',
    data: {
      mark: 'ask',
      title: say('replace.which', { vm: restorable.calledAs }),
      why: say('replace.which-why', { vm: restorable.calledAs }),
      body: because(drawing),
      inputs: [pointInput(drawing, offered)],
      buttons: [continueButton(drawing), ...navigation(drawing)],
      line: restorable.vaultName,
    },
  };
}

function stagingCard(drawing: ReplaceDrawing, { calledAs: vm }: Restorable): CardMessage {
  const { words, known, earlier } = drawing;
  const { say } = words;
  const chosen = known.staging ?? readStaging(earlier) ?? undefined;
  const accounts = (known.destinations?.accounts ?? []).filter(({ unfit }) => unfit === null);
  if (accounts.length === 0) {
    const again = dialogButton(drawing, { title: say('button.check-again'), verb: 'again' });
    const [title, why] = [say('restore.no-place', { vm }), say('restore.no-account')];
    const buttons = [again, ...navigation(drawing, 'button.close')];
    return { template: 'sheet', data: { mark: 'block', title, why, buttons } };
  }
  return {
    template: 'sheet',
    data: {
      mark: 'ask',
      title: say('replace.staging', { vm }),
      why: say('replace.staging-why'),
      body: because(drawing),
      inputs: stagingInputs(words, { accounts, archived: isArchived(known), chosen, reason: drawing.reason }),
      buttons: [continueButton(drawing), ...navigation(drawing)],
    },
  };
}

function continueButton(drawing: ReplaceDrawing): Button {
  const title = drawing.words.say('button.continue');
  return dialogButton(drawing, { title, verb: 'submit', style: 'positive' });
}

function confirmCard(drawing: ReplaceDrawing, restorable: Restorable, part: ReplaceDisksPart): CardMessage {
  const { words, known } = drawing;
  const { say } = words;
  const refused = inAzuresWords(objections(known));
  const isOffered = isPossible(known);
  const change = dialogButton(drawing, {
    title: say('button.change-staging'),
    verb: 'change',
    data: { step: 'staging' },
    withInputs: false,
    ...(refused.length > 0 && { style: 'positive' as const }),
  });
  return {
    template: 'sheet',
    data: {
      mark: refused.length > 0 ? 'block' : 'warn',
      title: say(refused.length > 0 ? 'restore.refused' : 'replace.sure', { vm: restorable.calledAs }),
      why:
        refused.length > 0
          ? undefined
          : say('replace.what', { disks: diskNames(words, part.disks), account: part.staging.name }),
      body: confirmBlocks(drawing, restorable, refused),
      inputs: isOffered ? [nameInput(words, part.vm.name)] : [],
      buttons: [
        ...(isOffered ? [goButton(drawing)] : []),
        change,
        ...navigation(drawing, isOffered ? 'button.cancel' : 'button.close'),
      ],
      note: refused.length > 0 ? undefined : say('replace.costs'),
      line: [`${say('closing.point')}: ${words.dateTime(new Date(part.point.time))}`, part.vaultName].join(' · '),
      details: planSections(drawing),
    },
  };
}

function goButton(drawing: ReplaceDrawing): Button {
  const title = drawing.words.say('button.replace-disks');
  return dialogButton(drawing, { title, verb: 'submit', data: { go: 'replace-disks' }, style: 'destructive' });
}

function nameInput({ say }: Words, vm: string): Input {
  const required = say('input.type-name-required');
  return { kind: 'text', id: 'typed', label: say('input.type-name', { vm }), required, maxLength: 64 };
}

function planSections({ words, known, planText }: ReplaceDrawing): Section[] {
  const plan = planOf(known);
  if (!plan) return [];
  const { lines, remarks, commands } = planText(plan);
  return [
    { title: words.say('fold.plan'), body: [lines, ...remarks] },
    { title: words.say('fold.commands'), body: [commands] },
  ];
}

function confirmBlocks(drawing: ReplaceDrawing, restorable: Restorable, refused: readonly string[]): Block[] {
  const { words, known } = drawing;
  const { say } = words;
  const plan = planOf(known);
  return [
    ...because(drawing),
    ...refused.map((text) => strong(say('restore.azure-objects', { text }))),
    ...(plan && refused.length === 0
      ? drawing
          .planText(plan)
          .effects.filter(({ weight }) => weight === 'overwrites')
          .map(({ text }) => strong(text))
      : []),
    ...(known.current?.deallocated || refused.length > 0
      ? []
      : [strong(say('replace.runs', { vm: restorable.calledAs }))]),
    ...(restorable.mayRestore ? [] : [strong(say('restore.no-identity'))]),
    ...guardBlocks(words, restorable),
  ];
}
