import type { Vault } from '@azure/arm-recoveryservices';
import type { VaultFacts } from '../../facts.ts';
import { idOf, numberOrNull, required, tagsOf, wordOrNull } from './azure-values.ts';

/** A Recovery Services vault as the product sees it. */
export function vaultFacts(vault: Vault): VaultFacts {
  const { id, name, resourceGroup, subscription } = idOf(vault.id);
  const { redundancySettings, securitySettings, monitoringSettings } = vault.properties ?? {};
  const softDelete = securitySettings?.softDeleteSettings;
  return {
    id,
    name,
    resourceGroup,
    subscription,
    region: required(vault.location, 'location'),
    tags: tagsOf(vault.tags),
    redundancy: wordOrNull(redundancySettings?.standardTierStorageRedundancy),
    softDelete: {
      state: wordOrNull(softDelete?.softDeleteState),
      days: numberOrNull(softDelete?.softDeleteRetentionPeriodInDays),
    },
    immutability: wordOrNull(securitySettings?.immutabilitySettings?.state),
    jobFailureAlerts: wordOrNull(monitoringSettings?.azureMonitorAlertSettings?.alertsForAllJobFailures),
    multiUserAuthorization: securitySettings?.multiUserAuthorization === 'Enabled',
    systemIdentity: /\bSystemAssigned\b/i.test(vault.identity?.type ?? ''),
  };
}
