import { type Kinds, readinessKinds } from './readiness-kinds.ts';
import { alertKinds } from './alert-kinds.ts';
import { keyKinds } from './key-kinds.ts';
import { operationKinds } from './operation-kinds.ts';
import { policyKinds } from './policy-kinds.ts';
import { drillKinds } from './drill-kinds.ts';
import { requestKinds } from './request-kinds.ts';
import { restoreEndKinds } from './restore-end-kinds.ts';
import { restoreKinds } from './restore-kinds.ts';
import { viewKinds } from './view-kinds.ts';

/** Every kind of card, as the product renders it. */
export const cardKinds: Kinds = {
  ...readinessKinds,
  ...operationKinds,
  ...policyKinds,
  ...drillKinds,
  ...requestKinds,
  ...alertKinds,
  ...restoreKinds,
  ...keyKinds,
  ...restoreEndKinds,
  ...viewKinds,
};
