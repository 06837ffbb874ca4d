import type { Kinds } from './readiness-kinds.ts';
import { operationKinds } from './operation-kinds.ts';
import { policyKinds } from './policy-kinds.ts';
import { readinessKinds } from './readiness-kinds.ts';

/** Every kind of card of the dialogs and operations, as the product draws it. */
export const cardKinds: Kinds = { ...readinessKinds, ...operationKinds, ...policyKinds };
