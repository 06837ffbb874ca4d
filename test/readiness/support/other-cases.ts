/**
 * Cases for everything that neither the estate nor the guide's list has, so that every finding occurs at least once.
 */
import { keyOfId } from '../../../src/core/arm-id.ts';
import * as f from './facts.ts';
import { kekCases } from './kek-cases.ts';
import * as s from './scenarios.ts';
import type { Scenario } from './scenarios.ts';

const encrypted = 'EncryptionState/encrypted';
const snapshot = 'Microsoft.Azure.RecoveryServices.VMSnapshot';
const adeExtension = { name: 'ADE', type: 'Microsoft.Azure.Security.AzureDiskEncryption', substatus: [] };
const protectedCase = (world: Parameters<Scenario['lay']>[0]) => {
  s.put(world);
  s.protect(world, s.vmName, { points: s.nights });
};
const firstDisk = (world: Parameters<Scenario['lay']>[0], over: object) => {
  const [disk, ...rest] = s.find(world, s.vmName).disks;
  s.change(world, s.vmName, { disks: [{ ...disk!, ...over }, ...rest] });
};
const bek = f.diskKeys('kv-prod-weu', null, 'case');
const exception = {
  vmId: f.vmId('rg-case', s.vmName),
  guid: `GUID-${s.vmName}`,
  since: '2026-11-20T09:00:00.000Z',
  until: '2026-12-24T23:59:59.000Z',
  by: 'Ben',
};

/** The VM, its protection and its disks. */
export const machineCases: readonly Scenario[] = [
  { name: 'VM not readable', lay: s.put, ...s.forbidden('vm'), verdict: 'unknown', codes: ['vm.unreadable'] },
  {
    name: 'confidential',
    lay: (w) => s.put(w, { securityType: 'ConfidentialVM' }),
    verdict: 'blocked',
    codes: ['confidential.vm'],
  },
  {
    name: 'confidential, in a region of the preview',
    lay: (w) => {
      s.put(w, { securityType: 'ConfidentialVM', region: 'UK South' }, [{}]);
      w.vaults.push(f.vault('rsv-uks', { region: 'uksouth' }));
      w.policies[keyOfId(f.vaultId('rsv-uks'))] = [f.policy('rsv-uks', 'DefaultPolicy')];
    },
    verdict: 'unknown',
    codes: ['confidential.preview'],
  },
  {
    name: 'encryption at host',
    lay: (w) => s.put(w, { encryptionAtHost: true }, [{}]),
    verdict: 'ready',
    codes: ['encryption.host'],
  },
  {
    name: 'disk not readable',
    lay: (w) => s.put(w, {}, [{}]),
    ...s.forbidden('disk'),
    verdict: 'unknown',
    codes: ['encryption.unreadable'],
  },
  {
    name: 'disk not readable, but the instance view tells all but their kind',
    lay: s.put,
    ...s.forbidden('disk'),
    verdict: 'unknown',
    codes: ['encryption.ade-kek', 'disk-kind.unreadable'],
    also: ({ encryption, findings }) =>
      encryption.readFrom === 'view' &&
      findings.find(({ code }) => code === 'disk-kind.unreadable')?.params['action'] === 'Microsoft.Compute/disks/read',
  },
  {
    name: 'the extension is there, the settings are not',
    lay: (w) => s.put(w, { extensions: [{ ...adeExtension, status: null }] }, [{}]),
    verdict: 'unknown',
    codes: ['encryption.extension-alone'],
  },
  {
    name: 'disk and view contradict each other',
    lay: (w) => {
      s.put(w, {}, [{}]);
      firstDisk(w, { viewAde: [s.ade], encryptionState: encrypted });
      w.secrets['kv-prod-weu/bek-case'] = { name: 'bek-case', version: 's1', enabled: true, expires: null };
      w.keys['kv-prod-weu/kek'] = [{ name: 'kek', version: 'k1', enabled: true, expires: null }];
    },
    verdict: 'unknown',
    codes: ['encryption.contradicts'],
  },
  {
    name: 'a disk that is encrypted with nobody knows what',
    lay: (w) => s.put(w, {}, [{ ade: { version: '1.1', keys: [] } }]),
    verdict: 'unknown',
    codes: ['encryption.no-settings'],
  },
  {
    name: 'a disk that names no key vault',
    lay: (w) => s.put(w, {}, [{ ...s.ade, secretVaultId: null }]),
    verdict: 'unknown',
    codes: ['encryption.no-key-vault'],
  },
  { name: 'no disk at all', lay: (w) => s.put(w, {}, []), verdict: 'unknown', codes: ['encryption.unclear'] },
  { name: 'some volumes only', lay: (w) => s.put(w, {}, [s.ade, {}]), verdict: 'ready', codes: ['encrypting.some'] },
  {
    name: 'no KEK under the rule warn',
    lay: (w) => s.put(w, {}, [bek]),
    rules: { requireKek: 'warn' },
    verdict: 'ready-with-warnings',
    codes: ['kek.rule-warns', 'encryption.ade-bek'],
  },
  {
    name: 'no KEK without a rule',
    lay: (w) => s.put(w, {}, [bek]),
    rules: { requireKek: 'off' },
    verdict: 'ready',
    codes: ['kek.not-asked'],
  },
  {
    name: 'no KEK by exception',
    lay: (w) => s.put(w, {}, [bek]),
    rules: { kekExceptions: [exception] },
    verdict: 'ready-with-warnings',
    codes: ['kek.excepted'],
  },
  {
    name: 'no KEK, and the exception is for an earlier VM',
    lay: (w) => s.put(w, {}, [bek]),
    rules: { kekExceptions: [{ ...exception, guid: 'guid-of-another' }] },
    verdict: 'blocked',
    codes: ['kek.rule-refuses', 'kek.excepted-earlier-vm'],
  },
  {
    name: 'no KEK, but protected already',
    lay: (w) => {
      s.put(w, {}, [bek]);
      s.protect(w, s.vmName, { points: s.nights });
    },
    verdict: 'ready-with-warnings',
    codes: ['kek.protected-already'],
    also: ({ protection }) => protection.tonight.works === 'yes',
  },
  {
    name: 'Azure changes the VM',
    lay: (w) => s.put(w, { provisioningState: 'Updating' }),
    verdict: 'ready-with-warnings',
    codes: ['power.updating'],
  },
  {
    name: 'power unknown',
    lay: (w) => s.put(w, { powerState: null, agent: null }),
    verdict: 'unknown',
    codes: ['power.unclear', 'agent.unclear'],
  },
  {
    name: 'the backup extension failed',
    lay: (w) =>
      s.put(w, { extensions: [{ name: 'Snap', type: snapshot, status: 'ProvisioningState/failed', substatus: [] }] }),
    verdict: 'ready-with-warnings',
    codes: ['extensions.failed'],
  },
  {
    name: 'a disk too large for anything',
    lay: (w) => s.put(w, {}, [{ sizeGiB: 70_000 }]),
    verdict: 'blocked',
    codes: ['disk-size.too-large'],
  },
  { name: '33 disks', lay: (w) => s.put(w, {}, Array(33).fill({})), verdict: 'blocked', codes: ['disk-size.too-many'] },
  {
    name: 'size unknown',
    lay: (w) => s.put(w, {}, [{ sizeGiB: null }]),
    verdict: 'ready',
    codes: ['disk-size.unknown'],
  },
  {
    name: 'unmanaged disks',
    lay: (w) => {
      s.put(w, {}, [{}]);
      firstDisk(w, { id: null, unmanaged: true });
    },
    verdict: 'blocked',
    codes: ['disk-kind.unmanaged'],
  },
  {
    name: 'Entra data access',
    lay: (w) => s.put(w, {}, [{ dataAccessAuthMode: 'AzureActiveDirectory' }]),
    verdict: 'blocked',
    codes: ['disk-kind.entra-access'],
  },
  {
    name: 'protection is being switched on',
    lay: (w) => {
      s.put(w);
      w.status[keyOfId(f.vmId('rg-case', s.vmName))] = { status: 'Protecting', vaultId: f.vaultId('rsv-prod-weu') };
    },
    verdict: 'ready-with-warnings',
    codes: ['protection.protecting'],
  },
  {
    name: 'Azure says Unknown',
    lay: (w) => {
      s.put(w);
      w.status[keyOfId(f.vmId('rg-case', s.vmName))] = { status: 'Unknown' };
    },
    verdict: 'unknown',
    codes: ['protection.unclear'],
  },
  {
    name: 'backupStatus forbidden',
    lay: s.put,
    ...s.forbidden('backupStatus'),
    verdict: 'unknown',
    codes: ['protection.unreadable'],
  },
  {
    name: 'backupStatus forbidden, but the item is found at its place',
    lay: protectedCase,
    ...s.forbidden('backupStatus'),
    verdict: 'ready',
    codes: ['protection.protected'],
  },
  {
    name: 'three attempts today',
    lay: (w) => s.backupsToday(w, 4),
    verdict: 'ready-with-warnings',
    codes: ['attempts.many'],
  },
  { name: 'one attempt today', lay: (w) => s.backupsToday(w, 2), verdict: 'ready', codes: ['attempts.left'] },
  {
    name: 'jobs forbidden',
    lay: protectedCase,
    ...s.forbidden('jobs'),
    verdict: 'unknown',
    codes: ['attempts.unreadable'],
  },
];

/** Key vaults, keys and permissions. */
export const keyCases: readonly Scenario[] = [
  ...kekCases,
  {
    name: 'key vault forbidden',
    lay: s.put,
    ...s.forbidden('keyVault'),
    verdict: 'unknown',
    codes: ['key-vault.unreadable'],
  },
  {
    name: 'key vault gone',
    lay: (w) => s.put(w, {}, [f.diskKeys('kv-gone')]),
    verdict: 'blocked',
    codes: ['key-vault.gone'],
  },
  {
    name: 'key vault not there, deleted ones forbidden',
    lay: (w) => s.put(w, {}, [f.diskKeys('kv-gone')]),
    ...s.forbidden('deletedKeyVault'),
    verdict: 'unknown',
    codes: ['key-vault.missing-unclear'],
  },
  {
    name: 'the Backup application is not in the tenant',
    lay: (w) => {
      s.put(w);
      w.principal = null;
    },
    verdict: 'blocked',
    codes: ['principal.missing'],
  },
  {
    name: '… and yet the last backup saved the keys',
    lay: (w) => {
      protectedCase(w);
      w.principal = null;
    },
    verdict: 'ready-with-warnings',
    codes: ['principal.missing-proven'],
  },
  {
    name: 'rights look incomplete, and yet the last backup saved the keys',
    lay: (w) => {
      protectedCase(w);
      s.changeKeyVault(w, 'kv-prod-weu', { policies: [] });
    },
    verdict: 'ready-with-warnings',
    codes: ['rights.policies-missing-proven'],
    also: ({ protection }) => protection.tonight.works === 'unknown',
  },
  {
    name: 'the same by roles',
    lay: (w) => {
      s.roleCase(w, [s.reader]);
      s.protect(w, s.vmName, { points: s.nights });
    },
    verdict: 'ready-with-warnings',
    codes: ['rights.roles-missing-proven'],
  },
  {
    name: 'the same by a deny assignment',
    lay: (w) => {
      s.roleCase(w, [s.everything]);
      s.deny(w);
      s.protect(w, s.vmName, { points: s.nights });
    },
    verdict: 'ready-with-warnings',
    codes: ['rights.roles-denied-proven'],
  },
  {
    name: 'only backup on secrets is missing, beside a KEK',
    lay: (w) => {
      s.put(w);
      s.changeKeyVault(w, 'kv-prod-weu', { policies: [f.accessPolicy(['get', 'list', 'backup'], ['get', 'list'])] });
    },
    verdict: 'ready-with-warnings',
    codes: ['rights.policies-secrets-backup'],
    also: ({ grants }) => grants[0]?.required === false && grants[0].offered,
  },
  {
    name: 'only backup on secrets is missing, BEK only: that is a block',
    lay: (w) => {
      s.put(w, {}, [bek]);
      s.changeKeyVault(w, 'kv-prod-weu', { policies: [f.accessPolicy([], ['get', 'list'])] });
    },
    rules: { requireKek: 'off' },
    verdict: 'fixable',
    codes: ['rights.policies-missing'],
    also: ({ grants }) => grants[0]?.missing.keys.length === 0,
  },
  {
    name: '"all" counts as everything',
    lay: (w) => {
      s.put(w);
      s.changeKeyVault(w, 'kv-prod-weu', { policies: [f.accessPolicy(['All'], ['all'])] });
    },
    verdict: 'ready',
    codes: ['rights.policies-complete'],
  },
  {
    name: 'an entry with an application id is somebody else',
    lay: (w) => {
      s.put(w);
      s.changeKeyVault(w, 'kv-prod-weu', { policies: [{ ...f.fullPolicy, applicationId: 'an-app' }] });
    },
    verdict: 'fixable',
    codes: ['rights.policies-missing'],
  },
  {
    name: 'roles forbidden',
    lay: (w) => s.roleCase(w, [s.everything]),
    ...s.forbidden('roleAssignments'),
    verdict: 'unknown',
    codes: ['rights.roles-unreadable'],
  },
  {
    name: 'denials forbidden',
    lay: (w) => s.roleCase(w, [s.everything]),
    ...s.forbidden('denyAssignments'),
    verdict: 'unknown',
    codes: ['rights.roles-unreadable'],
  },
  {
    name: 'a role forbidden',
    lay: (w) => s.roleCase(w, [s.everything]),
    ...s.forbidden('roleDefinition'),
    verdict: 'unknown',
    codes: ['rights.roles-unreadable'],
  },
  {
    name: 'the role to give does not exist here: no silent fallback',
    lay: (w) => {
      s.roleCase(w, []);
      w.roles = [];
    },
    verdict: 'blocked',
    codes: ['rights.roles-missing'],
    also: ({ grants }) => grants[0]?.obstacles.join() === 'role-missing',
  },
  {
    name: 'perimeter',
    lay: (w) => {
      s.put(w);
      const firewall = { publicAccess: 'SecuredByPerimeter' as const, defaultAction: null, bypass: null };
      s.changeKeyVault(w, 'kv-prod-weu', { firewall });
    },
    verdict: 'unknown',
    codes: ['firewall.perimeter'],
  },
  {
    name: 'KEK absent',
    lay: (w) => {
      s.put(w);
      w.keys = {};
    },
    verdict: 'blocked',
    codes: ['kek-version.absent'],
  },
  {
    name: 'very many versions',
    lay: (w) => {
      s.put(w);
      w.keys['kv-prod-weu/kek'] = Array.from({ length: 451 }, (_, n) => ({
        name: 'kek',
        version: `k${n}`,
        enabled: true,
        expires: null,
      }));
    },
    verdict: 'ready-with-warnings',
    codes: ['kek-version.many'],
  },
  {
    name: 'two versions',
    lay: (w) => {
      s.put(w);
      w.keys['kv-prod-weu/kek'] = ['k1', 'k2'].map((version) => ({
        name: 'kek',
        version,
        enabled: true,
        expires: null,
      }));
    },
    verdict: 'ready',
    codes: ['kek-version.others'],
  },
  {
    name: 'key forbidden',
    lay: s.put,
    ...s.forbidden('keyVersion'),
    verdict: 'unknown',
    codes: ['kek-version.unreadable'],
  },
  {
    name: 'versions forbidden',
    lay: s.put,
    ...s.forbidden('keyVersions'),
    verdict: 'unknown',
    codes: ['kek-version.versions-unreadable'],
  },
  { name: 'secret forbidden', lay: s.put, ...s.forbidden('secret'), verdict: 'unknown', codes: ['secret.unreadable'] },
  {
    name: 'secret disabled',
    lay: (w) => {
      s.put(w);
      w.secrets['kv-prod-weu/bek-case'] = { name: 'bek-case', version: 's1', enabled: false, expires: null };
    },
    verdict: 'blocked',
    codes: ['secret.disabled'],
  },
  {
    name: 'newest secret disabled, the disk uses another',
    lay: (w) => {
      s.put(w);
      w.secrets['kv-prod-weu/bek-case'] = { name: 'bek-case', version: 's9', enabled: false, expires: null };
    },
    verdict: 'unknown',
    codes: ['secret.newest-disabled'],
  },
  {
    name: 'secret expired',
    lay: (w) => {
      s.put(w);
      w.secrets['kv-prod-weu/bek-case'] = {
        name: 'bek-case',
        version: 's1',
        enabled: true,
        expires: new Date('2020-01-01'),
      };
    },
    verdict: 'ready-with-warnings',
    codes: ['secret.expired'],
  },
  {
    name: 'a key vault with every setting wrong',
    lay: (w) => {
      s.put(w);
      const wrong = {
        region: 'eastus',
        subscription: 'another',
        enabledForDiskEncryption: false,
        purgeProtection: false,
      };
      s.changeKeyVault(w, 'kv-prod-weu', wrong);
    },
    verdict: 'ready-with-warnings',
    codes: [
      'key-vault-settings.subscription',
      'key-vault-settings.region',
      'key-vault-settings.no-disk-encryption',
      'key-vault-settings.no-purge-protection',
    ],
  },
];
