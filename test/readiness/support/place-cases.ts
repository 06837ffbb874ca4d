/** Cases of the destination and of what blocks it. */
import * as f from './facts.ts';
import * as s from './scenarios.ts';
import type { Scenario } from './scenarios.ts';

const nothing = { permissions: [{ actions: ['*/read'], notActions: [] }] };
const standardOnly = (world: Parameters<Scenario['lay']>[0]) => {
  world.policies = Object.fromEntries(
    Object.entries(world.policies).map(([id, all]) => [id, all.filter(({ kind }) => kind === 'Standard')]),
  );
};

/** Vaults, policies, Azure's own answer, locks, the bot's permissions. */
export const placeCases: readonly Scenario[] = [
  {
    name: 'no Recovery Services vault anywhere',
    lay: (w) => {
      s.put(w);
      w.vaults = [];
    },
    verdict: 'blocked',
    codes: ['vault.none'],
  },
  { name: 'vaults forbidden', lay: s.put, ...s.forbidden('vaults'), verdict: 'unknown', codes: ['vault.unreadable'] },
  {
    name: 'policies forbidden',
    lay: s.put,
    ...s.forbidden('policies'),
    verdict: 'unknown',
    codes: ['policy.unreadable'],
  },
  {
    name: 'no policy fits',
    lay: (w) => {
      s.put(w, {}, [{ sku: 'UltraSSD_LRS' }]);
      standardOnly(w);
    },
    verdict: 'blocked',
    codes: ['policy.none-fits'],
    also: ({ destinations }) =>
      destinations.vaults[0]?.reason?.code === 'destination.no-policy' &&
      destinations.newPolicy?.Standard?.code === 'policy.needs-enhanced' &&
      destinations.newPolicy.Enhanced === null,
  },
  {
    name: 'no policy at all',
    lay: (w) => {
      s.put(w);
      w.policies = Object.fromEntries(Object.keys(w.policies).map((id) => [id, []]));
    },
    verdict: 'blocked',
    codes: ['policy.none'],
    also: ({ destinations: { newPolicy } }) => newPolicy?.Standard === null && newPolicy.Enhanced === null,
  },
  {
    name: 'Azure refuses, and its verdict beats ours',
    lay: (w) => {
      s.put(w);
      s.answers(w, 'UserErrorSomethingElse');
    },
    verdict: 'blocked',
    codes: ['azure-says.no', 'rights.policies-complete'],
    also: ({ destinations }) => destinations.vaults[0]?.reason?.code === 'destination.azure-refuses',
  },
  {
    name: 'Azure misses the access that a grant gives',
    lay: (w) => {
      s.put(w, {}, [f.diskKeys('kv-web-weu', 'kv-web-weu', 'case')]);
      s.answers(w, 'UserErrorKeyVaultPermissionsNotConfigured');
    },
    verdict: 'fixable',
    codes: ['azure-says.no', 'rights.policies-missing'],
    also: ({ destinations }) => destinations.preset.vaultId === f.vaultId('rsv-prod-weu'),
  },
  {
    name: 'Azure misses access where nothing is missing: both are shown, and no grant is offered',
    lay: (w) => {
      s.put(w);
      s.answers(w, 'UserErrorKeyVaultPermissionsNotConfigured');
    },
    verdict: 'blocked',
    codes: ['azure-says.no', 'rights.policies-complete'],
    also: ({ grants }) => grants.length === 0,
  },
  {
    name: 'pre-validation forbidden',
    lay: s.put,
    ...s.forbidden('preValidate'),
    verdict: 'unknown',
    codes: ['azure-says.unreadable'],
  },
  {
    name: 'provider not registered',
    lay: (w) => {
      s.put(w);
      w.registration = 'NotRegistered';
    },
    verdict: 'blocked',
    codes: ['provider.missing'],
  },
  {
    name: 'provider being registered',
    lay: (w) => {
      s.put(w);
      w.registration = 'Registering';
    },
    verdict: 'blocked',
    codes: ['provider.registering'],
  },
  {
    name: 'provider forbidden',
    lay: s.put,
    ...s.forbidden('providerState'),
    verdict: 'unknown',
    codes: ['provider.unreadable'],
  },
  {
    name: 'ReadOnly lock on the VM',
    lay: (w) => {
      s.put(w);
      s.lock(w, f.vmId('rg-case', s.vmName));
    },
    verdict: 'ready-with-warnings',
    codes: ['locks.vm-read-only'],
  },
  {
    name: 'a lock that only forbids deletion, on the VM and on a key vault that needs no grant',
    lay: (w) => {
      s.put(w);
      s.lock(w, f.vmId('rg-case', s.vmName), 'CanNotDelete');
      s.lock(w, f.keyVaultId('kv-prod-weu'));
    },
    verdict: 'ready',
    codes: ['locks.none'],
  },
  { name: 'locks forbidden', lay: s.put, ...s.forbidden('locksIn'), verdict: 'unknown', codes: ['locks.unreadable'] },
  {
    name: 'a lock on the second group of restore points',
    lay: (w) => {
      s.put(w);
      s.lock(w, f.groupId('AzureBackupRG_WestEurope_2'), 'CanNotDelete');
    },
    verdict: 'ready-with-warnings',
    codes: ['locks.backup-group'],
    also: ({ findings }) => findings.some(({ subject }) => subject === 'AzureBackupRG_WestEurope_2'),
  },
  {
    name: 'locks on groups that are named alike, but are no groups of restore points',
    lay: (w) => {
      s.put(w);
      for (const name of ['AzureBackupRG_westeurope_', 'AzureBackupRG_westeurope_x1', 'AzureBackupRG_northeurope_1'])
        s.lock(w, f.groupId(name), 'CanNotDelete');
    },
    verdict: 'ready',
    codes: ['locks.none'],
  },
  {
    name: 'the bot may not protect',
    lay: (w) => {
      s.put(w);
      Object.assign(w, nothing);
    },
    verdict: 'blocked',
    codes: ['bot.may-not'],
    also: ({ destinations }) => destinations.vaults[0]?.reason?.code === 'destination.no-right',
  },
  {
    name: 'permissions forbidden',
    lay: s.put,
    ...s.forbidden('permissions'),
    verdict: 'unknown',
    codes: ['bot.unreadable'],
  },
  {
    name: 'the default cannot take the disks, another vault can: that one is filled in',
    lay: (w) => {
      s.put(w, {}, [{ sku: 'UltraSSD_LRS' }]);
      const standard = (id: string) => !id.endsWith('rsv-test-weu');
      w.policies = Object.fromEntries(
        Object.entries(w.policies).map(([id, all]) => [
          id,
          all.filter(({ kind }) => !standard(id) || kind === 'Standard'),
        ]),
      );
    },
    verdict: 'ready',
    codes: ['policy.fits'],
    also: ({ destinations }) => destinations.preset.vaultId === f.vaultId('rsv-test-weu'),
  },
  {
    name: 'two vaults fit and none is the default: the choice stays open',
    lay: (w) => {
      s.put(w);
      w.vaults = w.vaults.map((one) => ({ ...one, tags: {} }));
    },
    verdict: 'ready',
    codes: ['vault.found'],
    also: ({ destinations }) =>
      destinations.preset.vaultId === null &&
      destinations.vaults.filter(({ eligible }) => eligible).every(({ looked }) => !looked),
  },
  {
    name: 'the default vault is named in kluis.yaml: that beats the tag',
    lay: s.put,
    rules: { defaultVault: 'RSV-test-weu' },
    verdict: 'ready',
    codes: ['vault.found'],
    also: ({ destinations }) => destinations.preset.vaultId === f.vaultId('rsv-test-weu'),
  },
  {
    name: 'exactly one vault fits: it is filled in without a mark',
    lay: (w) => {
      s.put(w);
      w.vaults = w.vaults.filter(({ name }) => name !== 'rsv-prod-weu');
    },
    verdict: 'ready',
    codes: ['vault.found'],
    also: ({ destinations }) => destinations.preset.vaultId === f.vaultId('rsv-test-weu'),
  },
];
