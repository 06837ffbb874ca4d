import { sameId } from '../../../core/arm-id.ts';
import type { AzureReads } from '../../gateway.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import { vaultPath } from './backup-reads.ts';
import { everyPage } from './every-page.ts';
import type { Ask } from '../transport/observed-call.ts';
import { subject, wordOrNull } from '../parse/azure-values.ts';
import { policyFacts } from '../parse/policy-facts.ts';
import { protectedItemOf } from '../parse/protected-item.ts';
import { vaultFacts } from '../parse/vault-facts.ts';

type VaultReads = Pick<AzureReads, 'vaults' | 'policies' | 'protectedItems' | 'protectable'>;

const ofVms = "backupManagementType eq 'AzureIaasVM'";

/** Reads of the Recovery Services vaults of a subscription, and of what one contains. */
export function vaultReads(clients: ClientsOf, ask: Ask): VaultReads {
  const backupOf = (id: string) => clients(subject(id).subscription).backup();
  return {
    vaults: (subscription) =>
      ask({ name: 'vaults', doing: `listing the vaults of ${subscription}` }, async () => {
        const { vaults } = clients(subscription).vaults();
        return (await everyPage((options) => vaults.listBySubscriptionId(options))).map(vaultFacts);
      }),

    policies: (vaultId) =>
      ask({ name: 'policies', doing: `listing the policies of ${vaultId}` }, async () => {
        const { backupPolicies } = backupOf(vaultId);
        const path = vaultPath(vaultId);
        const all = await everyPage((options) => backupPolicies.list(...path, { ...options, filter: ofVms }));
        return all.map(policyFacts).filter((policy) => policy !== null);
      }),

    protectedItems: (vaultId) =>
      ask({ name: 'protectedItems', doing: `listing what ${vaultId} protects` }, async () => {
        const { backupProtectedItems } = backupOf(vaultId);
        const path = vaultPath(vaultId);
        const filter = `${ofVms} and itemType eq 'VM'`;
        const all = await everyPage((options) => backupProtectedItems.list(...path, { ...options, filter }));
        return all.map(protectedItemOf).filter((item) => item !== null);
      }),

    protectable: (vaultId, vmId) =>
      ask({ name: 'protectable', doing: `looking for ${vmId} among what can be protected` }, async () =>
        (await protectableIds(clients, vaultId)).some((id) => sameId(id, vmId)),
      ),
  };
}

async function protectableIds(clients: ClientsOf, vaultId: string): Promise<string[]> {
  const { backupProtectableItems } = clients(subject(vaultId).subscription).backup();
  const path = vaultPath(vaultId);
  const all = await everyPage((options) => backupProtectableItems.list(...path, { ...options, filter: ofVms }));
  return all.flatMap(({ properties }) => {
    const id = properties && 'virtualMachineId' in properties ? wordOrNull(properties.virtualMachineId) : null;
    return id ?? [];
  });
}
