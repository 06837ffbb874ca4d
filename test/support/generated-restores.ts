/** Generated estates in which something is wrong with a VM's backups, its keys or what a restore needs. */
import fc from 'fast-check';
import { IDENTITIES } from '../../src/sim/http/call.ts';
import type { PointSpec } from '../../src/sim/state/state-backup.ts';
import type { KeyVaultSpec, VaultObject } from '../../src/sim/state/state-keyvault.ts';
import type { SimState } from '../../src/sim/state/state.ts';

type Change = (state: SimState, vm: string) => Partial<SimState>;

const dayMs = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * dayMs).toISOString();

const itemOf = ({ items }: SimState, vm: string) => items.find(({ vmId }) => vmId.endsWith(`/${vm}`))!;
const inItem =
  (over: (item: SimState['items'][number]) => Partial<SimState['items'][number]>): Change =>
  (state, vm) => {
    const mine = itemOf(state, vm);
    return { items: state.items.map((item) => (item === mine ? { ...item, ...over(item) } : item)) };
  };
const inVault =
  (over: Partial<SimState['vaults'][number]>): Change =>
  (state, vm) => {
    const { vaultId } = itemOf(state, vm);
    return { vaults: state.vaults.map((one) => (vaultId.endsWith(`/${one.name}`) ? { ...one, ...over } : one)) };
  };
const tiered = (tiers: PointSpec['tiers'], more: Partial<PointSpec> = {}) =>
  inItem(({ points }) => ({ points: points.map((point) => ({ ...point, tiers, ...more })) }));

/** The key vaults of the VM's disks, wherever they are. */
const keyVaultOf = (state: SimState, vm: string): string => {
  const disk = state.disks.find(({ name, ade }) => name.startsWith(`${vm}-`) && ade);
  return disk?.ade?.secretVaultId.split('/').pop() ?? '';
};
const inKeyVault =
  (over: (keyVault: KeyVaultSpec) => Partial<KeyVaultSpec>): Change =>
  (state, vm) => {
    const name = keyVaultOf(state, vm);
    return { keyVaults: state.keyVaults.map((one) => (one.name === name ? { ...one, ...over(one) } : one)) };
  };
const versions = (objects: readonly VaultObject[], over: Partial<VaultObject['versions'][number]>) =>
  objects.map((one) => ({ ...one, versions: one.versions.map((version) => ({ ...version, ...over })) }));
const deletedNow = (objects: readonly VaultObject[]) =>
  objects.map((object) => ({ ...object, deletedAt: new Date().toISOString() }));

const withoutRole =
  (scope: RegExp): Change =>
  ({ roleAssignments }) => ({
    roleAssignments: roleAssignments.filter(
      (one) => !(one.principalId === IDENTITIES['kluis-restore'] && scope.test(one.scope)),
    ),
  });
const accounts =
  (over: Partial<SimState['storageAccounts'][number]>): Change =>
  ({ storageAccounts }) => ({ storageAccounts: storageAccounts.map((one) => ({ ...one, ...over })) });

const guardId = `/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups/rg-security/providers/Microsoft.DataProtection/resourceGuards/guard-prod`;
const guard = { name: 'VaultProxy', resourceGuardId: guardId, updated: ago(40), restores: true as const };

/** What can be wrong, by what it is about; several at once. */
export const troubles: Readonly<Record<string, Change>> = {
  'no point': inItem(() => ({ points: [], lastRecoveryPoint: undefined })),
  'points expired': inItem(() => ({ points: [], lastRecoveryPoint: ago(9) })),
  'old points': inItem(({ points }) => ({
    points: points.map((point) => ({ ...point, time: new Date(Date.parse(point.time) - 6 * dayMs).toISOString() })),
    lastRecoveryPoint: ago(6.2),
  })),
  'only the archive': tiered(['ArchivedRP']),
  'only snapshots': tiered(['InstantRP']),
  'points that Azure lists as invalid': inItem(({ points }) => ({
    points: points.map((point) => ({ ...point, invalid: true as const })),
    lastRecoveryPoint: ago(6.2),
  })),
  'twenty restores today': (state, vm) => {
    const { vaultId, vmId, container } = itemOf(state, vm);
    const at = new Date().toISOString();
    const job = (id: string) => ({
      ...{ id, vaultId, vmId, container, vmName: vm, operation: 'Restore' as const, status: 'Completed' },
      ...{ start: at, end: at, activityId: id, cancellable: false, tasks: [], bag: {} },
    });
    return { jobs: [...state.jobs, ...Array.from({ length: 20 }, (_, nr) => job(`restored-${vm}-${nr}`))] };
  },
  'VM gone': (state, vm) => ({ vms: state.vms.filter(({ name }) => name !== vm) }),
  'keys disabled': inKeyVault(({ keys }) => ({ keys: versions(keys, { enabled: false }) })),
  'secrets disabled': inKeyVault(({ secrets }) => ({ secrets: versions(secrets, { enabled: false }) })),
  'keys soft-deleted': inKeyVault(({ keys, deletedKeys }) => ({
    keys: [],
    deletedKeys: [...(deletedKeys ?? []), ...deletedNow(keys)],
  })),
  'keys purged': inKeyVault(() => ({ keys: [], deletedKeys: [] })),
  'secrets soft-deleted': inKeyVault(({ secrets, deletedSecrets }) => ({
    secrets: [],
    deletedSecrets: [...(deletedSecrets ?? []), ...deletedNow(secrets)],
  })),
  'secrets purged': inKeyVault(() => ({ secrets: [], deletedSecrets: [] })),
  'keys made again under their names': inKeyVault(({ keys }) => ({
    keys: keys.map((key) => ({ ...key, versions: key.versions.map((one) => ({ ...one, version: 'f'.repeat(32) })) })),
    deletedKeys: [],
  })),
  'key vault deleted': (state, vm) => {
    const name = keyVaultOf(state, vm);
    const vault = state.keyVaults.find((one) => one.name === name);
    if (!vault) return {};
    return {
      keyVaults: state.keyVaults.filter((one) => one !== vault),
      deletedKeyVaults: [...state.deletedKeyVaults, { vault, deletedAt: new Date().toISOString() }],
    };
  },
  'key vault purged': (state, vm) => {
    const name = keyVaultOf(state, vm);
    return {
      keyVaults: state.keyVaults.filter((one) => one.name !== name),
      deletedKeyVaults: state.deletedKeyVaults.filter(({ vault }) => vault.name !== name),
    };
  },
  'no way into the key vault for the restore identity': inKeyVault(({ accessPolicies }) => ({
    accessPolicies: accessPolicies.filter(({ objectId }) => objectId !== IDENTITIES['kluis-restore']),
  })),
  'key vault behind a firewall': inKeyVault(() => ({ firewall: { defaultAction: 'Deny', bypass: 'AzureServices' } })),
  'no role at the vaults': withoutRole(/rg-backup$/),
  'no role at the VMs': withoutRole(/rg-(app|hr|neu|web|sql)$/),
  'no role at the staging account': withoutRole(/rg-staging$/),
  'no role at the key vaults': withoutRole(/rg-security$/),
  'no role at the target': withoutRole(/rg-(restore|drills|app|hr|neu|web|sql|old|us)$/),
  'no role at one target': withoutRole(/rg-restore$/),
  'no role where disks are written': withoutRole(/rg-(restore|drills)$/),
  'no staging account': () => ({ storageAccounts: [] }),
  'staging accounts elsewhere': accounts({ location: 'eastus' }),
  'staging accounts for blobs': accounts({ kind: 'BlobStorage' }),
  'staging accounts behind a firewall': accounts({ firewalled: true }),
  'an identity for the vault': inVault({
    identity: { principalId: guardId.slice(15, 51), tenantId: guardId.slice(15, 51) },
  }),
  'a guard of restores': inVault({ guard }),
  'a guard that lets Kluis through': (state, vm) => ({
    ...inVault({ guard })(state, vm),
    roleAssignments: [
      ...state.roleAssignments,
      {
        name: 'guarded',
        scope: guardId,
        roleId: state.roles.find(({ name }) => name === 'Reader')!.id,
        principalId: IDENTITIES['kluis-restore'],
        principalType: 'ServicePrincipal',
        created: ago(1),
      },
    ],
  }),
  'no second region': inVault({ redundancy: 'LocallyRedundant' }),
};

const vms = ['vm-app-01', 'vm-app-02', 'vm-hr-01', 'vm-hr-02', 'vm-neu-01'] as const;

/** What happens to keys in a key vault. Nobody can look into one that is deleted, so that one is deleted as it was. */
const insideKeyVault = /^(keys|secrets) /;

/** An estate: the VM, and what is wrong. */
export const generated = fc
  .record({
    vm: fc.constantFrom(...vms),
    wrong: fc.uniqueArray(fc.constantFrom(...Object.keys(troubles)), { maxLength: 3 }),
  })
  .filter(({ wrong }) => !(wrong.includes('key vault deleted') && wrong.some((one) => insideKeyVault.test(one))));

/** The estate with that wrong. */
export function befallen(
  state: SimState,
  { vm, wrong }: { readonly vm: string; readonly wrong: readonly string[] },
): SimState {
  let now = state;
  for (const trouble of wrong) now = { ...now, ...troubles[trouble]!(now, vm) };
  return now;
}
