/**
 * Checks 5, 6, 7 and 30: how the disks are encrypted, whether that has finished, the rule on the KEK, and the end of
 * ADE.
 */
import { sameId } from '../../core/arm-id.ts';
import { type DiskPicture, hasAde, isAde } from '../encryption.ts';
import { blocked, type Finding, passed, unread, unsettled, warned } from '../findings/finding.ts';
import type { Picture } from '../pictures/picture.ts';
import { isForEarlierVm } from '../rules.ts';

/** The kind of encryption, with where it was read; and every disk whose encryption is unknown. */
export function checkEncryption({ encryption }: Picture): readonly Finding[] {
  const unclear = encryption.disks.flatMap(unclearDisk);
  if (encryption.extensionWithoutSettings) unclear.push(unsettled({ code: 'encryption.extension-alone' }));
  const disks = encryption.disks.filter((disk) => disk.kind === encryption.kind).map((disk) => disk.name);
  const params = { disks, count: disks.length, total: encryption.disks.length, source: encryption.readFrom ?? '' };
  switch (encryption.kind) {
    case 'ade-kek':
    case 'ade-bek': {
      const ade = encryption.disks.filter((disk) => disk.keys.length > 0).map((disk) => disk.name);
      const adeParams = { ...params, disks: ade, count: ade.length };
      return [passed({ code: `encryption.${encryption.kind}`, params: adeParams }), ...unclear];
    }
    case 'host':
    case 'cmk':
    case 'platform':
      return [passed({ code: `encryption.${encryption.kind}`, params }), ...unclear];
    case 'confidential':
      return [];
    case 'unknown':
      return unclear.length > 0 ? unclear : [unsettled({ code: 'encryption.unclear' })];
  }
}

/** What a restore takes, which nobody expects at night: the application's secret. */
export function noteEntraApp({ encryption: { entraApp } }: Picture): readonly Finding[] {
  return entraApp ? [warned({ code: 'encryption.entra-app' })] : [];
}

function unclearDisk(disk: DiskPicture): Finding[] {
  const draft = { subject: disk.name, params: { disk: disk.name } };
  if (disk.conflict) {
    const view = disk.attached.encryptionState ?? '';
    const params = { disk: disk.name, onDisk: disk.facts?.ade ? 'encrypted' : 'not-encrypted', inView: view };
    return [unsettled({ ...draft, code: 'encryption.contradicts', params })];
  }
  if (disk.keys.some((keys) => keys.secretVaultId === null)) {
    return [unsettled({ ...draft, code: 'encryption.no-key-vault' })];
  }
  if (disk.kind !== 'unknown') return [];
  if (disk.read && !disk.read.ok) {
    return [unread({ ...draft, code: 'encryption.unreadable' }, disk.read.fault, 'Microsoft.Compute/disks/read')];
  }
  return [unsettled({ ...draft, code: 'encryption.no-settings' })];
}

/** Whether encrypting has finished. Only the instance view shows it, so nothing is said about a VM that is off. */
export function checkEncrypting({ vm, encryption }: Picture): readonly Finding[] {
  const states = vm.disks.filter((disk) => disk.encryptionState !== null);
  const notes = vm.extensions.filter(({ type }) => isAde(type)).flatMap(({ substatus }) => substatus);
  const having = (word: RegExp) =>
    states.filter((disk) => word.test(disk.encryptionState ?? '')).map(({ name }) => name);
  const noted = (word: RegExp) => notes.some((note) => word.test(note));
  if (having(/restart/i).length > 0 || noted(/VMRestartPending/i)) {
    return [warned({ code: 'encrypting.restart', fix: { kind: 'guidance' } })];
  }
  const busy = having(/(encryption|decryption)InProgress/i);
  if (busy.length > 0 || noted(/(Encryption|Decryption)InProgress/i)) {
    return [warned({ code: 'encrypting.in-progress', params: { disks: busy }, fix: { kind: 'wait' } })];
  }
  if (!hasAde(encryption) || states.length === 0) return [];
  const open = encryption.disks
    .filter((disk) => disk.kind !== 'unknown' && disk.keys.length === 0)
    .map(({ name }) => name);
  return [
    open.length > 0
      ? passed({ code: 'encrypting.some', params: { disks: open } })
      : passed({ code: 'encrypting.done' }),
  ];
}

/**
 * The rule on the KEK. It prevents protecting a VM; a protected VM is backed up every night whatever the rule says, so
 * there it is only a warning. An exception is for the VM that had the name then, not for one created since.
 */
export function checkKek({ vm, encryption, rules, protection }: Picture): readonly Finding[] {
  if (!hasAde(encryption)) return [];
  const disks = encryption.disks.filter((disk) => disk.kind === 'ade-bek').map((disk) => disk.name);
  const keyVaults = [...new Set(encryption.disks.flatMap(({ kind, secretVaultId }) => named(kind, secretVaultId)))];
  if (disks.length === 0) return [passed({ code: 'kek.present' })];
  const draft = { params: { disks, keyVaults } };
  if (rules.requireKek === 'off') return [passed({ ...draft, code: 'kek.not-asked' })];
  if (rules.requireKek === 'warn') return [warned({ ...draft, code: 'kek.rule-warns', refuses: 'rule' })];
  const ofName = rules.kekExceptions.filter(({ vmId }) => sameId(vmId, vm.id));
  const exception = ofName.find((one) => !isForEarlierVm(one, vm));
  if (exception) {
    const { until, by } = exception;
    return [warned({ params: { ...draft.params, until, by }, code: 'kek.excepted', refuses: 'rule' })];
  }
  const earlier = ofName
    .slice(0, 1)
    .map(({ until, by }) => warned({ code: 'kek.excepted-earlier-vm', params: { until, by } }));
  if (protection.kind === 'protected')
    return [warned({ ...draft, code: 'kek.protected-already', refuses: 'rule' }), ...earlier];
  return [blocked({ ...draft, code: 'kek.rule-refuses', refuses: 'rule' }), ...earlier];
}

function named(kind: string, keyVaultId: string | null): readonly string[] {
  return kind === 'ade-bek' && keyVaultId !== null ? [keyVaultId.split('/').at(-1) ?? keyVaultId] : [];
}

/** One quiet line on the day after which Azure blocks backups of ADE. */
export function noteEndOfAde({ encryption }: Picture): readonly Finding[] {
  return hasAde(encryption) ? [passed({ code: 'end-of-ade.date' })] : [];
}
