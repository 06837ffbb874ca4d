/** The wording of problems other than a failed backup: a schedule, a protection, a setting. */
import { groupOf } from '../core/arm-id.ts';
import { listTagged } from '../core/drill-tag.ts';
import { sharedNames } from '../core/vm-target.ts';
import { shellWord } from '../core/shell-word.ts';
import type { Button } from '../message/card-data.ts';
import { azureStatusLink, portalLink } from '../message/portal-link.ts';
import { fixSteps } from '../core/fix-steps.ts';
import { fixBlocks } from '../message/rendering/fix-blocks.ts';
import { toldFacts } from '../message/rendering/told-facts.ts';
import { whyUnread } from '../message/unread-words.ts';
import type { Words } from '../message/words.ts';
import type { Affected, SightedCause, SightedKind, WhyUnread } from './alert.ts';
import { atOnce, commandButton, lastGoodOf, type Ended, type Over, type Picks, type Telling } from './telling.ts';

/** The parts of the card while these have this problem. */
export function sightedTelling(words: Words, { kind }: SightedCause, wrong: readonly Affected[]): Telling {
  const { say } = words;
  const [only] = wrong as [Affected];
  const count = wrong.length;
  return {
    title: titleOf(words, kind, wrong),
    rest: say(`sighted.${kind}.why`, { count }),
    noteOf: (one, now) => noteOf(words, kind, { one, now }),
    fixes: fixBlocks(fixSteps(fixOf(words, kind, wrong))),
    ...actionsOf(words, kind, wrong),
    azure: azureFacts(words, only),
    link: linkOf(words, only),
  };
}

function linkOf({ say }: Words, { of, vaultId }: Affected): Telling['link'] {
  if (of === 'azure') return azureStatusLink(say('link.azure-status'));
  return portalLink(say(of === 'group' ? 'link.group' : 'link.vault'), vaultId);
}

/** How it ended, for these. */
export function sightedOver(words: Words, { kind }: SightedCause, { well, affected, took }: Ended): Over {
  const { say } = words;
  const lasted = say('alert.lasted', { took });
  if (well.length === 0) return { title: say('sighted.moved'), why: `${titleOf(words, kind, affected)}. ${lasted}` };
  const was = titleOf(words, kind, well);
  const [first] = well as [Affected];
  const phrase = was.startsWith(first.name) ? was : `${was.slice(0, 1).toLowerCase()}${was.slice(1)}`;
  return { title: say('sighted.over', { was: phrase }), why: lasted };
}

/** What is wrong with these. */
function titleOf({ say }: Words, kind: SightedKind, wrong: readonly Affected[]): string {
  const [only] = wrong as [Affected];
  const reason = reasonOf(wrong);
  return wrong.length === 1
    ? say(`sighted.${kind}.one`, { name: only.name, ...reason })
    : say(`sighted.${kind}.many`, { count: wrong.length, ...reason });
}

/** Why these can't be read, in one word; `several`: not for one reason, or it is another problem. */
function reasonOf(wrong: readonly Affected[]): { readonly reason: string; readonly answer: string } {
  const reasons = wrong.map(({ unread }) => (unread ? wordOf(unread) : { reason: 'several', answer: '' }));
  const [first] = reasons;
  const isShared = new Set(reasons.map(({ reason, answer }) => `${reason} ${answer}`)).size === 1;
  return first && isShared ? first : { reason: 'several', answer: '' };
}

/** Azure's answer is a part of the reason only if it says nothing else. */
function wordOf({ why, action, answer }: WhyUnread): { reason: string; answer: string } {
  if (why === 'denied') return { reason: action === null ? 'refused' : 'denied', answer: '' };
  if (why === 'missing') return { reason: why, answer: '' };
  return answer === null ? { reason: 'silent', answer: '' } : { reason: 'answered', answer };
}

type At = { readonly one: Affected; readonly now: Date };

function noteOf(words: Words, kind: SightedKind, { one, now }: At): string {
  const { say } = words;
  const { failures, told, unread } = one;
  return [
    ...(kind === 'schedule-missed' ? [say('sighted.missed-times', { count: failures })] : []),
    ...(kind === 'schedule-missed' ? [lastGoodOf(words, one, now)] : []),
    ...(told ? [told[words.context.locale]] : []),
    ...(unread ? [unreadNote(words, unread)] : []),
    ...doerText(words, one, now),
  ].join(' · ');
}

/** The missing permission, or what Azure answered. */
function unreadNote(words: Words, { why, action, answer }: WhyUnread): string {
  const isNamed = why === 'denied' && action !== null;
  const said = isNamed || answer === null ? { why, action } : { why: 'silent' as const, action, answer };
  return whyUnread(words, said).replace(/\.$/, '');
}

function doerText({ say, dated }: Words, { doer, sought }: Affected, now: Date): string[] {
  if (doer === undefined) return [];
  if (doer === 'unread') return [say('sighted.doer-unread')];
  if (doer === 'unnamed' && sought?.from)
    return [say('sighted.doer-unnamed-since', { at: dated(new Date(sought.from), now) })];
  if (doer === 'unnamed') return [say('sighted.doer-unnamed')];
  return [say('sighted.doer', { who: doer.who, at: dated(new Date(doer.at), now) })];
}

/** The fix in words, with the commands if Kluis has no operation for it. */
function fixOf({ say }: Words, kind: SightedKind, wrong: readonly Affected[]): string {
  const [{ vaultId, vault, calledAs, subscription }] = wrong as [Affected];
  const group = groupOf(vaultId)?.resourceGroup ?? '';
  const { reason } = reasonOf(wrong);
  const params = { vault, vm: calledAs, count: wrong.length, reason, command: readerCommand(wrong) };
  return [say(`sighted.${kind}.fix`, params), commandOf(kind, { group, vault, subscription })].join(' ').trim();
}

/** The role that lets Kluis read, at the subscription of these. */
function readerCommand(wrong: readonly Affected[]): string {
  const all = [...new Set(wrong.map(({ subscription }) => subscription))];
  const scope = `/subscriptions/${all.length === 1 ? all[0] : '<subscription ID>'}`;
  return `az role assignment create --assignee <AZURE_CLIENT_ID> --role kluis-reader --scope ${scope}`;
}

/** The command, if Kluis has no operation for it: its identity doesn't change settings of a Recovery Services vault. */
function commandOf(
  kind: SightedKind,
  at: Pick<Affected, 'vault' | 'subscription'> & { readonly group: string },
): string {
  const { group, vault, subscription } = at;
  const place = `-g ${shellWord(group)} -n ${shellWord(vault)}`;
  switch (kind) {
    case 'drill-left':
      return listTagged(subscription);
    case 'soft-delete-off':
      return `az backup vault backup-properties set ${place} --soft-delete-feature-state Enable`;
    case 'immutability-off':
      return `az backup vault update ${place} --immutability-state Unlocked`;
    case 'guard-off':
      return `az backup vault resource-guard-mapping update ${place} --resource-guard-id <Resource Guard id>`;
    default:
      return '';
  }
}

/** What opens the cards with the fixes. A command about VMs takes several names; any other takes one. */
const ways = {
  'schedule-missed': [{ title: 'button.back-up-now', word: 'now', takes: 'vms' }],
  'job-endless': [{ title: 'button.show-job', word: 'job', takes: 'job', named: 'show-job' }],
  'vm-gone': [
    { title: 'button.restore', word: 'restore', takes: 'vm', named: 'restore' },
    { title: 'button.stop', word: 'stop', takes: 'vm', named: 'stop' },
  ],
  'protection-stopped': [{ title: 'button.resume', word: 'resume', takes: 'vm', named: 'resume' }],
  'soft-deleted': [{ title: 'button.undelete', word: 'undelete', takes: 'vm', named: 'undelete' }],
  'backups-deleted': [{ title: 'button.see-vm', word: '', takes: 'vms' }],
  'soft-delete-off': [],
  'immutability-off': [],
  'guard-off': [],
  'azure-away': [],
  'vault-unread': [],
  'drill-failed': [{ title: 'button.drill-again', word: 'drill', takes: 'vm', named: 'drill-again' }],
  'drill-left': [{ title: 'button.see-left', word: 'leftovers', takes: 'vm', named: 'see-left' }],
} as const satisfies Readonly<Record<SightedKind, readonly object[]>>;
type Way = (typeof ways)[SightedKind][number];
type Single = Exclude<Way, { takes: 'vms' }>;

/** A card has room for two of these buttons. */
const maxButtons = 2;

/**
 * A button for each way; if its command takes one name, one for each affected, or a list to pick from if there are
 * more.
 */
function actionsOf(words: Words, kind: SightedKind, wrong: readonly Affected[]): Pick<Telling, 'buttons' | 'picks'> {
  const { say } = words;
  const each: readonly Way[] = ways[kind];
  const several = each.filter((way) => way.takes === 'vms').map((way) => vmsButton(words, way, wrong));
  const single = each.filter((way) => way.takes !== 'vms');
  if (single.length * wrong.length > maxButtons) {
    const buttons = single.map(({ title, word }) => pickButton(say(title), `backup ${word}`));
    return { buttons: inOrder([...several, ...buttons]), picks: picksOf(words, single, wrong) };
  }
  const isOnly = wrong.length === 1;
  const buttons = single.flatMap((way) => wrong.map((one) => oneButton(words, way, { one, isOnly })));
  return { buttons: inOrder([...several, ...buttons]) };
}

/** Only the first one is primary. */
function inOrder(buttons: readonly Button[]): Button[] {
  return buttons.map((button, at) => (at === 0 ? button : { ...button, style: 'default' }));
}

/** A button that types a command with what was picked. */
function pickButton(title: string, command: string): Button {
  return { title, verb: 'command', data: { command, picked: true }, withInputs: true, style: 'positive' };
}

/** All of them by name; two with the same name with their groups. */
function picksOf({ say }: Words, [way]: readonly Single[], wrong: readonly Affected[]): Picks {
  const isShared = sharedNames(wrong.map(({ name }) => name));
  const choices = wrong.map((one) => ({
    title: isShared(one.name) ? one.calledAs : one.name,
    value: typedOf(way, one),
  }));
  const isGroup = wrong.every(({ of }) => of === 'group');
  return {
    label: say(isGroup ? 'drills.group' : 'home.vm'),
    choices: choices.toSorted((a, b) => a.title.localeCompare(b.title)),
  };
}

function typedOf(way: Single | undefined, { jobId, calledAs }: Affected): string {
  return way?.takes === 'job' ? (jobId ?? calledAs) : calledAs;
}

function vmsButton({ say }: Words, { title, word }: Way, wrong: readonly Affected[]): Button {
  const named = atOnce(wrong);
  const [count, left] = [named.length, wrong.length - named.length];
  return commandButton({
    title:
      wrong.length === 1
        ? say(title)
        : say(word === 'now' ? 'failures.back-up-many' : 'failures.fix-many', { count, left }),
    command: ['backup', word, ...named.map(({ calledAs }) => calledAs)].filter(Boolean).join(' '),
    about: named.map(({ name }) => name).join(', '),
  });
}

function oneButton({ say }: Words, way: Single, { one, isOnly }: OfOne): Button {
  const title = isOnly ? say(way.title) : say(`sighted.way.${way.named}`, { vm: one.name });
  return commandButton({ title, command: `backup ${way.word} ${typedOf(way, one)}`, about: one.name });
}

type OfOne = { readonly one: Affected; readonly isOnly: boolean };

function azureFacts({ say }: Words, { of, jobId, activityId, vaultId, unread }: Affected): Telling['azure'] {
  return [
    { title: say(of === 'group' ? 'drills.group' : 'sighted.place'), value: vaultId || '–' },
    ...(jobId ? [{ title: say('failed.job'), value: jobId }] : []),
    ...(activityId ? [{ title: say('failed.request'), value: activityId }] : []),
    ...toldFacts([
      [say('failed.code'), unread?.answer ?? ''],
      [say('failed.azure-says'), unread?.says ?? ''],
    ]).facts,
  ];
}
