import type { SimState } from '../state/state.ts';
import type { VmSpec } from '../state/state-compute.ts';
import type { KeyVaultSpec } from '../state/state-keyvault.ts';
import type { RoleAssignmentSpec } from '../state/state-access.ts';
import { IDENTITIES } from '../http/call.ts';
import { keyVaultId, same, vmId } from '../ids.ts';
import { SUBSCRIPTION } from '../estate/known.ts';
import { BACKUP_OBJECT_ID } from '../backup-app.ts';
import { guidOf } from '../invented.ts';
import { addMachine, type MachinePlan } from '../estate/machines.ts';
import { roleIdOf } from '../estate/roles.ts';

/** One real-world case: what it is about, and what it changes in the estate. */
export type Scenario = { about: string; load(state: SimState, now: Date): void };

type Case = Partial<MachinePlan> & { name: string };

/** Adds the VM of a case: in rg-app, Windows, two disks with BEK and KEK in kv-prod-weu, unless said otherwise. */
export function seedMachine(state: SimState, plan: Case): VmSpec {
  dropMachine(state, plan.resourceGroup ?? 'rg-app', plan.name);
  const plain = 'bek' in plan ? {} : { bek: 'kv-prod-weu', kek: 'kv-prod-weu' };
  return addMachine(state, {
    resourceGroup: 'rg-app',
    os: 'Windows',
    subscription: SUBSCRIPTION,
    created: '2026-01-15T10:20:30.4567891Z',
    ...plain,
    ...plan,
  });
}

/** Removes a VM with its disks. Its protection stays. */
export function dropMachine(state: SimState, resourceGroup: string, name: string): void {
  const id = vmId({ subscription: SUBSCRIPTION, resourceGroup, name });
  state.vms = state.vms.filter((vm) => !same(vmId(vm), id));
  state.disks = state.disks.filter((disk) => !same(disk.managedBy, id));
}

/** Adds a key vault, and lets the grant identity write its access policies. */
export function seedKeyVault(state: SimState, vault: KeyVaultSpec): KeyVaultSpec {
  state.keyVaults = state.keyVaults.filter((known) => known.name !== vault.name);
  state.keyVaults.push(vault);
  if (!vault.rbac) {
    seedAssignment(state, {
      scope: keyVaultId(vault),
      roleId: roleIdOf('grant-by-access-policy-role'),
      principalId: IDENTITIES['kluis-grant'],
    });
  }
  return vault;
}

/** Adds a role assignment that is long in force, for Azure Backup unless said otherwise. */
export function seedAssignment(
  state: SimState,
  given: { scope: string; roleId: string } & Partial<RoleAssignmentSpec>,
): void {
  const principalId = given.principalId ?? BACKUP_OBJECT_ID;
  const name = guidOf(`scenario ${given.scope} ${given.roleId} ${principalId}`);
  state.roleAssignments = state.roleAssignments.filter((known) => known.name !== name);
  state.roleAssignments.push({
    principalType: 'ServicePrincipal',
    created: '2025-10-01T09:00:00.0000000Z',
    ...given,
    name,
    principalId,
  });
}

/** The VM of the estate with this name; throws if a case needs one that is gone. */
export function vmNamed(state: SimState, name: string): VmSpec {
  const found = state.vms.find((vm) => vm.name === name);
  if (!found) throw new Error(`the estate has no VM ${name}`);
  return found;
}
