import { allowVmWithoutKek } from './allow-vm-without-kek/operation.ts';
import { endKekException } from './end-kek-exception/operation.ts';

/** Exceptions from the rule on the KEK. */
export const exceptionOperations = [allowVmWithoutKek, endKekException] as const;
