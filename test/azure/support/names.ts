import { type ItemRef, itemRefOf } from '../../../src/azure/gateway.ts';

export const subscription = '00000000-0000-0000-0000-00000000c0de';
const root = `/subscriptions/${subscription}`;

export const vmId = `${root}/resourceGroups/rg-sql/providers/Microsoft.Compute/virtualMachines/vm-sql-01`;
export const diskId = `${root}/resourceGroups/rg-sql/providers/Microsoft.Compute/disks/vm-sql-01-os`;
export const networkId = `${root}/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-prod-weu`;
export const vaultId = `${root}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-prod-weu`;
export const policyId = `${vaultId}/backupPolicies/DefaultPolicy`;
export const keyVaultId = `${root}/resourceGroups/rg-security/providers/Microsoft.KeyVault/vaults/kv-prod-weu`;
export const ref: ItemRef = itemRefOf(vmId, vaultId);
export const itemId = `${vaultId}/backupFabrics/Azure/protectionContainers/${ref.container}/protectedItems/${ref.item}`;
export const principal = '22222222-2222-2222-2222-222222222222';
export const roleId = `${root}/providers/Microsoft.Authorization/roleDefinitions/00482a5a-887f-4fb3-b363-3b7fe8e74483`;
export const backupAppId = '262044b1-e2ce-469f-a196-69ab7ada62d3';
export const region = 'westeurope';
export const operation = { vaultId, operationId: '9d1cecf0-1238-4b0a-b7ac-51e078c164d8', requestId: null };

/** The data plane of a key vault of the estate that uses roles. */
export const keyVaultUri = 'https://kv-rbac-weu.vault.azure.net/';
export const restoreGroupId = `${root}/resourceGroups/rg-restore`;
export const stagingAccountId = `${root}/resourceGroups/rg-staging/providers/Microsoft.Storage/storageAccounts/stkluisweu`;
