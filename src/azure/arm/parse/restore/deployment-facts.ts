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
  return listOf(changes).map(({ resourceId, changeType, after }) => ({
    id: wordOrNull(resourceId),
    change: changeType ?? 'Unknown',
    disks: disksOf(after),
  }));
}

type StorageProfile = {
  readonly osDisk?: { readonly managedDisk?: { readonly id?: unknown } };
  readonly dataDisks?: readonly { readonly managedDisk?: { readonly id?: unknown } }[];
};

/** Of a VM as it would be; nothing else of it is kept. */
function disksOf(after: unknown): readonly string[] | null {
  const { type, properties } = (after ?? {}) as { type?: unknown; properties?: { storageProfile?: StorageProfile } };
  const { osDisk, dataDisks } = properties?.storageProfile ?? {};
  if (!osDisk || !/^Microsoft\.Compute\/virtualMachines$/i.test(String(type))) return null;
  return [osDisk, ...listOf(dataDisks)].map(({ managedDisk }) => wordOrNull(managedDisk?.id) ?? '');
}

function stateOf(state: string | undefined): DeploymentStatus['state'] {
  return state === 'Succeeded' || state === 'Failed' || state === 'Canceled' ? state : 'Running';
}
