import { dialog, operation, type Operation } from '../operation.ts';
import type { PartRunner } from '../part.ts';
import type { PartWords } from '../cards/part-words.ts';
import { about } from '../targets.ts';
import { policyAsk } from './asks.ts';
import { policyConversation } from './conversation.ts';
import { changePolicyPart, createPolicyPart, policyMemo, type Policy, type PolicyPart } from './plan.ts';
import { policyPorts } from './ports.ts';
import { runPolicy } from './run.ts';
import { policyPartWords } from './words.ts';

/** Making a policy. */
export const createPolicy: Operation = {
  ...policyOperation('create-policy', createPolicyPart),
  command: { word: 'policy', takes: 'words' },
  dialogs: [dialog(policyConversation, policyPorts)],
};

/** Changing a policy. */
export const changePolicy: Operation = policyOperation('change-policy', changePolicyPart);

function policyOperation<P extends PolicyPart>(
  name: P['does'],
  schema: { parse: (value: unknown) => P } & Operation<Policy<P>>['part']['schema'],
): Operation {
  return operation<Policy<P>>({
    name,
    part: {
      schema,
      memo: policyMemo,
      runner: runPolicy as unknown as PartRunner<Policy<P>>,
      words: policyPartWords as unknown as PartWords<Policy<P>>,
      about: ({ shape, vaultId, vaultName }) => about(shape.name, { vault: { id: vaultId, name: vaultName } }),
      asks: (part) => [policyAsk(part.does, part)],
      diagnoses: 'configure',
    },
    dialogs: [],
  });
}
