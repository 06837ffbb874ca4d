/** What is asked about where restored disks go. Pure. */
import type { Input } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import type { Drawing } from '../conversation.ts';
import { isArchived, type RestoreKnown, type Target } from './choice.ts';
import type { Destinations } from './found.ts';
import { priorities } from './plan.ts';

/** The fields of the card that asks where the disks go. */
export function targetInputs(
  { words, known }: Drawing<RestoreKnown>,
  { groups, accounts }: Pick<Destinations, 'groups' | 'accounts'>,
): Input[] {
  const { say } = words;
  return [
    pickOf(words, 'group', { among: groups, value: known.target?.group }),
    pickOf(words, 'account', { among: accounts, value: known.target?.account }),
    ...(known.found && isArchived(known.found, known.point ?? '') ? [priorityInput(words, known.target)] : []),
    {
      kind: 'text',
      id: 'reason',
      label: say('input.restore-reason'),
      required: say('input.restore-reason-required'),
      maxLength: 500,
      ...(known.target && { value: known.target.reason }),
    },
  ];
}

function priorityInput(words: Words, target?: Target): Input {
  const among = priorities.map((id) => ({ id, name: words.say(`priority.${id}`) }));
  return pickOf(words, 'priority', { among, value: target?.priority ?? 'Standard' });
}

type Picked = {
  readonly among: readonly { readonly id: string; readonly name: string }[];
  readonly value?: string | undefined;
};

function pickOf({ say }: Words, id: 'group' | 'account' | 'priority', { among, value }: Picked): Input {
  const only = among.length === 1 ? among[0]?.id : undefined;
  const chosen = value ?? only;
  return {
    kind: 'pick',
    id,
    label: say(`input.restore-${id}`),
    choices: among.map((one) => ({ title: one.name, value: one.id })),
    ...(chosen !== undefined && { value: chosen }),
    style: 'filtered',
    required: say(`input.restore-${id}-required`),
  };
}
