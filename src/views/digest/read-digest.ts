/** The content of a digest: how the VMs are protected, what will fail, what failed, and what is waiting. */
import type { ProtectedItem } from '../../azure/gateway.ts';
import type { Unread } from '../../azure/partial-read.ts';
import { parseArmId } from '../../core/arm-id.ts';
import type { BackupBook } from '../../core/books.ts';
import { lostKeys } from '../../readiness/lost-keys.ts';
import type { Estate } from '../../operations/dialogs/estate.ts';
import { drillsDue, type DrillsDue } from '../../operations/drill/drill/due.ts';
import { vmsIn } from '../forecast/causes.ts';
import { readForecastFacts, readOnce } from '../forecast/forecast-facts.ts';
import { forecastOf } from '../forecast/forecast-of.ts';
import { readProtectedVms } from '../protected-vms.ts';
import { nightCount, quarterMs } from './nights.ts';

/** The content of a digest. Plain JSON. */
export type Digest = {
  readonly vms: {
    readonly protected: number;
    readonly stopped: number;
    readonly open: number;
    /** Vaults that couldn't be read may protect these. */
    readonly unknown: number;
  };
  readonly forecast: {
    readonly fails: number;
    readonly lost: number;
    readonly risky: number;
    /** Those whose newest recovery point is too old. */
    readonly old: number;
    readonly unread: number;
  };
  /** The VM whose newest recovery point is the oldest (`at`: ISO text); the VMs that have none. */
  readonly exposed: { readonly vm: string; readonly at: string } | null;
  readonly without: readonly string[];
  /** The VMs that won't start again after a restart; absent in rows of an earlier release. */
  readonly locked?: readonly string[];
  readonly book: BackupBook;
  readonly waiting: { readonly approvals: number; readonly reviews: number };
  /** Absent in rows of an earlier release. */
  readonly drills?: DrillsDue;
  readonly unread: readonly Unread[];
};

const dayMs = 86_400_000;

/** Reads it: by lists, like the forecast. */
export async function readDigest(given: Estate): Promise<Digest> {
  const now = given.azureNow();
  const estate = { ...given, reads: readOnce(given.reads) };
  const [facts, read, book, waiting] = await Promise.all([
    readForecastFacts(estate),
    readProtectedVms(estate),
    estate.books.backups(new Date(now.getTime() - (nightCount + 1) * dayMs)),
    estate.books.waiting(),
  ]);
  const drills = await drillsDue(estate.drills, read, now);
  const { rows, unread } = forecastOf(facts);
  const states = read.vms.map(read.protectionOf);
  const count = (state: (typeof states)[number]) => states.filter((one) => one === state).length;
  return {
    vms: { protected: count('protected'), stopped: count('stopped'), open: count('open'), unknown: count('unknown') },
    forecast: {
      fails: vmsIn('fails', rows).length,
      lost: vmsIn('lost', rows).length,
      risky: vmsIn('at-risk', rows).length,
      old: vmsIn('old', rows).length,
      unread: vmsIn('unread', rows).length,
    },
    ...exposureOf(facts.vms.map(({ item }) => item)),
    locked: facts.vms
      .flatMap(({ assessment }) => (assessment && lostKeys(assessment) ? [assessment.vm.name] : []))
      .sort(),
    book: withPoints(
      book,
      facts.vms.map(({ item }) => item),
    ),
    waiting,
    drills,
    unread: [...read.unread.vms, ...unread],
  };
}

/** A recovery point proves that there was a good backup, even if nobody saw its job. */
function withPoints(book: BackupBook, items: readonly ProtectedItem[]): BackupBook {
  const made = items.flatMap(({ lastRecoveryPoint: point }) =>
    point ? [Math.floor(point.getTime() / quarterMs)] : [],
  );
  return { ...book, good: [...new Set([...book.good, ...made])].sort((a, b) => a - b) };
}

function exposureOf(items: readonly ProtectedItem[]): Pick<Digest, 'exposed' | 'without'> {
  const nameOf = (item: ProtectedItem) => parseArmId(item.vmId)?.name ?? item.friendlyName;
  const [exposed = null] = items
    .flatMap((item) => (item.lastRecoveryPoint ? [{ vm: nameOf(item), at: item.lastRecoveryPoint.toISOString() }] : []))
    .toSorted((a, b) => a.at.localeCompare(b.at));
  return { exposed, without: items.filter((item) => item.lastRecoveryPoint === null).map(nameOf) };
}
