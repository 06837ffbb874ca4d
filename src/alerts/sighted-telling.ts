/** The wording of problems other than a failed backup: a schedule, a protection, a setting. */
import { groupOf } from '../core/arm-id.ts';
import type { Button } from '../message/card-data.ts';
import { azureStatusLink, portalLink } from '../message/portal-link.ts';
import { fixBlocks } from '../message/rendering/fix-blocks.ts';
import type { Words } from '../message/words.ts';
import type { Affected, SightedCause, SightedKind } from './alert.ts';
import { atOnce, commandButton, lastGoodOf, type Ended, type Over, type Telling } from './telling.ts';

/** The parts of the card while these have this problem. */
export function sightedTelling(words: Words, { kind }: SightedCause, wrong: readonly Affected[]): Telling {
  const { say } = words;
  const [only] = wrong as [Affected];
  const count = wrong.length;
  return {
    title: titleOf(words, kind, wrong),
    rest: say(`sighted.${kind}.why`, { count }),
    noteOf: (one) => noteOf(words, kind, one),
    fixes: fixBlocks(fixOf(words, kind, wrong)),
    buttons: buttonsOf(words, kind, wrong),
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
  return wrong.length === 1
    ? say(`sighted.${kind}.one`, { name: only.name })
    : say(`sighted.${kind}.many`, { count: wrong.length });
}

function noteOf(words: Words, kind: SightedKind, one: Affected): string {
  const { say } = words;
  const { failures, doer, sought, told } = one;
  return [
    ...(kind === 'schedule-missed' ? [say('sighted.missed-times', { count: failures })] : []),
    ...(kind === 'schedule-missed' ? [lastGoodOf(words, one)] : []),
    ...(told ? [told[words.context.locale]] : []),
    ...(doer === undefined ? [] : [doerText(words, doer, sought)]),
  ].join(' · ');
}

function doerText({ say }: Words, doer: NonNullable<Affected['doer']>, sought: Affected['sought']): string {
  if (doer === 'unread') return say('sighted.doer-unread');
  if (doer === 'unnamed' && sought?.from) return say('sighted.doer-unnamed-since', { at: new Date(sought.from) });
  if (doer === 'unnamed') return say('sighted.doer-unnamed');
  return say('sighted.doer', { who: doer.who, at: new Date(doer.at) });
}

/** The fix in words, with the commands if Kluis has no operation for it. */
function fixOf({ say }: Words, kind: SightedKind, wrong: readonly Affected[]): string {
  const [{ vaultId, vault, calledAs }] = wrong as [Affected];
  const group = groupOf(vaultId)?.resourceGroup ?? '';
  return [say(`sighted.${kind}.fix`, { vault, vm: calledAs, count: wrong.length }), commandOf(kind, { group, vault })]
    .join(' ')
    .trim();
}

/** The command, if Kluis has no operation for it: its identity doesn't change settings of a Recovery Services vault. */
function commandOf(kind: SightedKind, { group, vault }: { readonly group: string; readonly vault: string }): string {
  const place = `-g ${group} -n ${vault}`;
  switch (kind) {
    case 'drill-left':
      return `az resource list -g ${group} --tag kluis-drill --output table`;
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
  'drill-failed': [{ title: 'button.drill-again', word: 'drill', takes: 'vm', named: 'drill-again' }],
  'drill-left': [{ title: 'button.see-left', word: 'leftovers', takes: 'vm', named: 'see-left' }],
} as const satisfies Readonly<Record<SightedKind, readonly object[]>>;
type Way = (typeof ways)[SightedKind][number];

/** A card has room for two of these buttons. */
const maxButtons = 2;

/** A button for each way; if a command takes one name, one for each affected as long as there is room. */
function buttonsOf(words: Words, kind: SightedKind, wrong: readonly Affected[]): Button[] {
  const [first] = wrong as [Affected];
  const each: readonly Way[] = ways[kind];
  const buttons = each.flatMap((way) => {
    if (way.takes === 'vms') return [vmsButton(words, way, wrong)];
    const some = each.length === 1 ? wrong.slice(0, maxButtons) : [first];
    return some.map((one) => oneButton(words, way, { one, isOnly: wrong.length === 1 }));
  });
  return buttons.map((button, at) => (at === 0 ? button : { ...button, style: 'default' }));
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

function oneButton({ say }: Words, way: Exclude<Way, { takes: 'vms' }>, { one, isOnly }: OfOne): Button {
  const typed = way.takes === 'job' ? (one.jobId ?? one.calledAs) : one.calledAs;
  const title = isOnly ? say(way.title) : say(`sighted.way.${way.named}`, { vm: one.name });
  return commandButton({ title, command: `backup ${way.word} ${typed}`, about: one.name });
}

type OfOne = { readonly one: Affected; readonly isOnly: boolean };

function azureFacts({ say }: Words, { of, jobId, activityId, vaultId }: Affected): Telling['azure'] {
  return [
    { title: say(of === 'group' ? 'drills.group' : 'sighted.place'), value: vaultId || '–' },
    ...(jobId ? [{ title: say('failed.job'), value: jobId }] : []),
    ...(activityId ? [{ title: say('failed.request'), value: activityId }] : []),
  ];
}
