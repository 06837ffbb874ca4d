import type { DeploymentExtended, DeploymentOperation, WhatIfOperationResult } from '@azure/arm-resourcesdeployments';
import type { DeploymentStatus, WhatIf } from '../../../gateway.ts';
import { innerErrors } from '../../error-envelope.ts';
import { WireFailure } from '../../map-fault.ts';
import { listOf, wordOrNull } from '../azure-values.ts';

/** A deployment with its operations as the product sees it. */
export function deploymentStatus(
  { properties }: DeploymentExtended,
  operations: readonly DeploymentOperation[],
): DeploymentStatus {
  const made = operations.flatMap(({ properties: one }) => {
    const isMade = one?.provisioningOperation === 'Create' && one.provisioningState === 'Succeeded';
    return (isMade && one.targetResource?.id) || [];
  });
  return { state: stateOf(properties?.provisioningState), errors: innerErrors(properties?.error), made };
}

/** What a deployment would change, according to Azure. A failed calculation is a failure, not an empty list. */
export function whatIfOf({ status, error, changes }: WhatIfOperationResult): WhatIf {
  const [first] = innerErrors(error);
  if (first) throw new WireFailure({ kind: 'refused', code: first.code, says: first.message });
  if (status !== 'Succeeded' || !changes) throw new WireFailure({ kind: 'garbled', code: 'NoWhatIf' });
  return listOf(changes).map(({ resourceId, changeType }) => ({
    id: wordOrNull(resourceId),
    change: changeType ?? 'Unknown',
  }));
}

function stateOf(state: string | undefined): DeploymentStatus['state'] {
  return state === 'Succeeded' || state === 'Failed' || state === 'Canceled' ? state : 'Running';
}
