/** Check 27: locks on the VM, on the key vaults that would be written to, and on the group that holds the restore points. */
import { sameId } from '../../core/arm-id.ts';
import { passed, unread, warned } from '../finding.ts';
import type { Finding } from '../finding.ts';
import { isReadOnly, locksOn } from '../lock-scope.ts';
import type { Picture } from '../picture.ts';

const locksRead = 'Microsoft.Authorization/locks/read';

/** Every lock that gets in the way, or one line that there is none. */
export function checkLocks(picture: Picture): readonly Finding[] {
  const found = [...vmLock(picture), ...keyVaultLocks(picture), ...backupGroupLock(picture)];
  return found.length > 0 ? found : [passed({ code: 'locks.none' })];
}

function vmLock({ reading, vm }: Picture): readonly Finding[] {
  const draft = { subject: vm.name, params: { what: vm.name } };
  if (!reading.vmLocks.ok) return [unread({ ...draft, code: 'locks.unreadable' }, reading.vmLocks.fault, locksRead)];
  const lock = locksOn(reading.vmLocks.value, vm.id).find(isReadOnly);
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

// Azure deletes the oldest restore point before it makes the nineteenth. A lock on their group forbids that.
function backupGroupLock({ around, protection }: Picture): readonly Finding[] {
  const { id, locks } = around.backupGroup;
  const group = id.split('/').at(-1) ?? id;
  // No such group yet: nothing in it can be locked.
  if (!locks.ok && locks.fault.kind === 'missing') return [];
  const draft = { subject: group, params: { what: group } };
  if (!locks.ok) return [unread({ ...draft, code: 'locks.unreadable' }, locks.fault, locksRead)];
  const lock = locksOn(locks.value, id)[0];
  const params = { group, lock: lock?.name ?? '', points: protection.points ?? 0 };
  return lock ? [warned({ code: 'locks.backup-group', subject: group, params })] : [];
}
