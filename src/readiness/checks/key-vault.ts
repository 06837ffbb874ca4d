/** Checks 9, 13 and 17: the key vaults that the disks name, their firewall and their settings. */
import { parseArmId } from '../../core/arm-id.ts';
import { freesAlso } from '../grant-need.ts';
import { blocked, type Finding, noAnswer, passed, unread, unsettled, warned } from '../findings/finding.ts';
import type { FindingCode } from '../findings/finding-codes.ts';
import type { KeyVaultPicture } from '../pictures/key-vault-picture.ts';
import type { Picture } from '../pictures/picture.ts';
import { sameRegion } from '../destinations.ts';

/** Whether each key vault exists. A deleted one is recovered, never recreated: its name stays taken. */
export function checkKeyVaults({ keyVaults, vm }: Picture): readonly Finding[] {
  return keyVaults.map((keyVault) => {
    const { use, reading, state } = keyVault;
    const draft = { subject: use.name, params: { keyVault: use.name, holds: holds(keyVault) } };
    switch (state) {
      case 'present':
        return passed({ ...draft, code: 'key-vault.found' });
      case 'deleted': {
        const purgeAt = reading.deleted?.ok ? (reading.deleted.value?.purgeAt?.toISOString() ?? '') : '';
        const others = freesAlso({ sharing: reading.sharing ?? null }, use.id, vm.id) ?? [];
        const params = {
          ...draft.params,
          keyVaultId: use.id,
          purgeAt,
          others: others.map((id) => parseArmId(id)?.name ?? id),
        };
        return blocked({ ...draft, code: 'key-vault.deleted', params });
      }
      case 'gone':
        return blocked({ ...draft, code: 'key-vault.gone' });
      case 'unreadable':
        return unreadable(keyVault, draft);
    }
  });
}

function unreadable({ reading }: KeyVaultPicture, draft: { subject: string; params: Finding['params'] }): Finding {
  if (!reading.vault.ok) {
    return unread({ ...draft, code: 'key-vault.unreadable' }, reading.vault.fault, 'Microsoft.KeyVault/vaults/read');
  }
  if (reading.deleted && !reading.deleted.ok) {
    const needs = 'Microsoft.KeyVault/locations/deletedVaults/read';
    return unread({ ...draft, code: 'key-vault.missing-unclear' }, reading.deleted.fault, needs);
  }
  return unsettled({
    ...draft,
    code: 'key-vault.missing-unclear',
    params: { ...draft.params, why: 'missing', action: '', ...noAnswer },
  });
}

/** BEK, KEK or both, as the wording distinguishes them. */
function holds({ use }: KeyVaultPicture): string {
  if (use.keys.length === 0) return 'bek';
  return use.secrets.length === 0 ? 'kek' : 'both';
}

/** Whether Azure Backup gets through the firewall: it is one of the trusted services. */
export function checkFirewall({ keyVaults }: Picture): readonly Finding[] {
  return keyVaults.flatMap(({ use, firewall }) => {
    const draft = { subject: use.name, params: { keyVault: use.name } };
    switch (firewall) {
      case 'open':
        return [passed({ ...draft, code: 'firewall.open' })];
      case 'trusted':
        return [passed({ ...draft, code: 'firewall.trusted' })];
      case 'shut':
        return [blocked({ ...draft, code: 'firewall.shut' })];
      case 'perimeter':
        return [unsettled({ ...draft, code: 'firewall.perimeter' })];
      case null:
        return [];
    }
  });
}

/**
 * What about a key vault's location and settings causes problems later: at a start, at a restore, if the KEK is lost.
 */
export function checkKeyVaultSettings({ keyVaults, vm }: Picture): readonly Finding[] {
  return keyVaults.flatMap(({ use, facts }) => {
    if (!facts) return [];
    const params = { keyVault: use.name, region: facts.region, vmRegion: vm.region };
    const concerns: [FindingCode, boolean][] = [
      ['key-vault-settings.subscription', facts.subscription.toLowerCase() !== vm.subscription.toLowerCase()],
      ['key-vault-settings.region', !sameRegion(facts.region, vm.region)],
      ['key-vault-settings.no-disk-encryption', !facts.enabledForDiskEncryption && !vm.encryptionIdentity],
      ['key-vault-settings.no-purge-protection', !facts.purgeProtection],
    ];
    const found = concerns.filter(([, there]) => there);
    if (found.length === 0) return [passed({ code: 'key-vault-settings.fine', subject: use.name, params })];
    return found.map(([code]) => warned({ code, subject: use.name, params, fix: { kind: 'guidance' } }));
  });
}
