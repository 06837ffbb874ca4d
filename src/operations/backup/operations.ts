import { backUpNow } from './back-up-now/operation.ts';
import { cancelJob } from './cancel-job/operation.ts';
import { grantKeyVaultAccess } from './grant-key-vault-access/operation.ts';
import { changePolicy, createPolicy } from './policy/operation.ts';
import { protect } from './protect/operation.ts';
import { resumeProtection, stopProtection, undelete } from './protection/operation.ts';
import { recoverKeyVault } from './recover-key-vault/operation.ts';
import { registerProvider } from './register-provider/operation.ts';

/** Protecting, backing up, and what that needs: the provider, access to a key vault, a policy. */
export const backupOperations = [
  registerProvider,
  grantKeyVaultAccess,
  protect,
  backUpNow,
  cancelJob,
  createPolicy,
  changePolicy,
  stopProtection,
  resumeProtection,
  undelete,
  recoverKeyVault,
] as const;
