/** The real-world cases beyond the estate, with the operator guide's numbers where they have one. */
import { keyOfId } from '../../../src/core/arm-id.ts';
import * as f from './facts.ts';
import * as s from './scenarios.ts';
import type { Scenario } from './scenarios.ts';

const view = (encryptionState: string) => ({ encryptionState });
const firewall = (
  publicAccess: 'Enabled' | 'Disabled' | 'SecuredByPerimeter',
  bypass: 'AzureServices' | 'None' | null,
) => ({
  firewall: { publicAccess, defaultAction: 'Deny' as const, bypass },
});

export const realWorld: readonly Scenario[] = [
  {
    name: '1: KEK in another key vault than the BEK, access to neither: one plan with two parts',
    lay: (world) => {
      s.put(world, {}, [f.diskKeys('kv-web-weu', 'kv-kek-weu', 'case')]);
    },
    verdict: 'fixable',
    codes: ['rights.policies-missing'],
    also: ({ grants }) => grants.map(({ keyVaultName }) => keyVaultName).join() === 'kv-web-weu,kv-kek-weu',
  },
  {
    name: '2: a data disk names another key vault than the OS disk: only that one fails',
    lay: (world) => s.put(world, {}, [s.ade, f.diskKeys('kv-web-weu', 'kv-web-weu', 'data')]),
    verdict: 'fixable',
    codes: ['rights.policies-complete', 'rights.policies-missing'],
    also: ({ findings }) => findings.find(({ verdict }) => verdict === 'block')?.subject === 'kv-web-weu',
  },
  {
    name: '2: a data disk with an old secret',
    lay: (world) => {
      s.put(world, {}, [s.ade, f.diskKeys('kv-prod-weu', 'kv-prod-weu', 'data')]);
      world.secrets['kv-prod-weu/bek-data'] = { name: 'bek-data', version: 's2', enabled: true, expires: null };
    },
    verdict: 'ready-with-warnings',
    codes: ['secret.other-version', 'secret.present'],
  },
  {
    name: '3a: firewall Deny with trusted services',
    lay: (world) => {
      s.put(world);
      s.changeKeyVault(world, 'kv-prod-weu', firewall('Enabled', 'AzureServices'));
    },
    verdict: 'ready',
    codes: ['firewall.trusted', 'secret.present', 'kek-version.enabled'],
  },
  {
    name: '3b: firewall Deny without trusted services: no grant, although rights are missing too',
    lay: (world) => {
      s.put(world);
      s.changeKeyVault(world, 'kv-prod-weu', { ...firewall('Enabled', 'None'), policies: [] });
    },
    verdict: 'blocked',
    codes: ['firewall.shut', 'rights.policies-missing'],
    also: ({ grants }) => grants[0]?.obstacles.join() === 'firewall' && !grants[0].offered,
  },
  {
    name: '3c: public access disabled, bypass absent',
    lay: (world) => {
      s.put(world);
      s.changeKeyVault(world, 'kv-prod-weu', firewall('Disabled', null));
    },
    verdict: 'ready',
    codes: ['firewall.trusted'],
  },
  {
    name: '4: the KEK version is disabled',
    lay: (world) => {
      s.put(world);
      world.keys['kv-prod-weu/kek'] = [{ name: 'kek', version: 'k1', enabled: false, expires: null }];
    },
    verdict: 'blocked',
    codes: ['kek-version.disabled'],
  },
  {
    name: '4: the KEK has expired: a warning, not a block',
    lay: (world) => {
      s.put(world);
      world.keys['kv-prod-weu/kek'] = [{ name: 'kek', version: 'k1', enabled: true, expires: new Date('2025-01-01') }];
    },
    verdict: 'ready-with-warnings',
    codes: ['kek-version.expired'],
  },
  {
    name: '4: the KEK expires within 14 days',
    lay: (world) => {
      s.put(world);
      const expires = new Date(f.now.getTime() + 14 * 86_400_000);
      world.keys['kv-prod-weu/kek'] = [{ name: 'kek', version: 'k1', enabled: true, expires }];
    },
    verdict: 'ready-with-warnings',
    codes: ['kek-version.expires-soon'],
  },
  {
    name: '4: the BEK expires within 14 days, the KEK a minute after them',
    lay: (world) => {
      s.put(world);
      const expires = (ms: number) => new Date(f.now.getTime() + ms);
      const [at, secret] = Object.entries(world.secrets).find(([, { name }]) => name === 'bek-case')!;
      world.secrets[at] = { ...secret, expires: expires(1) };
      world.keys['kv-prod-weu/kek'] = [
        { name: 'kek', version: 'k1', enabled: true, expires: expires(14 * 86_400_000 + 60_000) },
      ];
    },
    verdict: 'ready-with-warnings',
    codes: ['secret.expires-soon', 'kek-version.enabled'],
  },
  {
    name: '6: 18 small ADE disks',
    lay: (world) => s.put(world, {}, Array(18).fill(s.ade)),
    verdict: 'ready-with-warnings',
    codes: ['disk-size.many-ade'],
  },
  {
    name: '7: access inherited from the subscription, and through a group',
    lay: (world) => s.roleCase(world, [s.everything], { principalId: 'a-group' }),
    verdict: 'ready',
    codes: ['rights.roles-complete'],
    also: ({ findings }) =>
      findings.some(({ params }) => params['level'] === 'subscription' && params['role'] === 'Key Vault Administrator'),
  },
  {
    name: '8: Key Vault Reader only: the missing actions are named',
    lay: (world) => s.roleCase(world, [s.reader]),
    verdict: 'fixable',
    codes: ['rights.roles-missing'],
    also: ({ grants }) => grants[0]?.missing.dataActions.length === 3 && grants[0].present.dataActions.length === 2,
  },
  {
    name: '8: an assignment with a condition',
    lay: (world) => s.roleCase(world, [s.everything], { condition: '@Resource[…] StringEquals …' }),
    verdict: 'unknown',
    codes: ['rights.roles-condition'],
  },
  {
    name: '8: a deny assignment',
    lay: (world) => {
      s.roleCase(world, [s.everything]);
      s.deny(world);
    },
    verdict: 'blocked',
    codes: ['rights.roles-denied'],
    also: ({ grants }) => grants[0]?.obstacles.includes('denied') === true,
  },
  {
    name: '9: the object id of the Backup application cannot be read',
    lay: (world) => s.put(world),
    ...s.forbidden('servicePrincipalId', 'Application.Read.All'),
    verdict: 'unknown',
    codes: ['principal.unreadable'],
    also: ({ findings }) => findings.some(({ params }) => params['action'] === 'Application.Read.All'),
  },
  {
    name: '9: … but it is set in kluis.yaml',
    lay: (world) => s.put(world),
    ...s.forbidden('servicePrincipalId'),
    rules: { backupServiceObjectId: f.backupService },
    verdict: 'ready',
    codes: ['principal.found'],
  },
  {
    name: '10: soft-deleted in rsv-test-weu, 9 days left: only that vault refuses it',
    lay: (world) => {
      s.put(world);
      const softDeleted = { at: f.now, remainingHours: 9.5 * 24 };
      world.items.push(
        f.item(s.find(world, s.vmName), 'rsv-test-weu', {
          protectionState: 'ProtectionStopped',
          policyId: null,
          softDeleted,
        }),
      );
    },
    verdict: 'ready-with-warnings',
    codes: ['protection.soft-deleted', 'policy.fits'],
    also: ({ protection, destinations }) =>
      protection.daysLeft === 9 &&
      destinations.vaults.find(({ name }) => name === 'rsv-test-weu')?.reason?.code === 'destination.soft-deleted' &&
      destinations.vaults.some(({ name, eligible }) => eligible && name === 'rsv-prod-weu'),
  },
  {
    name: '11: protection stopped, data kept',
    lay: (world) => {
      s.put(world);
      world.items.push(f.item(s.find(world, s.vmName), 'rsv-prod-weu', { protectionState: 'ProtectionStopped' }));
    },
    verdict: 'ready-with-warnings',
    codes: ['protection.stopped'],
    also: ({ protection, findings }) =>
      protection.tonight.works === 'no' && findings.some(({ fix }) => fix?.kind === 'resume'),
  },
  {
    name: '12: protected in a vault that the bot may not read',
    lay: (world) => {
      s.put(world);
      const status = { status: 'Protected' as const, vaultId: f.vaultId('rsv-secret') };
      world.status[keyOfId(f.vmId('rg-case', s.vmName))] = status;
    },
    failures: [
      { method: 'protectedItem', at: 'rsv-secret' },
      { method: 'policies', at: 'rsv-secret' },
      { method: 'permissions', at: 'rsv-secret' },
      { method: 'recoveryPoints' },
      { method: 'jobs' },
    ],
    verdict: 'blocked',
    codes: ['protection.elsewhere'],
    also: ({ protection, destinations }) =>
      protection.vaultName === 'rsv-secret' && destinations.vaults.every(({ eligible }) => !eligible),
  },
  {
    name: '13: a scheduled backup runs',
    lay: (world) => {
      s.backupsToday(world, 0);
      const running = { status: 'InProgress', startTime: new Date('2026-11-24T00:30:00Z') };
      world.jobs.push(f.job(s.find(world, s.vmName), 'rsv-prod-weu', running));
    },
    verdict: 'ready',
    codes: ['attempts.running'],
    also: ({ protection }) => protection.runningJob?.operation === 'Backup' && protection.attemptsToday === 0,
  },
  {
    name: '14: the ninth attempt of the day is used',
    lay: (world) => s.backupsToday(world, 10),
    verdict: 'blocked',
    codes: ['attempts.used-up'],
    also: ({ findings, protection }) =>
      findings.some(({ params }) => params['opensAt'] === '2026-11-25T00:00:00.000Z') &&
      protection.attemptsToday === 9 &&
      protection.tonight.works === 'yes',
  },
  {
    name: '15: provisioning state Failed',
    lay: (world) => s.put(world, { provisioningState: 'Failed' }),
    verdict: 'blocked',
    codes: ['power.failed'],
  },
  {
    name: '15: extensions not allowed',
    lay: (world) => s.put(world, { extensionsAllowed: false }),
    verdict: 'blocked',
    codes: ['extensions.forbidden'],
  },
  {
    name: '16: still encrypting',
    lay: (world) => {
      s.put(world);
      const [disk] = s.find(world, s.vmName).disks;
      s.change(world, s.vmName, { disks: [{ ...disk!, ...view('EncryptionState/EncryptionInProgress') }] });
    },
    verdict: 'ready-with-warnings',
    codes: ['encrypting.in-progress'],
  },
  {
    name: '16: waits for a restart',
    lay: (world) => {
      const extension = {
        name: 'ADE',
        type: 'Microsoft.Azure.Security.AzureDiskEncryption',
        status: 'ProvisioningState/succeeded',
      };
      s.put(world, { extensions: [{ ...extension, substatus: ['{"os": "VMRestartPending"}'] }] });
    },
    verdict: 'ready-with-warnings',
    codes: ['encrypting.restart'],
  },
  {
    name: '17: dual pass: the settings stand in the VM model only',
    lay: (world) => {
      s.put(world, {}, [{}]);
      const [disk] = s.find(world, s.vmName).disks;
      s.change(world, s.vmName, {
        disks: [{ ...disk!, modelAde: s.ade, viewAde: [s.ade], ...view('EncryptionState/encrypted') }],
      });
      world.secrets['kv-prod-weu/bek-case'] = { name: 'bek-case', version: 's1', enabled: true, expires: null };
      world.keys['kv-prod-weu/kek'] = [{ name: 'kek', version: 'k1', enabled: true, expires: null }];
    },
    verdict: 'ready-with-warnings',
    codes: ['encryption.ade-kek', 'encryption.entra-app'],
    also: ({ encryption }) => encryption.readFrom === 'model',
  },
  {
    name: '18: Trusted Launch on a Standard policy',
    lay: (world) => s.put(world, { securityType: 'TrustedLaunch' }),
    verdict: 'ready',
    codes: ['policy.fits'],
  },
  {
    name: '18: Premium SSD v2: Enhanced policies only',
    lay: (world) => s.put(world, {}, [{ sku: 'PremiumV2_LRS' }]),
    verdict: 'ready',
    codes: ['disk-kind.enhanced-only'],
    also: ({ destinations: { policies, preset } }) =>
      policies[f.vaultId('rsv-prod-weu')]
        ?.filter(({ fits }) => fits)
        .map(({ name }) => name)
        .join() === 'enhanced-4h' && preset.policyId?.endsWith('enhanced-4h') === true,
  },
  {
    name: '18: a shared disk under a Standard policy',
    lay: (world) => {
      s.put(world, {}, [{ maxShares: 2 }]);
      s.protect(world, s.vmName, { points: [] });
    },
    verdict: 'blocked',
    codes: ['disk-kind.shared', 'policy.in-force-unfit'],
  },
  {
    name: '19: a ReadOnly lock on the group of the key vault: grant impossible, and why',
    lay: (world) => {
      s.put(world, {}, [f.diskKeys('kv-web-weu', 'kv-web-weu', 'case')]);
      s.lock(world, f.groupId('rg-security'));
    },
    verdict: 'blocked',
    codes: ['rights.policies-missing', 'locks.key-vault-read-only'],
    also: ({ grants }) => grants[0]?.obstacles.join() === 'lock',
  },
  {
    name: '19: a lock on the group of the restore points',
    lay: (world) => {
      s.put(world);
      s.protect(world, s.vmName, { points: Array(17).fill(s.nights[0]) });
      s.lock(world, f.groupId('AzureBackupRG_westeurope_1'), 'CanNotDelete');
    },
    verdict: 'ready-with-warnings',
    codes: ['locks.backup-group'],
    also: ({ findings }) => findings.some(({ params }) => params['points'] === 17),
  },
  {
    name: '20: the key vault is deleted but recoverable',
    lay: (world) => {
      s.put(world, {}, [f.diskKeys('kv-old-weu', 'kv-old-weu', 'case')]);
      const purgeAt = new Date('2027-01-20T00:00:00Z');
      world.deleted.push({ name: 'kv-old-weu', vaultId: f.keyVaultId('kv-old-weu'), deletedAt: f.now, purgeAt });
    },
    verdict: 'blocked',
    codes: ['key-vault.deleted'],
  },
  {
    name: '20: the item belongs to an earlier VM',
    lay: (world) => {
      s.put(world);
      const ofOther = { vmId: f.vmId('rg-before', s.vmName) };
      world.items.push(f.item(s.find(world, s.vmName), 'rsv-prod-weu', ofOther));
      const status = { status: 'Protected' as const, vaultId: f.vaultId('rsv-prod-weu') };
      world.status[keyOfId(f.vmId('rg-case', s.vmName))] = status;
    },
    verdict: 'ready-with-warnings',
    codes: ['protection.other-vm'],
  },
  {
    name: '20: the VM was made again under its old name, after its newest recovery point',
    lay: (world) => {
      s.put(world, { created: new Date('2026-11-24T00:00:00Z') });
      s.protect(world, s.vmName, { points: s.nights });
    },
    verdict: 'ready-with-warnings',
    codes: ['protection.protected', 'protection.other-vm'],
  },
  {
    name: '20: … and was backed up since: those backups are its own',
    lay: (world) => {
      s.put(world, { created: new Date('2026-11-23T12:00:00Z') });
      s.protect(world, s.vmName, { points: s.nights });
    },
    verdict: 'ready',
    codes: ['protection.protected'],
    also: ({ findings }) => findings.every(({ code }) => code !== 'protection.other-vm'),
  },
];
