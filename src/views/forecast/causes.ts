/** The rows of a forecast: one for each cause, with the VMs it affects, when they are due, and its fix. */
import { sharedNames } from '../../core/vm-target.ts';
import type { Block, Button } from '../../message/card-data.ts';
import { findingInRow } from '../../message/rendering/cause-titles.ts';
import { dueText } from '../../message/due-text.ts';
import { regionName } from '../../message/wording/region-names.ts';
import type { Words } from '../../message/words.ts';
import { stopButton, vmNames, vmsButton, type CalledVm } from '../cause-rows.ts';
import type { ForecastRow } from './forecast-of.ts';
import type { OwnWhy, Why } from './outlook.ts';

/** The headings of the rows, the worst first. */
const sections = ['fails', 'lost', 'at-risk', 'old', 'unread'] as const;
/** One of them. */
export type Section = (typeof sections)[number];

/** One cause with its VMs, the one that is due first before the others. */
type Cause = {
  readonly section: Section;
  readonly text: string;
  readonly why: Why | null;
  readonly vms: readonly ForecastRow[];
};

const dayMs = 86_400_000;

/** All causes, the worst first; of two equally bad ones, the one that affects more VMs. */
export function causesOf(words: Words, rows: readonly ForecastRow[], now: Date): Cause[] {
  return sections.flatMap((section) => {
    const each = rows.flatMap((row) =>
      whysIn(section, row).map((why) => ({ row, why, text: textOf(words, why, now) })),
    );
    return [...Map.groupBy(each, ({ text }) => text)]
      .map(([text, found]): Cause => {
        const vms = [...new Set(found.map(({ row }) => row))];
        return { section, text, why: found[0]?.why ?? null, vms: vms.toSorted(byNext) };
      })
      .toSorted((a, b) => b.vms.length - a.vms.length);
  });
}

/** The VMs of a section, each once. */
export function vmsIn(section: Section, rows: readonly ForecastRow[]): readonly ForecastRow[] {
  return rows.filter((row) => whysIn(section, row).length > 0);
}

/** The blocks of one page of causes; `rows` are all rows of the card. */
export function causeBlocks(
  words: Words,
  {
    causes,
    rows,
    now,
  }: { readonly causes: readonly Cause[]; readonly rows: readonly ForecastRow[]; readonly now: Date },
): Block[] {
  const isShared = sharedNames(rows.map(({ name }) => name));
  return sections.flatMap((section): Block[] => {
    const mine = causes.filter((cause) => cause.section === section);
    if (mine.length === 0) return [];
    const lines = mine.map((cause) => {
      const called = cause.vms.map((vm) => ({
        vm: isShared(vm.name) ? calledAs(vm) : vm.name,
        calledAs: calledAs(vm),
      }));
      const button = buttonOf(words, cause, called);
      return { text: vmNames(words, called), note: noteOf(words, cause, now), ...(button && { button }) };
    });
    const count = vmsIn(section, rows).length;
    return [{ kind: 'rows', heading: words.say(headings[section], { count }), rows: lines }];
  });
}

const headings = {
  fails: 'status.will-fail',
  lost: 'forecast.lost',
  'at-risk': 'forecast.at-risk',
  old: 'forecast.old',
  unread: 'protected-vms.unknown',
} as const satisfies Record<Section, string>;

/** Why a VM is in a section; empty: it isn't. */
export function whysIn(section: Section, { run, restore }: ForecastRow): readonly (Why | null)[] {
  if (section === 'lost') return restore.impossible;
  if (section === 'old') return restore.risks.filter(isOldPoint);
  const ofRun = run.state === section ? [run.why] : [];
  if (section === 'at-risk') return [...ofRun, ...restore.risks.filter((why) => !isOldPoint(why))];
  if (section !== 'unread') return ofRun;
  const own = run.why !== null && 'own' in run.why ? run.why.own : null;
  // What can't be read of a VM that is gone adds nothing.
  if (own === 'gone') return [];
  return own === 'beyond' ? ofRun : [...ofRun, ...restore.unread];
}

function isOldPoint(why: Why): boolean {
  return 'own' in why && why.own === 'old-point';
}

function textOf(words: Words, why: Why | null, now: Date): string {
  if (why === null) return words.say('status.not-known');
  if ('finding' in why) return findingInRow(words, why.finding);
  const { own, about } = why;
  if (own === 'old-point') return oldText(words, why, now);
  return words.say(`forecast.${own}`, { about: ofRegion.has(own) ? regionName(about) : about });
}

/** Those whose newest points were made on the same day share a row. */
function oldText(words: Words, { about, every = 'Unknown' }: OwnWhy, now: Date): string {
  const last = new Date(about);
  const days = Math.floor((now.getTime() - last.getTime()) / dayMs);
  const ago = words.duration(days * dayMs);
  return words.say('forecast.old-point', {
    at: words.nearDate(last, now),
    ago,
    every: words.say(`forecast.every-${every}`),
  });
}

/** The cause and, for the next backups, the time of the first. */
function noteOf(words: Words, { text, section, vms }: Cause, now: Date): string {
  const { say } = words;
  const [first] = vms;
  const next =
    (section === 'fails' || section === 'at-risk') && first?.next
      ? say('status.next', { at: dueText(words, words.said(new Date(first.next), now), first) })
      : '';
  return [text, next].filter(Boolean).join(' · ');
}

/** The fix: that of the checks, or the card on which a person continues. A missing setting has none. */
function buttonOf(words: Words, { section, why, vms }: Cause, called: readonly CalledVm[]): Button | null {
  const own = why !== null && 'own' in why ? why.own : null;
  const [only] = called;
  if (own === 'gone') return only && called.length === 1 ? stopButton(words, only) : null;
  if ((own !== null && ofSettings.has(own)) || vms.every(isGone)) return null;
  const isFix = section !== 'unread' && why !== null && 'finding' in why;
  return vmsButton(words, isFix ? 'fix' : 'check', called);
}

/** The causes that are about a region. */
const ofRegion: ReadonlySet<string> = new Set([
  ...['no-account', 'accounts-unread', 'no-right-staging', 'no-right-target'],
  ...['right-staging-unread', 'right-target-unread'],
]);

/** The causes that are about the installation, not a VM. */
const ofSettings: ReadonlySet<string> = new Set([
  'no-identity',
  'no-right',
  'no-right-group',
  'no-right-staging',
  'no-right-target',
  'no-account',
  'no-second-region',
  'guarded',
  'guard-unread',
  'used-up',
  'restores-unread',
  'keys-shut',
  'second-region-unread',
  'right-unread',
  'right-staging-unread',
  'right-target-unread',
  'accounts-unread',
  'nameless',
  'beyond',
]);

function isGone({ run: { why } }: ForecastRow): boolean {
  return why !== null && 'own' in why && why.own === 'gone';
}

function calledAs({ group, name }: ForecastRow): string {
  return `${group}/${name}`;
}

function byNext(a: ForecastRow, b: ForecastRow): number {
  return (a.next ?? '9').localeCompare(b.next ?? '9');
}
