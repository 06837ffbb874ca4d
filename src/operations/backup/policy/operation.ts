import { dialog, operation, type Operation } from '../../dialogs/operation.ts';
import { about } from '../../ground/targets.ts';
import { type Policy, policyAsk, policyMemo, type PolicyPart, policyWaits } from '../../parts/policy.ts';
import { policyDialog } from './dialog.ts';
import { runPolicy } from './run.ts';
import { policyPartWords } from './words.ts';

/** Creating a policy. */
export const createPolicy = {
  ...policyOperation('create-policy'),
  command: { word: 'policy', takes: 'words', help: [{ typed: 'policy new', says: 'policy' }] },
  dialogs: [dialog(policyDialog)],
} satisfies Operation;

/** Changing a policy. */
export const changePolicy = policyOperation('change-policy');

function policyOperation(name: PolicyPart['does']) {
  return operation<Policy>({
    name,
    part: {
      memo: policyMemo,
      runner: runPolicy,
      words: policyPartWords,
      about: ({ shape, vaultId, vaultName }) => about(shape.name, { vault: { id: vaultId, name: vaultName } }),
      asks: (part) => [policyAsk(part.does, part)],
      waits: policyWaits,
      diagnoses: 'configure',
    },
    dialogs: [],
  });
}
