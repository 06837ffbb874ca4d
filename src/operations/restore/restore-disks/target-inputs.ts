/** The inputs about where restored disks go. Pure. */
import { z } from 'zod';
import type { Input } from '../../../message/card-data.ts';
import type { Words } from '../../../message/words.ts';
import type { Drawing, Inputs } from '../../dialogs/dialog-kind.ts';
import { isArchived, type RestoreKnown, type Target } from './choice.ts';
import type { Destinations } from './found.ts';
import { priorities, type Priority } from '../../parts/restore-disks.ts';

const stagingInput = z.strictObject({
  account: z.string(),
  reason: z.string().trim().min(1).max(500),
  priority: z.enum(priorities).optional(),
});
const targetInput = stagingInput.extend({ group: z.string(), make: z.enum(['disks', 'vm']).default('disks') });

/** How any restore is staged and why, as sent; null: it is something else. */
export function readStaging(input: unknown): z.infer<typeof stagingInput> | null {
  return stagingInput.safeParse(input).data ?? null;
}

/** Whether a restore was sent without its reason. */
export function lacksReason(input: unknown): boolean {
  const { reason } = z.looseObject({ reason: z.string() }).safeParse(input).data ?? {};
  return reason?.trim() === '';
}

/** Where the disks go, as sent; null: it is something else. */
export function readTarget(input: unknown): Target | null {
  return targetInput.safeParse(input).data ?? null;
}

/** The fields of the card that asks where the disks go. */
export function targetInputs(
  { words, known, earlier, reason }: Drawing<RestoreKnown>,
  { groups, accounts }: Pick<Destinations, 'groups' | 'accounts'>,
): Input[] {
  const chosen = known.target ?? readTarget(earlier) ?? undefined;
  const archived = known.found !== undefined && isArchived(known.found, known.point ?? '');
  return [
    pickOf(words, 'group', { among: groups, value: chosen?.group ?? groupForRestores(groups) }),
    ...stagingInputs(words, { accounts, archived, chosen, reason }),
  ];
}

/** The only one that is named after restores; undefined: none, or several. */
function groupForRestores(groups: Destinations['groups']): string | undefined {
  const [only, ...more] = groups.filter(({ name }) => /(^|[-_.])(restored?|restores|herstel)([-_.]|$)/i.test(name));
  return more.length === 0 ? only?.id : undefined;
}

type Staging = {
  readonly accounts: Destinations['accounts'];
  readonly archived: boolean;
  readonly chosen: Pick<Target, 'account' | 'reason' | 'priority'> | undefined;
  /** What the reason starts with. */
  readonly reason: string | undefined;
};

/** The fields of any restore: where it is staged, how soon an archived point is needed, and why. */
export function stagingInputs(words: Words, { accounts, archived, chosen, reason }: Staging): Input[] {
  const { say } = words;
  const why = chosen?.reason ?? reason;
  return [
    pickOf(words, 'account', { among: accounts, value: chosen?.account }),
    ...(archived ? [priorityInput(words, chosen?.priority)] : []),
    {
      kind: 'text',
      id: 'reason',
      label: say('input.restore-reason'),
      required: say('input.restore-reason-required'),
      maxLength: 500,
      ...(why !== undefined && { value: why }),
    },
  ];
}

/** Fields that answer one step; none if none of them was given. */
export function together(step: string, given: Readonly<Record<string, string | undefined>>): Inputs {
  const fields = Object.entries(given).filter(([, value]) => value !== undefined);
  return fields.length === 0 ? {} : { [step]: Object.fromEntries(fields) };
}

function priorityInput(words: Words, chosen: Priority | undefined): Input {
  const among = priorities.map((id) => ({ id, name: words.say(`priority.${id}`) }));
  return pickOf(words, 'priority', { among, value: chosen ?? 'Standard' });
}

type Picked = {
  readonly among: readonly { readonly id: string; readonly name: string }[];
  readonly value?: string | undefined;
};

function pickOf({ say }: Words, id: 'group' | 'account' | 'priority', { among, value }: Picked): Input {
  const only = among.length === 1 ? among[0]?.id : undefined;
  const isThere = among.some((one) => one.id === value);
  const chosen = isThere ? value : only;
  return {
    kind: 'pick',
    id,
    label: say(`input.restore-${id}`),
    choices: among.map((one) => ({ title: one.name, value: one.id })),
    ...(chosen !== undefined && { value: chosen }),
    style: 'filtered',
    required: say(`input.restore-${id}-required`),
    ...(value !== undefined && !isThere && { error: say('input.restore-gone') }),
  };
}
