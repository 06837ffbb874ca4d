/** The wording of problems other than a failed backup: a schedule, a protection, a setting. */
import { groupOf } from '../core/arm-id.ts';
import type { Button } from '../message/card-data.ts';
import { azureStatusLink, portalLink } from '../message/portal-link.ts';
import { fixBlocks } from '../message/rendering/fix-blocks.ts';
import type { Words } from '../message/words.ts';
import type { Affected, SightedCause, SightedKind } from './alert.ts';
import { atOnce, commandButton, lastGoodOf, type Over, type Telling } from './telling.ts';

/** The parts of the card while these have this problem. */
export function sightedTelling(words: Words, { kind }: SightedCause, wrong: readonly Affected[]): Telling {
  const { say } = words;
  const [only] = wrong as [Affected];
  const title =
    wrong.length === 1
      ? say(`sighted.${kind}.one`, { name: only.name })
      : say(`sighted.${kind}.many`, { count: wrong.length });
  return {
    title,
    rest: say(`sighted.${kind}.why`),
    noteOf: (one) => noteOf(words, kind, one),
    fixes: fixBlocks(fixOf(words, kind, only)),
    buttons: ways[kind].map((way, at) => buttonOf(words, way, { wrong, isFirst: at === 0 })),
    azure: azureFacts(words, only),
    link: linkOf(words, only),
  };
}

function linkOf({ say }: Words, { of, vaultId }: Affected): Telling['link'] {
  if (of === 'azure') return azureStatusLink(say('link.azure-status'));
  return portalLink(say(of === 'group' ? 'link.group' : 'link.vault'), vaultId);
}

/** How it ended, for these. */
export function sightedOver({ say }: Words, { kind }: SightedCause, well: readonly Affected[]): Over {
  const [only] = well;
  const title =
    well.length === 1 && only
      ? say('sighted.over-one', { name: only.name })
      : say('sighted.over-many', { count: well.length });
  return { title: well.length === 0 ? say('sighted.moved') : title, sentence: say(`sighted.${kind}.why`) };
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
function fixOf({ say }: Words, kind: SightedKind, { vaultId, vault, calledAs }: Affected): string {
  const group = groupOf(vaultId)?.resourceGroup ?? '';
  return [say(`sighted.${kind}.fix`, { vault, vm: calledAs }), commandOf(kind, { group, vault })].join(' ').trim();
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

/**
 * What opens the cards with the fixes. A command about VMs takes several names; any other takes one, and with several
 * the button takes the first.
 */
const ways = {
  'schedule-missed': [{ title: 'button.back-up-now', word: 'now', takes: 'vms' }],
  'job-endless': [{ title: 'button.show-job', word: 'job', takes: 'job' }],
  'vm-gone': [
    { title: 'button.restore', word: 'restore', takes: 'vm' },
    { title: 'button.stop', word: 'stop', takes: 'vm' },
  ],
  'protection-stopped': [{ title: 'button.resume', word: 'resume', takes: 'vm' }],
  'soft-deleted': [{ title: 'button.undelete', word: 'undelete', takes: 'vm' }],
  'backups-deleted': [{ title: 'button.see-vm', word: '', takes: 'vms' }],
  'soft-delete-off': [],
  'immutability-off': [],
  'guard-off': [],
  'azure-away': [],
  'drill-failed': [{ title: 'button.drill-again', word: 'drill', takes: 'vm' }],
  'drill-left': [{ title: 'button.delete-left', word: 'leftovers', takes: 'vm' }],
} as const satisfies Readonly<Record<SightedKind, readonly object[]>>;
type Way = (typeof ways)[SightedKind][number];

type Of = { readonly wrong: readonly Affected[]; readonly isFirst: boolean };

function buttonOf({ say }: Words, way: Way, { wrong, isFirst }: Of): Button {
  const [only] = wrong as [Affected];
  const many = wrong.length > 1 && way.takes === 'vms';
  const named = many ? atOnce(wrong) : [only];
  const typed = named.map((one) => (way.takes === 'job' ? (one.jobId ?? one.calledAs) : one.calledAs));
  const command = ['backup', way.word, ...typed].filter(Boolean).join(' ');
  const one = wrong.length > 1 ? `${say(way.title)} (${only.name})` : say(way.title);
  const title = many ? say('failures.fix-many', { count: named.length, left: wrong.length - named.length }) : one;
  const button = commandButton({ title, command, about: named.map(({ name }) => name).join(', ') });
  return isFirst ? button : { ...button, style: 'default' };
}

function azureFacts({ say }: Words, { of, jobId, activityId, vaultId }: Affected): Telling['azure'] {
  return [
    { title: say(of === 'group' ? 'drills.group' : 'sighted.place'), value: vaultId || '–' },
    ...(jobId ? [{ title: say('failed.job'), value: jobId }] : []),
    ...(activityId ? [{ title: say('failed.request'), value: activityId }] : []),
  ];
}
