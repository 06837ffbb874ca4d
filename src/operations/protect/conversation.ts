import type { Finding } from '../../readiness/finding.ts';
import type { Conversation, RightAsked, RightTarget } from '../conversation.ts';
import { backupFlow, type BackupKnown, type BackupPorts } from './flow.ts';
import { drawBackup } from './messages.ts';
import { planBackup } from './plan-backup.ts';
import { typedChoice } from './typed-choice.ts';

/** The dialog behind `/backup vm`. */
export const backupConversation: Conversation<BackupKnown, BackupPorts> = {
  flow: backupFlow,
  draw: drawBackup,
  answers: ['vm', 'vault', 'policy', 'go', 'sure', 'name'],
  inputs: ({ name, ...inputs }, known) => {
    if (name === undefined) return inputs;
    const { wish = 'look', keepDays = null } = known.asked ?? {};
    return { asked: { text: name, wish, keepDays } };
  },
  offers: ({ reading }) => {
    const goal = reading?.goals[0];
    return goal && reading ? { goal, targets: [targetOf({ reading })] } : null;
  },
  rightFor: (inputs, { reading, go }) => {
    const chosen = inputs.go ?? (inputs.sure ? go : undefined);
    const goal = reading?.goals.find((offer) => offer === chosen);
    return goal && reading ? { goal, targets: [targetOf({ reading })] } : null;
  },
  checksAgain: ({ reading }) => reading?.assessment.findings.some(passesByItself) ?? false,
  plan: planBackup,
  rightToStart: (known): RightAsked => ({ goal: known.go, targets: [targetOf(known)] }),
  typed: typedChoice,
};

/** Encrypting that goes on, a restart that is awaited, a change that runs. What blocks is not worth a second look so soon. */
function passesByItself({ verdict, fix, code }: Finding): boolean {
  return verdict === 'warn' && (fix?.kind === 'wait' || code === 'encrypting.restart');
}

/** What the dialog would act on. */
export function targetOf({ reading }: Pick<BackupKnown, 'reading'>): RightTarget {
  const { vm, grants, protection } = reading.assessment;
  return {
    vm: vm.name,
    vmTags: vm.tags,
    resourceGroup: vm.resourceGroup,
    subscription: vm.subscription,
    vault: protection.vaultName ?? undefined,
    keyVaults: grants.map((need) => need.keyVaultName),
  };
}
