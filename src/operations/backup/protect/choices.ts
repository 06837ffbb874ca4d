/** What can be chosen on the card of a VM. */
import type { OperationName } from '../../../people/operations.ts';

/**
 * The version of a stored reading's shape. It goes up with every new choice: in a rolling change, a process of the
 * release before then reads the VM itself rather than plan a choice that it doesn't know.
 */
export const readingShape = 4;

/** What can be chosen: the names of its plan's operations in order, joined by a plus. */
export type BackupChoice =
  | 'register-provider+grant-key-vault-access+protect+back-up-now'
  | 'register-provider+grant-key-vault-access+back-up-now'
  | 'register-provider+protect+back-up-now'
  | 'register-provider+back-up-now'
  | 'register-provider'
  | 'protect+back-up-now'
  | 'protect'
  | 'back-up-now'
  | 'grant-key-vault-access+protect+back-up-now'
  | 'grant-key-vault-access+back-up-now'
  | 'grant-key-vault-access'
  | 'recover-key-vault';

/** Whether a choice includes an operation. */
export function does(choice: BackupChoice, operation: OperationName): boolean {
  return choice.split('+').includes(operation);
}
