/** `backup status a b`: the state of each named VM: last backup, next run, and what is wrong. */
import type { VmEntry } from '../../azure/gateway.ts';
import type { Unread } from '../../azure/partial-read.ts';
import { isRefusal } from '../../core/refusal.ts';
import { isNamedBy, parseTarget } from '../../core/vm-target.ts';
import type { Block, CardMessage, Mark } from '../../message/card-data.ts';
import { findingInRow } from '../../message/rendering/cause-titles.ts';
import { dueText } from '../../message/due-text.ts';
import { findingPhrase } from '../../message/finding-phrase.ts';
import { unreadBlocks } from '../../message/unread-words.ts';
import type { Words } from '../../message/words.ts';
import { assess } from '../../readiness/assess/assess.ts';
import type { Assessment, ProtectionKind } from '../../readiness/findings/assessment.ts';
import type { Finding } from '../../readiness/findings/finding.ts';
import { gatherMany } from '../../readiness/gather/gather-many.ts';
import type { Estate } from '../../operations/dialogs/estate.ts';
import { buttonsOf, type ViewDrawing } from '../view.ts';

/** One named VM. `standing` null: no VM has that name, or several. Times are ISO texts. */
type Row = {
  readonly asked: string;
  readonly count: number;
  readonly standing: {
    readonly kind: ProtectionKind;
    readonly last: string | null;
    readonly isRead: boolean;
    readonly next: string | null;
    readonly afterClockChange?: boolean;
    readonly problem: Pick<Finding, 'code' | 'params'> | null;
    readonly isFine: boolean;
    /** Whether so little could be read that it may well be in order. */
    readonly isUnknown: boolean;
  } | null;
};

/** The table. */
export type StatusTable = { readonly table: readonly Row[]; readonly unread: readonly Unread[] };

const maxNamed = 50;
const buttonsShown = 3;

/** Reads it. */
export async function readTable(names: readonly string[], estate: Estate): Promise<StatusTable> {
  const { reads, readiness, azureNow } = estate;
  const listed = await estate.vms.fresh();
  const named = [...new Set(names)].slice(0, maxNamed).map((asked) => ({ asked, vms: vmsNamed(asked, listed.read) }));
  const single = named.flatMap(({ vms }) => (vms.length === 1 && vms[0] ? [vms[0]] : []));
  const asks = single.map((vm) => ({ vmId: vm.id, subscription: vm.subscription, region: vm.region }));
  const readings = await gatherMany(reads, { vms: asks, ...readiness, now: azureNow() });
  const standings = new Map(readings.map((reading) => [reading.vmId, standingOf(assess(reading, readiness.rules))]));
  const table = named.map(({ asked, vms }): Row => {
    const [only] = vms.length === 1 ? vms : [];
    return { asked, count: vms.length, standing: only ? (standings.get(only.id) ?? null) : null };
  });
  return { table, unread: table.some(({ count }) => count === 0) ? listed.unread : [] };
}

/** Renders it. */
export function drawTable({ words, result, readAt, button }: ViewDrawing<StatusTable>): CardMessage {
  const { say } = words;
  const bad = result.table.filter(({ standing }) => !standing?.isFine);
  const worstFirst = [...bad, ...result.table.filter(({ standing }) => standing?.isFine)];
  const found = bad.filter(({ count }) => count > 0);
  const open = found.slice(0, buttonsShown).map(({ asked }) => ({
    title: say('button.open-vm', { vm: asked }),
    verb: 'command',
    data: { command: `backup ${asked}` },
    withInputs: false,
  }));
  const unknown = bad.filter((row) => isUnknown(row, result.unread)).length;
  const mark: Mark = bad.length > unknown ? 'warn' : unknown > 0 ? 'unknown' : 'ok';
  const counts = { count: result.table.length, bad: bad.length - unknown };
  return {
    template: 'sheet',
    data: {
      mark,
      title: unknown > 0 ? say('status.table-unknown', { ...counts, unknown }) : say('status.table', counts),
      body: [
        ...worstFirst.map((row) => lineOf(words, row, { unread: result.unread, now: readAt })),
        ...unreadBlocks(words, result.unread),
      ],
      buttons: buttonsOf(open, [button({ title: say('button.refresh'), verb: 'again' })]),
      footer: say('view.read-at', { at: words.dateTime(readAt) }),
    },
  };
}

function isUnknown({ standing, count }: Row, unread: readonly Unread[]): boolean {
  return standing ? standing.isUnknown : count === 0 && unread.length > 0;
}

function vmsNamed(asked: string, vms: readonly VmEntry[]): VmEntry[] {
  const target = parseTarget(asked);
  return isRefusal(target) ? [] : vms.filter((vm) => isNamedBy(vm, target));
}

function standingOf({ protection, findings, verdict }: Assessment): Row['standing'] {
  const { kind, lastPoint, lastBackup, points, tonight } = protection;
  const stop = tonight.works === 'no' ? findings.find(({ code }) => code === tonight.because) : undefined;
  const problem = stop ?? findings.find((one) => !one.aside && one.verdict === 'block');
  const unsure = findings.find((one) => !one.aside && (one.verdict === 'unknown' || one.verdict === 'warn'));
  const told = problem ?? unsure;
  return {
    kind,
    last: lastPoint?.time ?? lastBackup?.time ?? null,
    isRead: points !== null || lastBackup !== null,
    next: tonight.nextRun,
    afterClockChange: tonight.afterClockChange ?? false,
    problem: told ? { code: told.code, params: told.params } : null,
    isFine: kind === 'protected' && !problem && verdict !== 'unknown',
    // A VM that is protected where Kluis can't read may well be in order, whatever else couldn't be read about it.
    isUnknown:
      kind === 'elsewhere' || (!problem && (kind === 'unknown' || (kind === 'protected' && verdict === 'unknown'))),
  };
}

type Read = { readonly unread: readonly Unread[]; readonly now: Date };

function lineOf(words: Words, { asked, count, standing }: Row, { unread, now }: Read): Block {
  const { say } = words;
  const note = standing ? noteOf(words, standing, now) : nobody(words, count, unread);
  return { kind: 'list', items: [{ text: asked, note: note || say('status.not-known') }] };
}

function nobody({ say }: Words, count: number, unread: readonly Unread[]): string {
  if (count > 1) return say('status.several', { count });
  return say(unread.length > 0 ? 'status.no-vm-read' : 'status.no-vm');
}

function noteOf(words: Words, standing: NonNullable<Row['standing']>, now: Date): string {
  const { say } = words;
  const time = (iso: string) => words.said(new Date(iso), now);
  const { kind, last, isRead, next } = standing;
  const lastSaid = last ? say('status.last', { at: time(last) }) : say(isRead ? 'status.never' : 'status.last-unread');
  // "Not protected yet" only repeats that it has no backup.
  const problem = standing.problem?.code === 'protection.none' ? null : standing.problem;
  const why = problem
    ? findingInRow(words, problem, findingPhrase(words, problem))
    : standing.isFine
      ? say('status.fine')
      : '';
  const parts =
    kind === 'none' ? [say('status.no-backup')] : kind === 'unknown' ? [say('status.not-known')] : [lastSaid];
  return [...parts, next ? say('status.next', { at: dueText(words, time(next), standing) }) : '', why]
    .filter(Boolean)
    .join(' · ');
}
