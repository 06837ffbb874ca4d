import type { Conversation, RightAsked, RightTarget } from '../conversation.ts';
import type { Brief } from './brief.ts';
import { chosenOnes, choices, manyFlow, type ManyKnown, type ManyPorts } from './flow.ts';
import { drawMany } from './messages.ts';
import { planMany } from './plan-many.ts';

/** The dialog behind `/backup a b c`. */
export const manyConversation: Conversation<ManyKnown, ManyPorts> = {
  flow: manyFlow,
  draw: drawMany,
  answers: ['go'],
  offers: ({ table }) => {
    const go = table ? choices(table)[0] : undefined;
    return go && table ? rightTo({ table, go }) : null;
  },
  rightFor: (inputs, { table }) => {
    const go = table ? choices(table).find((choice) => choice === inputs.go) : undefined;
    return go && table ? rightTo({ table, go }) : null;
  },
  rightToStart: rightTo,
  plan: planMany,
};

function rightTo(known: Pick<ManyKnown, 'table' | 'go'>): RightAsked {
  const goal = known.go === 'all' ? 'grant-protect-and-back-up' : 'protect-and-back-up';
  return { goal, targets: chosenOnes(known).map((row) => targetOf(row)) };
}

function targetOf({ vm, item, destination, grants }: Brief): RightTarget {
  return {
    vm: vm?.name,
    vmTags: vm?.tags,
    resourceGroup: vm?.resourceGroup,
    subscription: vm?.subscription,
    vault: item?.vaultName ?? destination?.vaultName,
    keyVaults: grants.map((need) => need.keyVaultName),
  };
}
