/**
 * The dialog behind `/backup a b c`: reads all VMs at once, shows one table by cause, and continues with those that
 * can.
 */
import { z } from 'zod';
import { isRefusal, refuse } from '../../../../core/refusal.ts';
import { sameId } from '../../../../core/arm-id.ts';
import { toJson } from '../../../../core/json.ts';
import { flow, neverKept, type Parsed } from '../../../../dialog/flow.ts';
import { maxVms } from '../../../../core/one-command.ts';
import { parseTarget } from '../../../../core/vm-target.ts';
import { givesNoMore } from '../../../../readiness/findings/same-or-better.ts';
import type { DialogKind, Offer } from '../../../dialogs/dialog-kind.ts';
import type { Estate } from '../../../dialogs/estate.ts';
import type { Brief } from './brief.ts';
import { choices, chosenOnes, finalOnes, type BatchKnown } from './choice.ts';
import { drawBatch } from './draw-batch.ts';
import { planBatch } from './plan-batch.ts';
import { readTable } from './read-table.ts';

const askedInput = z.strictObject({
  names: z.array(z.string().min(1).max(2000)).min(2),
  keepDays: z.number().int().min(1).nullable(),
});

const batchFlow = flow<BatchKnown, Estate>({
  name: 'backup-many',
  steps: [
    { kind: 'ask', id: 'asked', parse: parseAsked },
    {
      kind: 'find',
      id: 'table',
      lookup: async ({ asked }, estate) => toJson(await readTable(estate, asked.names)),
      worse,
    },
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

/** The dialog. */
export const batchDialog: DialogKind<BatchKnown> = {
  flow: batchFlow,
  draw: drawBatch,
  opensFor: () => [],
  about: ({ asked }) => ['backup', ...(asked?.names ?? [])].join(' '),
  answers: ['go', 'sure'],
  offers: ({ asked, table }, asksOf): readonly Offer[] =>
    asked && table ? choices(table).map((go) => ({ go, asks: asksOf(planBatch({ asked, table, go })) })) : [],
  plan: planBatch,
};

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
