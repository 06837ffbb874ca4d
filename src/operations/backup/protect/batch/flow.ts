/**
 * The dialog behind `/backup a b c`: reads all VMs at once, shows one table by cause, and continues with those that
 * can.
 */
import { z } from 'zod';
import { isRefusal, refuse } from '../../../../core/refusal.ts';
import { sameId } from '../../../../core/arm-id.ts';
import { toJson } from '../../../../core/json.ts';
import { flow, neverKept, type Parsed } from '../../../../dialog/flow.ts';
import type { Unread } from '../../../../azure/partial-read.ts';
import { maxVms } from '../../../../core/one-command.ts';
import { parseTarget } from '../../../../core/vm-target.ts';
import { givesNoMore } from '../../../../readiness/findings/same-or-better.ts';
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

/** What it reads. */
export type BatchPorts = { readonly table: (names: readonly string[]) => Promise<BatchKnown['table']> };

const askedInput = z.strictObject({
  names: z.array(z.string().min(1).max(2000)).min(2),
  keepDays: z.number().int().min(1).nullable(),
});

/** The flow. */
export const batchFlow = flow<BatchKnown, BatchPorts>({
  name: 'backup-many',
  steps: [
    { kind: 'ask', id: 'asked', parse: parseAsked },
    { kind: 'find', id: 'table', lookup: async ({ asked }, ports) => toJson(await ports.table(asked.names)), worse },
    {
      kind: 'ask',
      id: 'go',
      parse: (input, { table }) => {
        const offer = choices(table).find((choice) => choice === input);
        return offer ? { value: offer } : refuse('not-offered');
      },
      reopened: neverKept,
    },
    {
      kind: 'ask',
      id: 'sure',
      when: (known) => finalOnes(known).length > 0,
      parse: (input) => (input === 'yes' ? { value: 'yes' } : refuse('not-offered')),
      reopened: neverKept,
    },
  ],
});

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

function parseAsked(input: unknown): Parsed {
  const given = askedInput.safeParse(input);
  if (!given.success) return refuse('not-offered');
  const names = [...new Set(given.data.names.map((name) => name.replace(/^vm:/i, '')))];
  if (names.length > maxVms) return refuse('too-many-names', { most: maxVms });
  const bad = names.map((name) => parseTarget(name)).find(isRefusal);
  return bad ?? { value: { names, keepDays: given.data.keepDays } };
}

/**
 * Other VMs would continue than were shown, or one goes elsewhere, or more access would be given for it, or there is
 * something new to know.
 */
function worse(shown: BatchKnown, now: BatchKnown): boolean {
  if (!choices(now.table).includes(shown.go)) return true;
  const before = chosenOnes(shown);
  const after = new Map(chosenOnes({ table: now.table, go: shown.go }).map((row) => [row.vm?.id, row]));
  if (after.size > before.length) return true;
  return before.some((row) => {
    const still = after.get(row.vm?.id);
    return !still || !givesNoMore(row.grants, still.grants) || goesElsewhere(row, still) || saysMore(row, still);
  });
}

function saysMore(shown: Brief, now: Brief): boolean {
  return now.notes.some(({ code }) => !shown.notes.some((note) => note.code === code));
}

// A VM that somebody protected in the meantime is adopted.
function goesElsewhere(shown: Brief, now: Brief): boolean {
  if (shown.item) return now.item === null || !sameId(shown.item.ref.vaultId, now.item.ref.vaultId);
  const [before, after] = [shown.destination, now.destination];
  return now.item === null && (before?.vaultId !== after?.vaultId || before?.policyId !== after?.policyId);
}
