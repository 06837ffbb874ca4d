/** A small Azure made of facts, and reads on it that count their round trips and can be made to fail. */
import { AzureFault, type AzureFaultKind } from '../../../src/azure/faults.ts';
import type {
  AzureReads,
  BackupStatus,
  DeletedKeyVault,
  DenyAssignment,
  DiskFacts,
  JobFacts,
  KeyObject,
  KeyVaultFacts,
  Lock,
  Permissions,
  PolicyFacts,
  PreValidation,
  ProtectedItem,
  RecoveryPoint,
  RoleAssignment,
  RoleDefinition,
  StorageAccount,
  VaultFacts,
  VmEntry,
  VmFacts,
} from '../../../src/azure/gateway.ts';
import { keyOfId, sameId } from '../../../src/core/arm-id.ts';
import { locksOn } from '../../../src/readiness/lock-scope.ts';
import { groupId } from './facts.ts';
import { inWaves, type Waves } from './waves.ts';

/**
 * Everything that the reads use. Keys of `points` are item names, of `policies` vault IDs, of `keys` and `secrets`
 * `vault/name`.
 */
export type World = {
  vms: VmFacts[];
  disks: DiskFacts[];
  vaults: VaultFacts[];
  policies: Record<string, PolicyFacts[]>;
  items: ProtectedItem[];
  points: Record<string, RecoveryPoint[]>;
  jobs: JobFacts[];
  keyVaults: KeyVaultFacts[];
  deleted: DeletedKeyVault[];
  keys: Record<string, KeyObject[]>;
  secrets: Record<string, KeyObject>;
  assignments: RoleAssignment[];
  roles: RoleDefinition[];
  denials: DenyAssignment[];
  locks: Lock[];
  permissions: Permissions;
  accounts: StorageAccount[];
  /** The state of its resource provider, as Azure has it. */
  registration: string;
  principal: string | null;
  tenant: string | null;
  status: Record<string, Partial<BackupStatus>>;
  preValidation: Record<string, PreValidation>;
};

type Name = keyof AzureReads;

/** Which calls fail: a kind for the named method, for all its calls or those whose first argument contains `at`. */
export type Failure = {
  readonly method: Name;
  readonly kind?: AzureFaultKind;
  readonly at?: string;
  readonly action?: string;
};

export function fault(kind: AzureFaultKind, doing: string, action: string | null = null): AzureFault {
  return new AzureFault({
    kind,
    doing,
    status: null,
    code: null,
    says: null,
    requestId: null,
    retryAfterMs: null,
    action,
  });
}

/** Reads over a world, in waves. */
export function readsOf(world: World, failures: readonly Failure[] = []): Waves {
  const answers = answersOf(world);
  const call = async (method: Name, args: unknown[]) => {
    const failure = failures.find((one) => one.method === method && JSON.stringify(args).includes(one.at ?? ''));
    if (failure) throw fault(failure.kind ?? 'forbidden', `calling ${method}`, failure.action ?? null);
    const answer = answers[method] as (...all: unknown[]) => unknown;
    return answer(...args);
  };
  const reads = (Object.keys(answers) as Name[]).map((method) => [method, (...args: unknown[]) => call(method, args)]);
  return inWaves(Object.fromEntries(reads) as unknown as AzureReads);
}

function answersOf(world: World): {
  [K in Name]: (...args: Parameters<AzureReads[K]>) => Awaited<ReturnType<AzureReads[K]>>;
} {
  const byId = <T extends { id: string }>(list: readonly T[], id: string) =>
    list.find((one) => sameId(one.id, id)) ?? null;
  const itemAt = (ref: { vaultId: string; item: string }) =>
    world.items.find(
      (one) => sameId(one.ref.vaultId, ref.vaultId) && one.ref.item.toLowerCase() === ref.item.toLowerCase(),
    ) ?? null;
  const unused = (): never => {
    throw new Error('readiness does not read this');
  };
  return {
    vm: (id) => byId(world.vms, id),
    vms: (subscription) =>
      world.vms.filter((one) => one.subscription === subscription).map((vm) => ({ vm, isWhole: true })),
    disk: (id) => byId(world.disks, id),
    disks: () => world.disks,
    vaults: (subscription) => world.vaults.filter((one) => one.subscription === subscription),
    policies: (id) => world.policies[keyOfId(id)] ?? [],
    policy: unused,
    backupStatus: ({ id }) => statusOf(world, id),
    preValidate: ({ id }) =>
      world.preValidation[keyOfId(id)] ?? { ok: true, code: null, message: null, recommendation: null },
    protectedItem: itemAt,
    protectedItems: (id) => world.items.filter((one) => sameId(one.ref.vaultId, id)),
    recoveryPoints: (ref) => world.points[ref.item.toLowerCase()] ?? [],
    jobs: (id, filter) =>
      world.jobs.filter(
        (one) =>
          sameId(one.vaultId, id) &&
          (one.startTime ?? filter.from) >= filter.from &&
          (!filter.status || one.status === filter.status) &&
          (!filter.operation || one.operation === filter.operation),
      ),
    keyVault: (id) => byId(world.keyVaults, id),
    deletedKeyVault: (name) => world.deleted.find((one) => one.name === name) ?? null,
    keyVersion: (id, key, version) =>
      world.keys[`${lastOf(id)}/${key}`]?.find((one) => one.version === version) ?? null,
    keyVersions: (id, key) => world.keys[`${lastOf(id)}/${key}`] ?? [],
    secret: (id, secret) => world.secrets[`${lastOf(id)}/${secret}`] ?? null,
    secrets: (id) =>
      Object.entries(world.secrets)
        .filter(([place]) => place.startsWith(`${lastOf(id)}/`))
        .map(([, secret]) => secret),
    roleAssignments: (scope) => world.assignments.filter((one) => keyOfId(scope).startsWith(keyOfId(one.scope))),
    roleDefinition: (id) => byId(world.roles, id),
    roleDefinitionsNamed: (_scope, name) => world.roles.filter((one) => one.name === name),
    denyAssignments: () => world.denials,
    locks: (scope) => locksOn(world.locks, scope),
    locksIn: () => world.locks,
    permissions: () => world.permissions,
    providerState: () => world.registration,
    servicePrincipalId: () => world.principal,
    tenantId: () => world.tenant,
    policyOperation: unused,
    virtualNetworks: unused,
    subnetAddresses: unused,
    vmSizes: unused,
    coreQuotas: unused,
    activity: unused,
    disksOfGroup: unused,
    roleAssignmentsIn: unused,
    denyAssignmentsIn: unused,
    // A guard that lets restores through.
    guardedOperations: () => [{ operation: 'Microsoft.RecoveryServices/vaults/write', request: null }],
    storageAccounts: () => world.accounts,
    resourceGroups: () =>
      world.vms.map(({ resourceGroup, region }) => ({
        id: groupId(resourceGroup),
        name: resourceGroup,
        region,
        managedBy: null,
      })),
    vmEntries: (subscription) => world.vms.filter((one) => one.subscription === subscription).map(entryOf),
    protectable: unused,
    job: (_vaultId, jobId) => world.jobs.find((one) => one.name === jobId) ?? null,
    operation: unused,
    refreshed: unused,
  };
}

function statusOf(world: World, id: string): BackupStatus {
  const found = world.items.find((one) => sameId(one.vmId, id) && !one.softDeleted);
  return {
    status: found ? 'Protected' : 'NotProtected',
    vaultId: found?.ref.vaultId ?? null,
    container: found?.ref.container.toLowerCase() ?? null,
    item: found?.ref.item.toLowerCase() ?? null,
    policyName: found?.policyName ?? null,
    ...world.status[keyOfId(id)],
  };
}

function entryOf({ id, name, resourceGroup, subscription, region, tags }: VmFacts): VmEntry {
  return { id, name, resourceGroup, subscription, region, tags, classic: false };
}

function lastOf(id: string): string {
  return id.split('/').at(-1) ?? id;
}
