/** The cards of `/backup restore`. Pure. */
import type { Block, Button, CardMessage, Input, Section } from '../../message/card-data.ts';
import type { FindingToSay, Words } from '../../message/words.ts';
import { noneMeantCard } from '../cards/none-meant-card.ts';
import { blockedOfferBlocks, isBlockedOffer } from '../cards/ruled-words.ts';
import type { Drawing, PlanText } from '../conversation.ts';
import { dialogButton, navigation } from '../protect/card/drawing.ts';
import { hasTemplate } from './machine.ts';
import { machineCard, makeInputs } from './machine-card.ts';
import { dailyRestores, isPossible, offeredPoints, partOf, planOf, type RestoreKnown } from './choice.ts';
import type { Destinations, Restorable, RestorePoint } from './found.ts';
import type { RestoreDisksPart } from './plan.ts';
import { targetInputs } from './target-inputs.ts';

type RestoreDrawing = Drawing<RestoreKnown>;

/** Draws the card of whatever is asked. */
export function drawRestore(drawing: RestoreDrawing): CardMessage {
  const { words, known, status, next } = drawing;
  const vm = known.found?.restorable?.calledAs ?? known.args?.[0] ?? '';
  const isReading = next !== null && ['found', 'destinations', 'networks', 'problems'].includes(next);
  if (status === 'checking' || isReading || !known.found)
    return { template: 'notice', data: { mark: 'busy', title: words.say('looking.title', { vm }) } };
  const { restorable } = known.found;
  if (!restorable) {
    const { several, unread } = known.found;
    return noneMeantCard(drawing, { asked: vm, command: 'restore', several, unread });
  }
  if (offeredPoints(known.found).length === 0) return nothingCard(drawing, restorable);
  if (next === 'point' || !known.destinations) return pointCard(drawing, restorable);
  const [part, plan] = [partOf(known), planOf(known)];
  if (next === 'target' || !part) return targetCard(drawing, restorable, known.destinations);
  return next === 'machine' || !plan
    ? machineCard(drawing, restorable, because(drawing))
    : confirmCard(drawing, restorable, { part, plan: drawing.planText(plan) });
}

function pointCard(drawing: RestoreDrawing, restorable: Restorable): CardMessage {
  const { words, known } = drawing;
  const { say } = words;
  const offered = offeredPoints({ restorable, several: [], unread: [] });
  const choices = offered.map((point) => ({ title: pointText(drawing, point), value: point.name }));
  const go = dialogButton(drawing, { title: say('button.continue'), verb: 'submit', style: 'positive' });
  const pick: Input = {
    kind: 'pick',
    id: 'point',
    label: say('input.point'),
    choices,
    value: known.point ?? offered[0]?.name ?? '',
    style: 'filtered',
    required: say('input.point-required'),
  };
  return {
    template: 'sheet',
    data: {
      mark: 'ask',
      title: say('restore.which', { vm: restorable.calledAs }),
      why: say('restore.disks-only'),
      body: [...because(drawing), ...keyBlocks(words, restorable)],
      inputs: [pick],
      buttons: [go, ...navigation(drawing)],
      line: lineOf(words, restorable),
      details: blockedSection(drawing, restorable),
    },
  };
}

function pointText(
  { words, now }: RestoreDrawing,
  { time, consistency, encrypted, tiers, archived }: RestorePoint,
): string {
  const { say } = words;
  const at = new Date(time);
  const age = words.duration(now.getTime() - at.getTime());
  const kind = consistencyOf(words, consistency);
  const isSnapshot = tiers.some((one) => /^InstantRP$/i.test(one));
  const tier = say(archived ? 'tier.archive' : isSnapshot ? 'tier.snapshot' : 'tier.vault');
  const locked = encrypted === true ? [say('restore.encrypted')] : [];
  return [say('restore.row', { at: words.dateTime(at), age }), kind, tier, ...locked].join(' · ');
}

function consistencyOf({ say }: Words, consistency: string | null): string {
  if (/^AppConsistent$/i.test(consistency ?? '')) return say('consistency.application');
  if (/^FileSystemConsistent$/i.test(consistency ?? '')) return say('consistency.file-system');
  return say(/^CrashConsistent$/i.test(consistency ?? '') ? 'consistency.crash' : 'consistency.unknown');
}

/** What cannot be chosen, and why; and that older ones are not listed. */
function blockedSection(drawing: RestoreDrawing, { points, more }: Restorable): Section[] {
  const { words } = drawing;
  const rows = points.flatMap((point) =>
    point.blocked === null ? [] : [{ text: pointText(drawing, point), note: words.say(`restore.${point.blocked}`) }],
  );
  const older = more > 0 ? [{ text: words.say('restore.older', { count: more }) }] : [];
  const items = [...rows, ...older];
  return items.length > 0 ? [{ title: words.say('restore.not-offered'), body: [{ kind: 'list', items }] }] : [];
}

function targetCard(drawing: RestoreDrawing, restorable: Restorable, to: Destinations): CardMessage {
  const { words } = drawing;
  const { say } = words;
  const fit = to.accounts.filter(({ unfit }) => unfit === null);
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
      data: { mark: 'block', title, why, buttons: [again, ...navigation(drawing)], details },
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
      buttons: [go, ...navigation(drawing)],
      note: say('restore.staging-note'),
      details,
    },
  };
}

type Planned = { readonly part: RestoreDisksPart; readonly plan: PlanText };

function confirmCard(drawing: RestoreDrawing, restorable: Restorable, { part, plan }: Planned): CardMessage {
  const { words, known } = drawing;
  const { say } = words;
  const problems = (known.problems ?? []).map(({ message, code }) => message ?? code ?? '');
  const where = { group: part.targetGroup.name, account: part.staging.name };
  const name = known.machine?.name ?? null;
  const why = name === null ? say('restore.what', where) : say('restore.what-vm', { ...where, name });
  const go = isPossible(known) && !isBlockedOffer(drawing, 'restore-disks') ? [goButton(drawing)] : [];
  const change = dialogButton(drawing, {
    title: say('button.change-target'),
    verb: 'change',
    data: { step: 'target' },
  });
  return {
    template: 'sheet',
    data: {
      mark: problems.length > 0 ? 'block' : 'ask',
      title: titleOf(words, { vm: restorable.calledAs, name, refused: problems.length > 0 }),
      why,
      body: confirmBlocks(drawing, restorable, problems),
      buttons: [...go, change, ...navigation(drawing, go.length > 0 ? 'button.cancel' : 'button.close')],
      note: noteOf(drawing, part),
      line: [words.dateTime(new Date(part.point.time)), part.targetGroup.name, part.vaultName].join(' · '),
      details: [
        { title: say('fold.plan'), body: [plan.lines] },
        { title: say('fold.commands'), body: [plan.commands] },
      ],
    },
  };
}

type Asked = { readonly vm: string; readonly name: string | null; readonly refused: boolean };

function titleOf({ say }: Words, { vm, name, refused }: Asked): string {
  if (refused) return say('restore.refused', { vm });
  return name === null ? say('restore.sure', { vm }) : say('restore.sure-vm', { vm });
}

function confirmBlocks(drawing: RestoreDrawing, restorable: Restorable, problems: readonly string[]): Block[] {
  const { words } = drawing;
  const { say } = words;
  return [
    ...because(drawing),
    ...problems.map((text) => ({
      kind: 'text' as const,
      text: say('restore.azure-objects', { text }),
      tone: 'strong' as const,
    })),
    ...(restorable.mayRestore ? [] : [strong(say('restore.no-identity'))]),
    ...blockedOfferBlocks(words, drawing.blockedOffers),
    ...keyBlocks(words, restorable),
    ...changedKeys(words, restorable, drawing.known.point),
    ...guardBlocks(words, restorable),
  ];
}

function goButton(drawing: RestoreDrawing): Button {
  const isVm = drawing.known.target?.make === 'vm';
  const title = drawing.words.say(isVm ? 'button.restore-vm' : 'button.restore-disks');
  return dialogButton(drawing, {
    title,
    verb: 'submit',
    data: { go: 'restore-disks' },
    style: 'positive',
    withInputs: false,
  });
}

/** What is left to a person afterwards. */
function noteOf({ words, known }: RestoreDrawing, { point }: RestoreDisksPart): string {
  const { say } = words;
  if (known.target?.make === 'vm') return [say('restore.not-carried'), say('restore.costs-vm')].join(' ');
  const old = hasTemplate(point.time) ? [] : [say('restore.no-template')];
  return [...(point.encrypted === true ? [say('restore.ade-after')] : []), ...old, say('restore.costs')].join(' ');
}

/** That the disks had other keys at the recovery point than the VM has now. */
function changedKeys({ say, dateTime }: Words, { points, keysSince }: Restorable, name: string | undefined): Block[] {
  const point = points.find((one) => one.name === name);
  const isEarlier = point && point.encrypted !== false && keysSince !== null && point.time < keysSince;
  return isEarlier ? [strong(say('restore.keys-changed', { at: dateTime(new Date(keysSince)) }))] : [];
}

/** What of the keys the plan brings back. */
const broughtBack = new Set(['key-vault.deleted', 'kek-version.absent', 'secret.absent', 'secret.disabled']);

/** Keys that are gone do not keep disks from being restored, but keep them locked. */
function keyBlocks(words: Words, { keys, mayRestore }: Restorable): Block[] {
  const isBack = ({ code }: FindingToSay) => mayRestore && broughtBack.has(code);
  const titles = (some: readonly FindingToSay[]) => some.map((key) => words.finding(key).title).join('; ');
  const [back, gone] = [titles(keys.filter(isBack)), titles(keys.filter((key) => !isBack(key)))];
  return [
    ...(back === '' ? [] : [strong(words.say('restore.keys-back', { found: back }))]),
    ...(gone === '' ? [] : [strong(words.say('restore.keys-gone', { found: gone }))]),
  ];
}

function guardBlocks({ say }: Words, { guard, vaultName: vault }: Restorable): Block[] {
  if (guard === 'none') return [];
  return [strong(say(guard === 'unread' ? 'stop-protection.guard-unread' : 'stop-protection.guarded', { vault }))];
}

/** Nothing can be restored now. */
function nothingCard(drawing: RestoreDrawing, restorable: Restorable): CardMessage {
  const { words } = drawing;
  const { say } = words;
  const vm = restorable.calledAs;
  const again = dialogButton(drawing, { title: say('button.check-again'), verb: 'again' });
  const close = dialogButton(drawing, { title: say('button.close'), verb: 'cancel' });
  const data = { command: `backup undelete ${restorable.vm.id}` };
  const undelete: Button = {
    title: say('button.undelete'),
    verb: 'command',
    data,
    withInputs: false,
    style: 'positive',
  };
  const isUsedUp = (restorable.today ?? 0) >= dailyRestores;
  const title = restorable.deleted
    ? say('backups.deleted', { vm })
    : say(isUsedUp ? 'restore.used-up' : 'restore.no-points', { vm });
  const buttons = [...(restorable.deleted ? [undelete] : []), again, close];
  return { template: 'sheet', data: { mark: 'block', title, buttons, details: blockedSection(drawing, restorable) } };
}

function lineOf({ say }: Words, { today, vaultName }: Restorable): string {
  const left = today === null ? [] : [say('restore.left', { left: Math.max(0, dailyRestores - today) })];
  return [vaultName, ...left].join(' · ');
}

/** What changed since the press. */
function because({ words, because: why }: RestoreDrawing): Block[] {
  return why ? [strong(words.refusal(why))] : [];
}

function strong(text: string): Block {
  return { kind: 'text', text, tone: 'strong' };
}
