import { dialog, operation, type Dialog, type Operation } from '../operation.ts';
import type { PartRunner } from '../part.ts';
import type { PartWords } from '../part-words.ts';
import { policyAsk } from './asks.ts';
import { policyConversation } from './conversation.ts';
import { changePolicyPart, createPolicyPart, policyMemo, type Policy, type PolicyPart } from './plan.ts';
import { policyPorts } from './ports.ts';
import { runPolicy } from './run.ts';
import { policyPartWords } from './words.ts';

/** Making a policy. */
export const createPolicy = policyOperation('create-policy', createPolicyPart, [
  dialog(policyConversation, policyPorts),
]);

/** Changing a policy. */
export const changePolicy = policyOperation('change-policy', changePolicyPart, []);

function policyOperation<P extends PolicyPart>(
  name: P['does'],
  schema: { parse: (value: unknown) => P } & Operation<Policy<P>>['part']['schema'],
  dialogs: readonly Dialog[],
): Operation {
  return operation<Policy<P>>({
    name,
    part: {
      schema,
      memo: policyMemo,
      runner: runPolicy as unknown as PartRunner<Policy<P>>,
      words: policyPartWords as unknown as PartWords<Policy<P>>,
      asks: (part) => [policyAsk(part.does, part)],
      diagnoses: 'configure',
    },
    dialogs,
  });
}
