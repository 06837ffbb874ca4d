/** The cards of `/backup restore`. Pure. */
import { guardBlocks } from '../../dialogs/guard.ts';
import type { Block, Button, CardMessage, Section } from '../../../message/card-data.ts';
import { joined } from '../../../message/choices.ts';
import type { Words } from '../../../message/words.ts';
import { noneMeantCard } from '../../dialogs/none-meant-card.ts';
import { blockedOfferBlocks, isBlockedOffer } from '../../wording/ruled-words.ts';
import type { Drawing, PlanText } from '../../dialogs/dialog-kind.ts';
import { dialogButton, navigation } from '../../dialogs/dialog-buttons.ts';
import { because, strong } from '../../dialogs/said.ts';
import { changedKeys, customerKeyBlocks, deletedBlocks, keyBlocks, shutOutText, zoneBlocks } from './cautions.ts';
import {
  inAzuresWords,
  objectionsIn,
  isMadeDirectly,
  isPossible,
  offeredPoints,
  partOf,
  planOf,
  type RestoreKnown,
} from './choice.ts';
import type { Destinations, Restorable } from './found.ts';
import { asideBlocks } from '../../dialogs/effect-blocks.ts';
import { hasTemplate } from './machine.ts';
import { machineCard, makeInputs } from './machine-card.ts';
import type { RestoreDisksPart } from '../../parts/restore-disks.ts';
import { nothingCard, pointCard } from './point-card.ts';
import { targetInputs } from './target-inputs.ts';

type RestoreDrawing = Drawing<RestoreKnown>;

/** Renders the card of the current question. */
export function drawRestore(drawing: RestoreDrawing): CardMessage {
  const { words, known, status, next } = drawing;
  const vm = known.found?.restorable?.calledAs ?? known.args?.[0] ?? '';
  const isReading = next !== null && ['found', 'destinations', 'consequences', 'networks', 'problems'].includes(next);
  if (status === 'checking' || isReading || !known.found)
    return { template: 'notice', data: { mark: 'busy', title: words.say('looking.title', { vm }) } };
  const { restorable } = known.found;
  if (!restorable) {
    const { several, unread } = known.found;
    return noneMeantCard(drawing, { asked: vm, command: 'restore', several, unread });
  }
  if (offeredPoints(known.found).length === 0) return nothingCard(drawing, restorable);
  const rule = drawing.blockedOffers.find(({ because: { refused } }) => refused !== 'read-only');
  if (rule && known.problems === undefined) return ruledOutCard(drawing, restorable);
  if (next === 'point' || !known.destinations) return pointCard(drawing, restorable);
  const [part, plan] = [partOf(known), planOf(known)];
  if (next === 'target' || !part) return targetCard(drawing, restorable, known.destinations);
  return next === 'machine' || !plan
    ? machineCard(drawing, restorable, because(drawing))
    : confirmCard(drawing, restorable, {
        part,
        plan: drawing.planText(plan),
        isShort: Boolean(plan.told?.cores?.short),
      });
}

/** Rules deny it to everybody, whatever is chosen. */
function ruledOutCard(drawing: RestoreDrawing, { calledAs: vm }: Restorable): CardMessage {
  const { words, blockedOffers } = drawing;
  const again = dialogButton(drawing, { title: words.say('button.check-again'), verb: 'again' });
  const data = {
    mark: 'block' as const,
    title: words.say('restore.not-allowed', { vm }),
    body: blockedOfferBlocks(words, blockedOffers),
    buttons: [again, ...navigation(drawing, 'button.close')],
  };
  return { template: 'sheet', data };
}

function targetCard(drawing: RestoreDrawing, restorable: Restorable, to: Destinations): CardMessage {
  const { words } = drawing;
  const { say } = words;
  const fit = to.accounts
    .filter(({ unfit }) => unfit === null)
    .map((one) => (one.byIdentity ? { ...one, name: say('staging.by-identity', { account: one.name }) } : one));
  const unfit = to.accounts.flatMap((one) =>
    one.unfit ? [{ text: one.name, note: say(`staging.${one.unfit}`) }] : [],
  );
  const details: Section[] =
    unfit.length > 0 ? [{ title: say('restore.other-accounts'), body: [{ kind: 'list', items: unfit }] }] : [];
  if (to.groups.length === 0 || fit.length === 0) {
    const title = say('restore.no-place', { vm: restorable.calledAs });
    const why = say(fit.length === 0 ? 'restore.no-account' : 'restore.no-group');
    const again = dialogButton(drawing, { title: say('button.check-again'), verb: 'again' });
    return {
      template: 'sheet',
      data: { mark: 'block', title, why, buttons: [again, ...navigation(drawing, 'button.close')], details },
    };
  }
  const go = dialogButton(drawing, { title: say('button.continue'), verb: 'submit', style: 'positive' });
  return {
    template: 'sheet',
    data: {
      mark: 'ask',
      title: say('restore.where', { vm: restorable.calledAs }),
      body: because(drawing),
      inputs: [...targetInputs(drawing, { groups: to.groups, accounts: fit }), ...makeInputs(drawing)],
      buttons: [go, ...replaceInstead(drawing, restorable), ...navigation(drawing)],
      note: say('restore.staging-note'),
      details,
    },
  };
}

/** Opens another dialog, if Azure Backup could replace the VM's disks: it says what that requires. */
function replaceInstead(drawing: RestoreDrawing, { vm, ade }: Restorable): Button[] {
  if (ade !== 'no' || !isMadeDirectly(drawing.known)) return [];
  const data = { command: `backup restore ${vm.id} replace` };
  return [{ title: drawing.words.say('button.replace-instead'), verb: 'command', data, withInputs: false }];
}

/** `isShort`: a quota has no room for the new VM, so that Azure would refuse it at the end. */
type Planned = { readonly part: RestoreDisksPart; readonly plan: PlanText; readonly isShort: boolean };

function confirmCard(drawing: RestoreDrawing, restorable: Restorable, { part, plan, isShort }: Planned): CardMessage {
  const { words, known } = drawing;
  const { say } = words;
  const { problems = [] } = known;
  const refused = objectionsIn(problems).length > 0;
  const name = known.machine?.name ?? null;
  const why = whatText(words, restorable, { part, name });
  return {
    template: 'sheet',
    data: {
      mark: refused ? 'block' : isShort ? 'warn' : 'ask',
      title: titleOf(drawing, restorable, { part, isShort }),
      why: refused ? undefined : why,
      body: [...confirmBlocks(drawing, restorable), ...(refused ? [] : asideBlocks(plan))],
      buttons: confirmButtons(drawing, { part, refused, isShort }),
      note: refused ? undefined : noteOf(drawing, part),
      line: joined([
        `${say('closing.point')}: ${words.dateTime(new Date(part.point.time))}`,
        part.targetGroup.name,
        part.vaultName,
        known.machine?.size,
      ]),
      details: [
        ...plan.more,
        { title: say('fold.plan'), body: [plan.lines, ...plan.remarks, ...(refused ? asideBlocks(plan) : [])] },
        { title: say('fold.commands'), body: [plan.commands] },
      ],
    },
  };
}

type Offered = Pick<Planned, 'part' | 'isShort'> & { readonly refused: boolean };

/** Starting it, and the ways back: to the recovery points too where one that is only in the vault is better. */
function confirmButtons(drawing: RestoreDrawing, { part, refused, isShort }: Offered): Button[] {
  const { known, words } = drawing;
  const { say } = words;
  const go = isPossible(known) && !isBlockedOffer(drawing, 'restore-disks') ? [goButton(drawing, isShort)] : [];
  const change = dialogButton(drawing, {
    title: say('button.change-target'),
    verb: 'change',
    data: { step: 'target' },
    ...((refused || isShort) && { style: 'positive' as const }),
  });
  const otherPoint = { title: say('button.other-point'), verb: 'change', data: { step: 'point' } };
  return [
    ...(isShort ? [change, ...go] : [...go, change]),
    ...(part.point.rotated ? [dialogButton(drawing, otherPoint)] : []),
    ...navigation(drawing, go.length > 0 ? 'button.cancel' : 'button.close'),
  ];
}

type Made = { readonly part: RestoreDisksPart; readonly name: string | null };

/** What comes of it; of a VM that no longer exists nothing stays as it is. */
function whatText({ say }: Words, { ade }: Restorable, { part, name }: Made): string {
  const where = { group: part.targetGroup.name, account: part.staging.name };
  if (name === null) return say(ade === 'gone' ? 'restore.what-gone' : 'restore.what', where);
  return say(ade === 'gone' ? 'restore.what-vm-gone' : 'restore.what-vm', { ...where, name });
}

function titleOf(
  { words: { say }, known: { problems = [], machine } }: RestoreDrawing,
  { calledAs: vm }: Restorable,
  { part, isShort }: Omit<Planned, 'plan'>,
): string {
  if (problems.some(({ lacks }) => lacks !== undefined))
    return say('restore.may-not', { group: part.targetGroup.name });
  if (objectionsIn(problems).length > 0) return say('restore.refused', { vm });
  if (isShort) return say('restore.short', { vm });
  return machine ? say('restore.sure-vm', { vm }) : say('restore.sure', { vm });
}

function confirmBlocks(drawing: RestoreDrawing, restorable: Restorable): Block[] {
  const { words, known } = drawing;
  const { say } = words;
  const { problems = [] } = known;
  // A permission that Kluis itself found missing isn't anything that Azure said.
  const told = problems.filter(({ message, code }) => message !== null || code !== null);
  return [
    ...because(drawing),
    ...problems.flatMap(({ keys }) => (keys ? [strong(shutOutText(words, keys))] : [])),
    ...problems.flatMap(({ lacks }) => (lacks ? [strong(say('restore.lacks', { action: lacks }))] : [])),
    ...inAzuresWords(told).map((text) => ({
      kind: 'text' as const,
      text: say('restore.azure-objects', { text }),
      tone: 'strong' as const,
    })),
    ...(restorable.mayRestore ? [] : [strong(say('restore.no-identity'))]),
    ...blockedOfferBlocks(words, drawing.blockedOffers),
    ...deletedBlocks(words, restorable),
    ...keyBlocks(words, problems.some(({ keys }) => keys) ? { ...restorable, mayRestore: false } : restorable),
    ...changedKeys(words, restorable, drawing.known.point),
    ...customerKeyBlocks(words, restorable, drawing.known.point),
    ...zoneBlocks(words, restorable, drawing.known.point),
    ...guardBlocks(words, restorable),
  ];
}

function goButton(drawing: RestoreDrawing, isShort: boolean): Button {
  const isVm = drawing.known.target?.make === 'vm';
  const title = drawing.words.say(
    isShort ? 'button.restore-anyway' : isVm ? 'button.restore-vm' : 'button.restore-disks',
  );
  return dialogButton(drawing, {
    title,
    verb: 'submit',
    data: { go: 'restore-disks' },
    withInputs: false,
    ...(!isShort && { style: 'positive' as const }),
  });
}

/** What is left for a person to do afterwards. */
function noteOf({ words, known }: RestoreDrawing, { point }: RestoreDisksPart): string {
  const { say } = words;
  const carried = isMadeDirectly(known) ? 'restore.not-carried-directly' : 'restore.not-carried';
  if (known.target?.make === 'vm') return [say(carried), say('restore.costs-vm')].join(' ');
  const old = hasTemplate(point.time) ? [] : [say('restore.no-template')];
  return [...(point.encrypted === true ? [say('restore.ade-after')] : []), ...old, say('restore.costs')].join(' ');
}
