/** Check 27: locks on the VM, on the key vaults that would be written to, and on the group with the restore points. */
import type { PolicyFacts } from '../../azure/gateway.ts';
import { parseArmId, sameId } from '../../core/arm-id.ts';
import { ownOf } from '../../core/own-of.ts';
import type { Destinations } from '../findings/assessment.ts';
import { type Finding, passed, unread, warned } from '../findings/finding.ts';
import { isReadOnly, locksOn } from '../lock-scope.ts';
import type { Picture } from '../pictures/picture.ts';

const locksRead = 'Microsoft.Authorization/locks/read';

/** Every lock that matters, or one finding that there is none. */
export function checkLocks(picture: Picture): readonly Finding[] {
  const found = [...vmLock(picture), ...keyVaultLocks(picture), ...backupGroupLocks(picture)];
  return found.length > 0 ? found : [passed({ code: 'locks.none' })];
}

function vmLock({ reading, vm }: Picture): readonly Finding[] {
  const draft = { subject: vm.name, params: { what: vm.name } };
  if (!reading.locks.ok) return [unread({ ...draft, code: 'locks.unreadable' }, reading.locks.fault, locksRead)];
  const lock = locksOn(reading.locks.value, vm.id).find(isReadOnly);
  if (!lock) return [];
  return [warned({ code: 'locks.vm-read-only', subject: vm.name, params: { vm: vm.name, lock: lock.name } })];
}

function keyVaultLocks({ keyVaults, grants }: Picture): readonly Finding[] {
  return keyVaults.flatMap(({ use, reading }) => {
    const { grant } = reading;
    if (!grant || !grants.some(({ keyVaultId }) => sameId(keyVaultId, use.id))) return [];
    const draft = { subject: use.name, params: { what: use.name } };
    if (!grant.locks.ok) return [unread({ ...draft, code: 'locks.unreadable' }, grant.locks.fault, locksRead)];
    const lock = locksOn(grant.locks.value, use.id).find(isReadOnly);
    const params = { keyVault: use.name, lock: lock?.name ?? '' };
    return lock ? [warned({ code: 'locks.key-vault-read-only', subject: use.name, params })] : [];
  });
}

/**
 * Azure deletes the oldest restore point before it creates the nineteenth. A lock on their group prevents that. It
 * keeps them in `AzureBackupRG_<region>_<n>`, or in `<prefix><n><suffix>` if the policy says so (`instantRPDetails` of
 * azure-rest-api-specs; Set-AzRecoveryServicesBackupProtectionPolicy), with n from 1. Azure doesn't say which of them
 * has this VM's points, so a lock on any of them counts.
 */
function backupGroupLocks(picture: Picture): readonly Finding[] {
  const { reading, vm, protection } = picture;
  const naming = groupNaming(picture);
  const first = `${naming.prefix}1${naming.suffix}`;
  if (!reading.locks.ok) {
    const draft = { code: 'locks.unreadable', subject: first, params: { what: first } } as const;
    return [unread(draft, reading.locks.fault, locksRead)];
  }
  const locks = reading.locks.value;
  const locked = locks.map(({ id }) => parseArmId(id)?.resourceGroup ?? '').filter((name) => isNamed(name, naming));
  const groups = new Map([first, ...locked].map((name) => [name.toLowerCase(), name]));
  return [...groups.values()].flatMap((group) => {
    const lock = locksOn(locks, `/subscriptions/${vm.subscription}/resourceGroups/${group}`)[0];
    const params = { group, lock: lock?.name ?? '', points: protection.points ?? 0 };
    return lock ? [warned({ code: 'locks.backup-group', subject: group, params })] : [];
  });
}

type Naming = { readonly prefix: string; readonly suffix: string };

/** By the policy in use; for an unprotected VM by the preselected one. */
function groupNaming({ vm, protection, destinations }: Picture): Naming {
  const policy = protection.policy ?? presetPolicy(destinations());
  const region = vm.region.toLowerCase().replace(/\s/g, '');
  return policy?.restorePointGroup ?? { prefix: `AzureBackupRG_${region}_`, suffix: '' };
}

function presetPolicy({ policies, preset }: Destinations): PolicyFacts | undefined {
  const filledIn = preset.vaultId === null ? undefined : ownOf(policies, preset.vaultId);
  return filledIn?.find(({ id }) => id === preset.policyId)?.facts;
}

function isNamed(group: string, { prefix, suffix }: Naming): boolean {
  const [name, start, end] = [group, prefix, suffix].map((text) => text.toLowerCase()) as [string, string, string];
  if (!name.startsWith(start) || !name.endsWith(end)) return false;
  return /^[1-9]\d*$/.test(name.slice(start.length, name.length - end.length));
}
