import { alertMutants } from './alerts.ts';
import { approvalMutants } from './approval.ts';
import type { Mutant } from './mutant.ts';
import { operationMutants } from './operations.ts';
import { peopleMutants } from './people.ts';

/** All mutants by area, as `--area` takes it. */
export const mutants: Readonly<Record<string, readonly Mutant[]>> = {
  approval: approvalMutants,
  people: peopleMutants,
  operations: operationMutants,
  alerts: alertMutants,
};
