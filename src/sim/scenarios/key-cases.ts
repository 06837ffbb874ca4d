import type { KeyVaultSpec } from '../state/state-keyvault.ts';
import type { SimState } from '../state/state.ts';
import { keyVaultId } from '../ids.ts';
import { FULL, keyVault } from '../estate/key-vaults.ts';
import { GROUP, ROLE, SUBSCRIPTION } from '../estate/known.ts';
import { BACKUP_OBJECT_ID } from '../backup-app.ts';
import { guidOf, hexOf } from '../invented.ts';
import { encryptDisk } from '../estate/machines.ts';
import { millis, stamp } from '../times.ts';
import { seedAssignment, seedKeyVault, seedMachine, vmNamed, type Scenario } from './seed.ts';

const RBAC = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-security/providers/Microsoft.KeyVault/vaults/kv-rbac-weu`;
const DAY = 86_400_000;

/** Cases of key vaults, keys, secrets and the permissions on them. */
export const keyCases: Record<string, Scenario> = {
  'kek-in-other-vault': {
    about: 'vm-case-01: BEK in kv-prod-weu, KEK in kv-kek-weu, access to the first only',
    load: (state) => void seedMachine(state, { name: 'vm-case-01', bek: 'kv-prod-weu', kek: 'kv-kek-weu' }),
  },
  'keys-in-two-vaults-without-access': {
    about: 'vm-case-01b: BEK in kv-bek-weu, KEK in kv-kek-weu, no access to either',
    load: (state) => {
      seedKeyVault(state, keyVault('kv-bek-weu', null));
      seedMachine(state, { name: 'vm-case-01b', bek: 'kv-bek-weu', kek: 'kv-kek-weu' });
    },
  },
  'data-disk-elsewhere': {
    about: 'vm-case-02: the data disk names kv-web-weu, where rights are missing; the OS disk kv-prod-weu',
    load: dataDiskElsewhere,
  },
  'data-disk-old-secret': {
    about: 'vm-case-02b: the data disk uses a secret of which a newer version exists',
    load: dataDiskOldSecret,
  },
  'public-access-disabled': {
    about: 'vm-case-03: its key vault has public access disabled and says nothing of a bypass',
    load: (state) => {
      seedKeyVault(state, keyVault('kv-private-weu', FULL, { publicNetworkAccess: 'Disabled' }));
      seedMachine(state, { name: 'vm-case-03', bek: 'kv-private-weu', kek: 'kv-private-weu' });
    },
  },
  'kek-disabled': {
    about: 'vm-case-04a: the version of the KEK that its disks use is disabled',
    load: (state) =>
      withOwnVault(state, 'vm-case-04a', (vault) =>
        vault.keys.forEach((key) => key.versions.forEach((one) => (one.enabled = false))),
      ),
  },
  'kek-expired': {
    about: 'vm-case-04b: the KEK has expired ten days ago; a newer version exists',
    load: (state, now) => withOwnVault(state, 'vm-case-04b', (vault) => expire(vault, now)),
  },
  'kek-of-certificate': {
    about: 'vm-case-05: the KEK was made for a certificate; Azure says "permissions not configured"',
    load: (state) => withOwnVault(state, 'vm-case-05', makeCertificates),
  },
  'access-inherited': {
    about: 'vm-rbac-01: Azure Backup is Key Vault Administrator of the subscription',
    load: (state) =>
      seedAssignment(state, { scope: `/subscriptions/${SUBSCRIPTION}`, roleId: ROLE.keyVaultAdministrator }),
  },
  'access-through-group': {
    about: 'vm-rbac-01: Azure Backup has its rights through a group',
    load: accessThroughGroup,
  },
  'key-vault-reader-only': {
    about: 'vm-rbac-01: Azure Backup is Key Vault Reader, which is not enough',
    load: (state) => seedAssignment(state, { scope: RBAC, roleId: ROLE.keyVaultReader }),
  },
  'access-with-condition': {
    about: 'vm-rbac-01: the assignment carries a condition that nobody can judge from outside',
    load: (state) =>
      seedAssignment(state, {
        scope: RBAC,
        roleId: ROLE.backupKeyReader,
        condition: "@Resource[Microsoft.KeyVault/vaults/secrets:name] StringStartsWith 'backup-'",
      }),
  },
  'access-denied': { about: 'vm-rbac-01: a role gives access, a deny assignment takes it', load: accessDenied },
  'backup-app-unreadable': {
    about: 'The bot may not read Microsoft Graph: who Azure Backup is here is unknown',
    load: (state) => {
      state.directory.readableByBot = false;
    },
  },
  'key-vault-deleted': {
    about: 'vm-rbac-01: its key vault is deleted but recoverable; its role assignments are gone with it',
    load: deleteRbacVault,
  },
};

function dataDiskElsewhere(state: SimState): void {
  const vm = seedMachine(state, { name: 'vm-case-02' });
  const disk = state.disks.find((known) => known.name === vm.disks[1]?.name);
  if (disk) encryptDisk(state, disk, { bek: 'kv-web-weu', kek: 'kv-web-weu', os: vm.os });
}

function dataDiskOldSecret(state: SimState): void {
  const vm = seedMachine(state, { name: 'vm-case-02b' });
  const disk = state.disks.find((known) => known.name === vm.disks[1]?.name);
  const vault = state.keyVaults.find((known) => known.name === 'kv-prod-weu');
  const secret = vault?.secrets.find((known) => disk?.ade?.secretUrl.includes(`/${known.name}/`));
  const version = hexOf('newer secret of vm-case-02b');
  if (!secret || secret.versions.some((known) => known.version === version)) return;
  secret.versions.push({ version, enabled: true, created: '2026-06-01T00:00:00Z' });
}

/** A VM with a key vault of its own, so that changes there affect no other VM. */
function withOwnVault(state: SimState, name: string, change: (vault: KeyVaultSpec) => void): void {
  const vault = seedKeyVault(state, keyVault(`kv-${name.replace('vm-', '')}`, FULL));
  seedMachine(state, { name, bek: vault.name, kek: vault.name });
  change(vault);
}

// Key Vault mirrors a certificate's dates to its key; those it makes itself start ten minutes before (recorded on the
// data plane: Azure/azure-sdk-for-python#22347, james-gould/azure-keyvault-emulator#398).
function makeCertificates(vault: KeyVaultSpec): void {
  for (const key of vault.keys) {
    key.certificate = true;
    for (const version of key.versions) {
      const created = millis(version.created);
      version.starts = stamp(new Date(created - DAY / 144));
      version.expires = stamp(new Date(created + 3650 * DAY));
    }
  }
}

function expire(vault: KeyVaultSpec, now: Date): void {
  for (const key of vault.keys) {
    for (const version of key.versions) version.expires = stamp(new Date(now.getTime() - 10 * DAY));
    key.versions.push({
      version: hexOf(`newer ${vault.name}`),
      enabled: true,
      created: stamp(new Date(now.getTime() - 30 * DAY)),
    });
  }
}

function accessThroughGroup(state: SimState): void {
  const id = guidOf('group of services that back up');
  state.directory.groups = state.directory.groups.filter((group) => group.id !== id);
  state.directory.groups.push({ id, name: 'Services that back up', members: [BACKUP_OBJECT_ID] });
  seedAssignment(state, { scope: RBAC, roleId: ROLE.backupKeyReader, principalId: id, principalType: 'Group' });
}

function accessDenied(state: SimState): void {
  seedAssignment(state, { scope: RBAC, roleId: ROLE.backupKeyReader });
  const id = guidOf('deny keys to Azure Backup');
  state.denyAssignments = state.denyAssignments.filter((known) => known.id !== id);
  state.denyAssignments.push({
    id,
    name: 'Keys are for people only',
    scope: RBAC,
    permissions: { actions: [], notActions: [], dataActions: ['Microsoft.KeyVault/vaults/*'], notDataActions: [] },
    principals: [{ id: BACKUP_OBJECT_ID, type: 'ServicePrincipal' }],
    excluded: [{ id: GROUP.approvers, type: 'Group' }],
  });
}

function deleteRbacVault(state: SimState, now: Date): void {
  const vault = state.keyVaults.find((known) => known.name === 'kv-rbac-weu');
  vmNamed(state, 'vm-rbac-01');
  if (!vault) return;
  state.keyVaults = state.keyVaults.filter((known) => known !== vault);
  state.deletedKeyVaults.push({ vault, deletedAt: stamp(new Date(now.getTime() - DAY)) });
  state.roleAssignments = state.roleAssignments.filter((known) => known.scope !== keyVaultId(vault));
}
