/** What the dialog behind `/backup a b c` knows, and which VMs a choice continues with. Pure. */
import type { Unread } from '../../../../azure/partial-read.ts';
import type { Brief } from './brief.ts';

/** What can be chosen: the VMs that can continue as they are, or also those that need access or a provider first. */
export type BatchChoice = 'ready' | 'all';

/** What the dialog knows. */
export type BatchKnown = {
  readonly asked: { readonly names: readonly string[]; readonly keepDays: number | null };
  readonly table: {
    readonly rows: readonly Brief[];
    readonly unread?: readonly Unread[];
    /** The only word that is the name of a VM: one VM was meant, none was read, and nothing can be chosen. */
    readonly only?: string;
  };
  readonly go: BatchChoice;
  readonly [step: string]: unknown;
};

/** The chosen VMs whose protection begins in a Recovery Services vault that never deletes a backup early. */
export function finalOnes(known: Pick<BatchKnown, 'table' | 'go'>): readonly Brief[] {
  return chosenOnes(known).filter(({ item, destination }) => item === null && destination?.isFinal);
}

/**
 * The VMs that continue as they are. What couldn't be read blocks none: if need be Azure refuses it without side
 * effects.
 */
export function readyOnes({ rows }: BatchKnown['table']): readonly Brief[] {
  return rows.filter((row) => row.cause === 'ready' || row.cause === 'protected' || row.cause === 'unsure');
}

/** The VMs that continue once access is given. */
export function grantedOnes({ rows }: BatchKnown['table']): readonly Brief[] {
  return rows.filter((row) => row.cause === 'access' && mayGive(row) && placeOf(row));
}

/** The VMs that continue once a provider is registered, some of them after access was given too. */
export function registeredOnes({ rows }: BatchKnown['table']): readonly Brief[] {
  return rows.filter((row) => row.cause === 'provider' || (row.cause === 'provider-access' && mayGive(row)));
}

function mayGive({ mayGrant, grants }: Brief): boolean {
  return mayGrant && grants.every((need) => need.offered);
}

/** The possible choices for a table, the more complete first. */
export function choices(table: BatchKnown['table']): readonly BatchChoice[] {
  if (table.only !== undefined) return [];
  const all: BatchChoice[] = grantedOnes(table).length + registeredOnes(table).length > 0 ? ['all'] : [];
  return readyOnes(table).length > 0 ? [...all, 'ready'] : all;
}

/** The VMs of a choice. */
export function chosenOnes(known: Pick<BatchKnown, 'table' | 'go'>): readonly Brief[] {
  const ready = readyOnes(known.table);
  return known.go === 'all' ? [...ready, ...registeredOnes(known.table), ...grantedOnes(known.table)] : ready;
}

function placeOf(row: Brief): boolean {
  return row.destination !== null || row.item !== null;
}
