/** The dialog behind `backup drills`: the entries that have a schedule, and a standing approval for one of them. */
import { z } from 'zod';
import { toJson } from '../../../core/json.ts';
import { isRefusal, refuse } from '../../../core/refusal.ts';
import { flow, neverKept } from '../../../dialog/flow.ts';
import { endOf } from '../../dialogs/end-date.ts';
import { argsStep, type DialogKind } from '../../dialogs/dialog-kind.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { endDrillsPart } from '../../parts/end-drills.ts';
import { planVersion, type Plan } from '../../parts/plan.ts';
import { allowDrillsPart, entryAsk } from '../../parts/allow-drills.ts';
import { drawDrills } from './card.ts';
import { findEntries } from './find-entries.ts';
import { maxDays, meantEntry, type DrillsKnown, type Entry } from './found.ts';

const argsInput = z.array(z.string().max(200)).max(1);

/** The dialog. */
export const allowDrillsDialog: DialogKind<DrillsKnown> = {
  flow: flow<DrillsKnown, Estate>({
    name: 'drills',
    steps: [
      argsStep(argsInput),
      {
        kind: 'find',
        id: 'found',
        lookup: async (_, estate) => toJson(await findEntries(estate)),
        worse: (shown, now) => {
          const [before, after] = [meantEntry(shown), meantEntry({ ...shown, ...now })];
          return before?.shape !== after?.shape || before?.standing !== after?.standing;
        },
      },
      {
        kind: 'ask',
        id: 'until',
        when: (known) => offerOf(meantEntry(known)) === 'allow-drills',
        parse: (input, { found }) => untilOf(input, found.at),
      },
      {
        kind: 'ask',
        id: 'go',
        parse: (input, known) =>
          typeof input === 'string' && input === offerOf(meantEntry(known)) ? { value: input } : refuse('not-offered'),
        reopened: neverKept,
      },
    ],
  }),
  draw: drawDrills,
  opensFor: () => [],
  about: ({ args }) => ['backup drills', ...(args ?? [])].join(' '),
  answers: ['until', 'go'],
  inputs: ({ until = '', ...rest }, known) =>
    offerOf(meantEntry(known)) === 'allow-drills' ? { until, ...rest } : rest,
  // From the entry alone: there is no plan before a day is typed.
  offers: (known) => {
    const entry = meantEntry(known);
    const go = offerOf(entry);
    return entry && go ? [{ go, asks: [entryAsk(go, entry.targetGroup)] }] : [];
  },
  plan: planOf,
  wrong: ({ until }, { found }, words) => {
    const when = untilOf(until, found?.at ?? '');
    return { ...(isRefusal(when) && { until: words.refusal(when) }) };
  },
};

function offerOf(entry: Entry | null): 'allow-drills' | 'end-drills' | null {
  if (entry === null) return null;
  return entry.standing === 'holds' ? 'end-drills' : 'allow-drills';
}

function planOf(known: DrillsKnown): Plan {
  const entry = meantEntry(known);
  if (!entry) throw new Error('what is not offered is never planned');
  const base = { version: planVersion, vms: [{ id: entry.targetGroup.id, name: entry.entry }] } as const;
  const { standing, until, by } = entry;
  const part = { id: 'drills', after: [], entry: entry.entry, targetGroup: entry.targetGroup };
  if (standing === 'holds')
    return { ...base, parts: [endDrillsPart.parse({ ...part, does: 'end-drills', until: until ?? '', by })] };
  const end = endOf(known.until, known.found.at, maxDays);
  // A part contains only the fields in its schema, nothing else that was found.
  return { ...base, parts: [allowDrillsPart.parse({ ...entry, ...part, does: 'allow-drills', until: end })] };
}

function untilOf(input: unknown, at: string) {
  const typed = typeof input === 'string' ? input.trim() : '';
  return endOf(typed, at, maxDays) === null ? refuse('drills-date') : { value: typed };
}
