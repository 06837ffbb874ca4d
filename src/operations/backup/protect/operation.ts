import { dialog, operation } from '../../dialogs/operation.ts';
import { batchDialog } from './batch/dialog.ts';
import { aboutItem, asksOnVm } from '../../ground/targets.ts';
import { backupDialog } from './dialog.ts';
import { type Protect, protectMemo, protectWaits } from '../../parts/protect.ts';
import { runProtect } from './run.ts';
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
  dialogs: [dialog(backupDialog), dialog(batchDialog)],
});
