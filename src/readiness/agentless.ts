/**
 * Backups without agent and extension: under an Enhanced policy that makes crash-consistent snapshots only
 * (`snapshotConsistencyType: OnlyCrashConsistent`). Microsoft's list of what fits: azure-docs, support matrix of
 * agentless multi-disk crash-consistent backup.
 */
import type { PolicyFacts, VmFacts } from '../azure/gateway.ts';
import type { DiskPicture, EncryptionPicture } from './encryption.ts';
import { hasAde } from './encryption.ts';

/**
 * What is known of it for one VM. `fits`: whether Azure takes such a VM; of Azure Disk Encryption the list is silent.
 * `asked`: the VM has no agent that answers, or allows no extension, and a policy that needs neither is there.
 */
export type Agentless = { readonly fits: 'yes' | 'no' | 'unknown'; readonly asked: boolean };

/** Judges a VM; `policies` are those that can be chosen for it. */
export function agentlessOf(vm: VmFacts, encryption: EncryptionPicture, policies: readonly PolicyFacts[]): Agentless {
  const fits = fitsOf(vm, encryption);
  const there = policies.some(({ crashConsistentOnly }) => crashConsistentOnly);
  return { fits, asked: fits !== 'no' && there && (isWithoutAgent(vm) || vm.extensionsAllowed === false) };
}

/** Whether the agent of a VM that runs does not answer. Of one that is off nobody knows. */
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

/** Sizes that can have premium storage (`s` in the name), before those with Azure Boost: Intel v6 and AMD v7. */
function fitsSize(size: string): boolean {
  const parts = /^Standard_([A-Z]+)\d+(?:-\d+)?([a-z]*)(?:_.*?v(\d+))?$/.exec(size);
  if (!parts) return false;
  const [, family = '', features = '', version = '1'] = parts;
  const premium = features.includes('s') || family === 'DS' || family === 'GS';
  return premium && Number(version) < (features.includes('a') ? 7 : 6);
}
