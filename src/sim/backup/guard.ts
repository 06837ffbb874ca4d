import type { Call } from '../http/call.ts';
import { field, type JsonBody, textField } from '../json.ts';
import type { VaultSpec } from '../state/state-backup.ts';
import { enforceLinked } from '../access/enforce-linked.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import { stamp } from '../times.ts';
import { same, vaultId } from '../ids.ts';
import { theVault } from './find.ts';

const VAULTS = 'Microsoft.RecoveryServices/vaults';
const ITEM = 'backupFabrics/protectionContainers/protectedItems';
const RESTORE = `${ITEM}/recoveryPoints/restore/action`;

/**
 * What a Resource Guard protects, by the kind of request to name (azure-cli, test_backup_rg_mapping.yaml, recorded in
 * July 2026). The guard of that recording didn't protect the vault's own restores: that name is the specification's,
 * its action the CLI's (custom_help.py).
 */
const ACTIONS = {
  deleteProtectedItemRequests: `${ITEM}/delete`,
  updateProtectedItemRequests: `${ITEM}/write`,
  updateProtectionPolicyRequests: 'backupPolicies/write',
  deleteResourceGuardProxyRequests: 'backupResourceGuardProxies/delete',
  getBackupSecurityPINRequests: 'backupSecurityPIN/action',
  disableSoftDeleteRequests: 'backupconfig/write',
  modifyEncryptionSettings: 'write#modifyEncryptionSettings',
  stopProtectionWithRetainDataRequests: `${ITEM}/write#stopProtectionWithRetainData`,
  reduceImmutabilityStateRequests: 'write#reduceImmutabilityState',
  modifyImmutabilityDurationRequests: 'write#modifyImmutabilityDuration',
  deleteMABIdentityRequests: 'registeredIdentities/delete',
  configureCrossTenantVaultMappingRequests: 'backupCrossTenantVaultMappings/write',
  deleteCrossTenantVaultMappingRequests: 'backupCrossTenantVaultMappings/remove/action',
  crossTenantTriggerRestoreRequests: `backupCrossTenantVaultMappings/${RESTORE}`,
  triggerRestoreRequests: RESTORE,
} as const;
type Guarded = keyof typeof ACTIONS;

/** PUT of the link (azure-rest-api-specs, `ResourceGuardProxy_Put`): from then on the guard protects the vault. */
export function putGuard(call: Call): Reply {
  const vault = theVault(call);
  const resourceGuardId = textField(field(call.body, 'properties'), 'resourceGuardResourceId') ?? '';
  vault.guard = { name: call.params.proxy ?? '', resourceGuardId, updated: stamp(call.world.now()) };
  call.world.changed();
  return ok(guardBody(vault)[0] as JsonBody, 'none');
}

/** The vault's link to its Resource Guard: each guarded operation with the request to name. */
export function guardBody(vault: VaultSpec): JsonBody[] {
  const guard = vault.guard;
  if (!guard) return [];
  const kinds = (Object.keys(ACTIONS) as Guarded[]).filter((kind) => protects(vault, kind));
  return [
    {
      id: `${vaultId(vault)}/backupResourceGuardProxies/${guard.name}`,
      name: guard.name,
      type: `${VAULTS}/backupResourceGuardProxies`,
      properties: {
        resourceGuardResourceId: guard.resourceGuardId,
        resourceGuardOperationDetails: kinds.map((kind) => ({
          vaultCriticalOperation: `${VAULTS}/${ACTIONS[kind]}`,
          defaultResourceRequest: `${guard.resourceGuardId}/${kind}/default`,
        })),
        lastUpdatedTime: guard.updated,
        description: 'Please take JIT access before performing any of the critical operation',
      },
    },
  ];
}

/**
 * An operation that the guard protects needs its request named, and a caller who may use it: the specification calls
 * the field "ResourceGuardOperationRequests on which LAC check will be performed", a linked access check. That reading
 * the request is what is checked isn't recorded: Backup MUA Operator has no more than read and actions.
 */
export function enforceGuard(call: Call, kind: Guarded, properties: unknown): void {
  const vault = theVault(call);
  if (!vault.guard || !protects(vault, kind)) return;
  const named = field(properties, 'resourceGuardOperationRequests');
  const wanted = `${vault.guard.resourceGuardId}/${kind}/default`;
  const isNamed = Array.isArray(named) && named.some((one) => typeof one === 'string' && same(one, wanted));
  if (!isNamed) throw guardRefusal();
  const needs = [`Microsoft.DataProtection/resourceGuards/${kind}/read`];
  enforceLinked(call, {
    action: `${VAULTS}/${ACTIONS[kind]}`,
    scope: call.path,
    needs,
    on: vault.guard.resourceGuardId,
  });
}

/** Whether the vault's guard protects this. */
export function protects({ guard }: VaultSpec, kind: Guarded): boolean {
  if (!guard || guard.leavesOut?.includes(kind)) return false;
  return kind !== 'triggerRestoreRequests' || guard.restores === true;
}

/**
 * The refusal where the request wasn't named: the message is that of terraform-provider-azurerm issue 31887, about
 * stopping with the data kept; its status and code aren't recorded.
 */
export function guardRefusal(): ArmRefusal {
  return new ArmRefusal(
    400,
    'UserErrorResourceGuardOperationNotPermitted',
    'ResourceGuard Operation requestid is either null or empty',
  );
}
