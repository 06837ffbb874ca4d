import { dialog, operation } from '../operation.ts';
import { batchConversation } from '../protect-batch/conversation.ts';
import { batchPorts } from '../protect-batch/ports.ts';
import { aboutItem, asksOnVm } from '../targets.ts';
import { backupConversation } from './conversation.ts';
import { protectMemo, protectPart, type Protect } from './plan.ts';
import { backupPorts } from './ports.ts';
import { runProtect } from './run.ts';
import { protectWords } from './words.ts';

/**
 * What somebody needs in Azure: on the Recovery Services vault, and on the VM, which Azure checks as a linked scope.
 */
const azureActions = {
  vault: ['Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/write'],
  vm: ['Microsoft.Compute/virtualMachines/read', 'Microsoft.Compute/virtualMachines/write'],
} as const;

/** Switching protection on. */
export const protect = operation<Protect>({
  name: 'protect',
  part: {
    schema: protectPart,
    memo: protectMemo,
    runner: runProtect,
    words: protectWords,
    about: (part) => ({ ...aboutItem(part), keksInReach: part.keksInReach ?? null }),
    asks: (part) =>
      asksOnVm('protect', part, [
        { scope: part.ref.vaultId, actions: azureActions.vault },
        { scope: part.vm.id, actions: azureActions.vm },
      ]),
    diagnoses: 'configure',
  },
  dialogs: [dialog(backupConversation, backupPorts), dialog(batchConversation, batchPorts)],
});
