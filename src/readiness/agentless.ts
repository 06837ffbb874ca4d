/**
 * Backups without agent and extension: under an Enhanced policy with crash-consistent snapshots only
 * (`snapshotConsistencyType: OnlyCrashConsistent`). Microsoft's conditions: azure-docs, support matrix of agentless
 * multi-disk crash-consistent backup.
 */
import type { PolicyFacts, VmFacts } from '../azure/gateway.ts';
import { type DiskPicture, type EncryptionPicture, hasAde } from './encryption.ts';

/**
 * What is known about it for one VM. `fits`: whether Azure supports such a VM; the matrix says nothing about Azure Disk
 * Encryption. `asked`: the VM has no responding agent, or allows no extensions, and there is a policy that needs
 * neither.
 */
export type Agentless = { readonly fits: 'yes' | 'no' | 'unknown'; readonly asked: boolean };

/** Assesses a VM; `policies` are those that can be chosen for it. */
export function agentlessOf(vm: VmFacts, encryption: EncryptionPicture, policies: readonly PolicyFacts[]): Agentless {
  const fits = fitsOf(vm, encryption);
  const there = policies.some(({ crashConsistentOnly }) => crashConsistentOnly);
  return { fits, asked: fits !== 'no' && there && (isWithoutAgent(vm) || vm.extensionsAllowed === false) };
}

/** Whether the agent of a running VM doesn't respond. For a VM that is off it is unknown. */
export function isWithoutAgent(vm: VmFacts): boolean {
  return /^powerstate\/running$/i.test(vm.powerState ?? '') && !hasAgent(vm);
}

/** Whether the agent says that it is ready. */
export function hasAgent({ agent }: VmFacts): boolean {
  return /^(ready|provisioningstate\/succeeded)$/i.test(agent?.status ?? '');
}

function fitsOf({ size }: VmFacts, encryption: EncryptionPicture): Agentless['fits'] {
  if (encryption.disks.some(isUnfit) || (size !== null && !fitsSize(size))) return 'no';
  const unread = size === null || encryption.disks.some(({ facts }) => facts === null);
  return unread || hasAde(encryption) ? 'unknown' : 'yes';
}

function isUnfit({ attached, facts }: DiskPicture): boolean {
  const own = attached.unmanaged || attached.ephemeral || attached.writeAccelerator;
  return own || (facts?.maxShares ?? 1) > 1 || /^(ultrassd|premiumv2)_/i.test(facts?.sku ?? '');
}

/** Sizes that support premium storage (`s` in the name), older than those with Azure Boost: Intel v6 and AMD v7. */
function fitsSize(size: string): boolean {
  const parts = /^Standard_([A-Z]+)\d+(?:-\d+)?([a-z]*)(?:_.*?v(\d+))?$/.exec(size);
  if (!parts) return false;
  const [, family = '', features = '', version = '1'] = parts;
  const premium = features.includes('s') || family === 'DS' || family === 'GS';
  return premium && Number(version) < (features.includes('a') ? 7 : 6);
}
