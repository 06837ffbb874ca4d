import type { Call } from '../http/call.ts';
import type { ItemSpec, JobSpec, VaultSpec } from '../state/state-backup.ts';
import { ArmRefusal, resourceNotFound } from '../http/reply.ts';
import { at, same, vaultId } from '../ids.ts';
import { findItem } from '../state/find.ts';
import { bareName } from './names.ts';

/** The vault that a path names; throws ARM's 404 when there is none. */
export function theVault(call: Call): VaultSpec {
  const place = {
    subscription: call.params.sub ?? '',
    resourceGroup: call.params.group ?? '',
    name: call.params.vault ?? '',
  };
  const found = at(call.world.state.vaults, place);
  if (!found) throw resourceNotFound('Microsoft.RecoveryServices/vaults', place.name, place.resourceGroup);
  return found;
}

/** The ID of the vault that a path names, in the vault's own case. */
export function theVaultId(call: Call): string {
  return vaultId(theVault(call));
}

/** The container and item names of a path, without their prefixes; refused where they don't match each other. */
export function theContainer(call: Call): string {
  const container = bareName(call.params.container ?? '');
  const item = bareName(call.params.item ?? '');
  if (container !== null && container === item && same(call.params.fabric, 'Azure')) return container;
  throw invalidConfigureRequest();
}

/** The item that a path names. */
export function theItem(call: Call): ItemSpec {
  const found = findItem(call.world, theVaultId(call), theContainer(call));
  if (!found) throw new ArmRefusal(404, 'BMSUserErrorContainerObjectNotFound', 'Item not found');
  return found;
}

/** The job that a path names. */
export function theJob(call: Call): JobSpec {
  const id = theVaultId(call);
  const found = call.world.state.jobs.find((job) => same(job.id, call.params.job) && same(job.vaultId, id));
  if (!found) throw new ArmRefusal(404, 'BMSUserErrorObjectNotFound', 'Object not found');
  return found;
}

/** Azure Backup's refusal of a PUT whose container, item and source don't match, with its line break. */
export function invalidConfigureRequest(): ArmRefusal {
  return new ArmRefusal(
    400,
    'BMSUserErrorInvalidConfigureProtectionRequest',
    'Input for configure protection is not in proper format\r\nPlease ensure that container exists and other parameters are in valid format',
  );
}
