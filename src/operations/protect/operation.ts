import { dialog, operation } from '../operation.ts';
import { batchConversation } from '../protect-batch/conversation.ts';
import { batchPorts } from '../protect-batch/ports.ts';
import { aboutItem, asksOnVm } from '../targets.ts';
import { backupConversation } from './conversation.ts';
import { protectMemo, type Protect } from './plan.ts';
import { backupPorts } from './ports.ts';
import { runProtect } from './run.ts';
import { protectWaits } from './waits.ts';
import { protectWords } from './words.ts';

/**
 * The permissions needed in Azure: on the Recovery Services vault, and on the VM, which Azure checks as a linked scope.
 */
const azureActions = {
  vault: ['Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/write'],
  vm: ['Microsoft.Compute/virtualMachines/read', 'Microsoft.Compute/virtualMachines/write'],
} as const;

/** Enabling protection. */
export const protect = operation<Protect>({
  name: 'protect',
  part: {
    memo: protectMemo,
    runner: runProtect,
    words: protectWords,
    about: (part) => ({ ...aboutItem(part), keksInReach: part.keksInReach ?? null }),
    asks: (part) =>
      asksOnVm('protect', part, [
        { scope: part.ref.vaultId, actions: azureActions.vault },
        { scope: part.vm.id, actions: azureActions.vm },
      ]),
    waits: protectWaits,
    diagnoses: 'configure',
  },
  dialogs: [dialog(backupConversation, backupPorts), dialog(batchConversation, batchPorts)],
});
