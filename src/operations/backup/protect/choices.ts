/** What can be chosen on the card of a VM. */
import type { Json } from '../../../core/json.ts';
import type { OperationName } from '../../../people/operations.ts';

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

/** What a stored reading offers; `also`: what a release before doesn't know, and would plan without knowing how. */
type Stored = { readonly choices: readonly BackupChoice[]; readonly also?: readonly BackupChoice[] };

/** What a reading offers as stored: in a rolling change, a process of the release before sees only what it can plan. */
export function toStored<R extends { readonly choices: readonly BackupChoice[] }>(reading: R): R & Stored {
  const isNew = (choice: BackupChoice) => does(choice, 'recover-key-vault');
  const also = reading.choices.filter(isNew);
  if (also.length === 0) return reading;
  return { ...reading, choices: reading.choices.filter((choice) => !isNew(choice)), also };
}

/** The reading that was stored, with all that it offers, the best first. */
export function fromStored(stored: Json): Json {
  const { also = [], ...reading } = stored as unknown as Stored;
  return { ...reading, choices: [...also, ...reading.choices] } as unknown as Json;
}

/** Whether a choice includes an operation. */
export function does(choice: BackupChoice, operation: OperationName): boolean {
  return choice.split('+').includes(operation);
}
