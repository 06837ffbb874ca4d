import { seedEstate } from '../bench/estate.ts';
import type { SimulatedAzure } from '../bench/processes/simulated-azure.ts';

/**
 * VMs of the simulated company that represent the odd ones: blocked, without access, with the same name, nonexistent.
 */
const odd = [
  'vm-sql-01',
  'vm-web-01',
  'vm-web-02',
  'vm-rbac-01',
  'vm-bek-01',
  'vm-plain-01',
  'vm-app-01',
  'vm-app-02',
  'vm-hr-01',
  'vm-agentless-01',
  'vm-us-01',
  'vm-dup-01',
  'vm-lock-01',
  'vm-neu-01',
  'vm-nowhere-99',
];

/** Seeds many ordinary VMs in addition; resolves with the names that people use. */
export async function seedSoakEstate(azure: SimulatedAzure): Promise<string[]> {
  const vms = await seedEstate(azure, { vms: 60, vaults: 3, isProtected: true, isEncrypted: true });
  return [...vms.map(({ name }) => name), ...odd];
}
