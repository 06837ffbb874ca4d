import type { SimState } from '../../../src/sim/state/state.ts';
import type { DiskSpec, VmSpec } from '../../../src/sim/state/state-compute.ts';
import type { ItemSpec, JobSpec, PointSpec, VaultSpec } from '../../../src/sim/state/state-backup.ts';
import type { Json } from '../../../src/sim/json.ts';
import { containerOf } from '../../../src/sim/backup/names.ts';
import { emptyState } from '../../../src/sim/state/empty.ts';
import { standardPolicy } from '../../../src/sim/backup/policies/policy-properties.ts';
import { addMachine } from '../../../src/sim/estate/machines.ts';
import { keyVault } from '../../../src/sim/estate/key-vaults.ts';
import { same, vaultId, vmId } from '../../../src/sim/ids.ts';
import type { Exchange } from './exchange.ts';

type Body = Record<string, unknown>;

const ID = /\/subscriptions\/([0-9a-f-]{36})\/resourceGroups\/([^/"?]+)\/providers\/([\w.]+)\/(\w+)\/([^/"?]+)/gi;

/**
 * The estate in which a recorded exchange is possible: every resource that it names, under its own name, in the state
 * that the first answer shows. Bodies are not copied: the simulator renders them from its own model.
 */
export function fixtureOf(exchange: Exchange): SimState {
  const state = emptyState('11111111-1111-1111-1111-111111111111');
  const text = decodeURIComponent(JSON.stringify(exchange).replace(/%(?![0-9a-f]{2})/gi, '%25'));
  for (const [, subscription = '', group = '', namespace = '', type = '', name = ''] of text.matchAll(ID)) {
    addResource(state, {
      subscription: subscription.toLowerCase(),
      group,
      name,
      type: `${namespace}/${type}`.toLowerCase(),
    });
  }
  for (const [, subscription = ''] of text.matchAll(/\/subscriptions\/([0-9a-f-]{36})/gi))
    addSubscription(state, subscription);
  for (const [, group = '', name = ''] of text.matchAll(/iaasvmcontainerv2;([^;"/]+);([^/"?;\\]+)/gi))
    addContainerVm(state, group, name);
  shapeByBodies(state, exchange);
  for (const [, job = ''] of text.matchAll(/backupJobs\/([0-9a-f-]{36})/gi)) addJob(state, job);
  // Azure's error there can't be reproduced here; a wrong account is detected too.
  if (text.includes('"validationResults"')) for (const one of state.storageAccounts) one.kind = 'BlobStorage';
  addItems(state, exchange);
  for (const [, policy = ''] of text.matchAll(/backupPolicies\/([^/"?]+)/gi)) addPolicies(state, policy);
  if (exchange.request.method === 'PUT') forgetMade(state, exchange);
  prepareNewVm(state, text);
  return state;
}

const SUBNET =
  /subscriptions\/([0-9a-f-]{36})\/resourceGroups\/([^/"]+)\/providers\/[^/"]+\/virtualNetworks\/([^/"]+)\/subnets\/([^/"]+)"/gi;

/** The VM that a restore is to create doesn't exist yet, and its subnet does. */
function prepareNewVm(state: SimState, text: string): void {
  const [, target = ''] = /"targetVirtualMachineId":"[^"]*\/([^/"]+)"/.exec(text) ?? [];
  state.vms = state.vms.filter(({ name }) => !same(name, target));
  for (const [, subscription = '', resourceGroup = '', name = '', subnet = ''] of text.matchAll(SUBNET))
    state.virtualNetworks.push({
      ...{ subscription, resourceGroup, name, location: 'southeastasia', prefixes: ['10.0.0.0/16'] },
      subnets: [{ name: subnet, prefix: '10.0.0.0/24' }],
    });
}

function addSubscription(state: SimState, id: string): void {
  if (!state.subscriptions.some((known) => known.id === id.toLowerCase()))
    state.subscriptions.push({ id: id.toLowerCase(), name: 'Recorded' });
}

function addGroup(state: SimState, subscription: string, name: string): void {
  addSubscription(state, subscription);
  if (state.resourceGroups.some((known) => same(known.name, name))) return;
  state.resourceGroups.push({ subscription, name, location: 'southeastasia', tags: {} });
}

function addResource(
  state: SimState,
  found: { subscription: string; group: string; name: string; type: string },
): void {
  const place = { subscription: found.subscription, resourceGroup: found.group, name: found.name };
  addGroup(state, found.subscription, found.group);
  const knows = (list: readonly { name: string; resourceGroup: string }[]): boolean =>
    list.some((one) => same(one.name, place.name) && same(one.resourceGroup, place.resourceGroup));
  switch (found.type) {
    case 'microsoft.recoveryservices/vaults':
      if (!knows(state.vaults)) state.vaults.push(vaultOf(place));
      return;
    case 'microsoft.keyvault/vaults':
      if (!knows(state.keyVaults))
        state.keyVaults.push({
          ...keyVault(place.name, { keys: ['all'], secrets: ['all'], certificates: ['all'], storage: ['all'] }),
          ...place,
        });
      return;
    case 'microsoft.compute/virtualmachines':
      if (!knows(state.vms)) machine(state, place);
      return;
    case 'microsoft.compute/disks':
      if (!knows(state.disks)) state.disks.push({ ...diskOf(), ...place });
      return;
    case 'microsoft.storage/storageaccounts':
      if (!knows(state.storageAccounts))
        state.storageAccounts.push({ ...place, location: 'southeastasia', created: '2022-02-11T03:20:39.9297236Z' });
      return;
  }
}

function vaultOf(place: { subscription: string; resourceGroup: string; name: string }): VaultSpec {
  return {
    ...place,
    location: 'southeastasia',
    tags: {},
    sku: { name: 'RS0', tier: 'Standard' },
    redundancy: 'GeoRedundant',
    softDelete: 'Enabled',
    softDeleteDays: 14,
    enhancedSecurity: 'Enabled',
    immutability: 'Disabled',
    provisioning: 'Succeeded',
    undiscovered: [],
    changed: '2022-02-11T02:14:51.548235Z',
  };
}

function diskOf(): Omit<DiskSpec, 'subscription' | 'resourceGroup' | 'name'> {
  const created = '2022-02-11T02:00:00Z';
  return {
    location: 'southeastasia',
    sizeGiB: 127,
    sku: 'Premium_LRS',
    encryptionType: 'EncryptionAtRestWithPlatformKey',
    created,
  };
}

function machine(state: SimState, place: { subscription: string; resourceGroup: string; name: string }): VmSpec {
  return addMachine(state, {
    ...place,
    location: 'southeastasia',
    os: 'Windows',
    disks: [127],
    created: '2025-11-16T23:20:27.651609Z',
  });
}

/** A VM that is known only by its container's name. */
function addContainerVm(state: SimState, group: string, name: string): void {
  const subscription = state.subscriptions[0]?.id ?? '';
  if (state.vms.some((vm) => containerOf(vmId(vm)) === `iaasvmcontainerv2;${group};${name}`.toLowerCase())) return;
  addGroup(state, subscription, group);
  machine(state, { subscription, resourceGroup: group, name });
}

function addPolicies(state: SimState, name: string): void {
  for (const vault of state.vaults) {
    const known = state.policies.some((policy) => same(policy.vaultId, vaultId(vault)) && same(policy.name, name));
    if (!known)
      state.policies.push({ vaultId: vaultId(vault), name, properties: standardPolicy({ time: '20:30', days: 30 }) });
  }
}

/** A job that is known only by its ID: one that is running and can be cancelled. */
function addJob(state: SimState, id: string): void {
  const [vault] = state.vaults;
  const [vm] = state.vms;
  if (!vault || state.jobs.some((known) => known.id === id)) return;
  state.jobs.push({
    id,
    vaultId: vaultId(vault),
    vmId: vm ? vmId(vm) : '',
    container: vm ? containerOf(vmId(vm)) : '',
    vmName: vm?.name ?? '',
    operation: 'Restore',
    status: 'InProgress',
    start: '2022-02-11T03:21:29.3773846Z',
    activityId: id,
    cancellable: true,
    tasks: [{ id: 'Transfer data from vault', status: 'InProgress' }],
    bag: {},
  });
}

/** What recorded bodies say about the resources that they show. */
function shapeByBodies(state: SimState, exchange: Exchange): void {
  for (const body of bodiesOf(exchange)) {
    const id = String(body.id ?? '');
    const properties = (body.properties ?? {}) as Body;
    const vault = state.vaults.find((known) => same(vaultId(known), id));
    if (vault) shapeVault(vault, body, properties);
    if (/\/backupJobs\/[^/]+$/i.test(id)) importJob(state, body);
    if (/\/recoveryPoints\/[^/]+$/i.test(id)) importPoint(state, body);
    if (/\/virtualMachines\/[^/]+$/i.test(id) && properties.storageProfile) shapeVm(state, id, body);
    if (/\/disks\/[^/]+$/i.test(id) || properties.encryptionSettingsCollection) shapeDisks(state, properties);
    if (/backupResourceGuardProxies\/[^/]+$/i.test(id))
      for (const known of state.vaults)
        known.guard = { name: String(body.name), resourceGuardId: '/g', updated: known.changed };
    if (/\/backupconfig\//i.test(id) && properties.softDeleteFeatureState === 'Disabled')
      for (const known of state.vaults) known.softDelete = 'Disabled';
    if (/\/backupPolicies\/[^/]+$/i.test(id)) importPolicy(state, id, properties);
    if (/\/extensions\/[^/]+$/i.test(id)) importExtension(state, id, properties);
  }
  const [, guard = '/g'] = /"(\/[^"]*\/resourceGuards\/[^/"]+)\//i.exec(JSON.stringify(exchange.request.body)) ?? [];
  for (const [, proxy = ''] of exchange.request.path.matchAll(/backupResourceGuardProxies\/([^/?]+)/g)) {
    for (const known of state.vaults) known.guard = { name: proxy, resourceGuardId: guard, updated: known.changed };
  }
}

function bodiesOf(exchange: Exchange): Body[] {
  return exchange.responses.flatMap(({ body }) => {
    if (typeof body !== 'object' || body === null) return [];
    const value = (body as Body).value;
    const own = Array.isArray(value) ? (value as Body[]) : [body as Body];
    return own.flatMap((one) => [one, ...((one.resources ?? []) as Body[])]);
  });
}

function shapeVault(vault: VaultSpec, body: Body, properties: Body): void {
  vault.location = String(body.location ?? vault.location);
  vault.tags = (body.tags ?? {}) as Record<string, string>;
  vault.sku = body.sku as VaultSpec['sku'];
  if (properties.moveDetails) vault.moved = { operationId: 'o', start: vault.changed, end: vault.changed, from: '/x' };
}

/** The simulator's model of a job, from Azure's body. */
export function importJob(state: SimState, body: Body): void {
  const properties = body.properties as Body;
  const info = (properties.extendedInfo ?? {}) as Body;
  const [vault = ''] = String(body.id).split('/backupJobs/');
  const name = String(properties.entityFriendlyName);
  const job: JobSpec = {
    id: String(body.name),
    vaultId: vault,
    vmId: state.vms.map(vmId).find((id) => id.endsWith(`/${name}`)) ?? '',
    container: String(properties.containerName),
    vmName: name,
    operation: properties.operation as JobSpec['operation'],
    status: String(properties.status),
    start: String(properties.startTime),
    ...(properties.endTime ? { end: String(properties.endTime) } : {}),
    activityId: String(properties.activityId),
    cancellable: properties.actionsInfo !== undefined,
    ...(properties.errorDetails ? { errors: properties.errorDetails as JobSpec['errors'] } : {}),
    tasks: ((info.tasksList ?? []) as Body[]).map((task) => ({
      id: String(task.taskId),
      status: String(task.status),
      ...(task.startTime ? { start: String(properties.startTime) } : {}),
    })),
    bag: (info.propertyBag ?? {}) as Record<string, string>,
    ...(info.internalPropertyBag ? { internalBag: info.internalPropertyBag as Record<string, string> } : {}),
    ...(info.progressPercentage === undefined ? {} : { restore: restoring(properties) }),
  };
  state.jobs = [...state.jobs.filter((known) => known.id !== job.id), job];
}

/** No recording says what the restore's request was; only that it runs matters. */
function restoring({ startTime }: Body): JobSpec['restore'] {
  const asked = { pointId: '', sourceVmId: '', storageAccountId: '', rehydrates: false };
  return { ...asked, due: Date.parse(String(startTime)) + 86_400_000 };
}

function importPoint(state: SimState, body: Body): void {
  const properties = body.properties as Body;
  const tiers = (properties.recoveryPointTierDetails ?? []) as Body[];
  const point: PointSpec = {
    id: String(body.name),
    time: String(properties.recoveryPointTime),
    consistency: 'AppConsistent',
    tiers: tiers.map((tier) => (tier.type === 1 || tier.type === 'InstantRP' ? 'InstantRP' : 'HardenedRP')),
    encrypted: properties.isSourceVMEncrypted === true,
    ...(properties.keyAndSecret ? { keys: { secretUrl: 's', secretVaultId: 'v', keyUrl: 'k', keyVaultId: 'v' } } : {}),
    size: 'Standard_DS1_v2',
    os: 'Windows',
    ...(properties.zones ? { zones: ['1'] } : {}),
    securityType: 'None',
    policyType: 'V1',
    ...(properties.recoveryPointProperties ? { expires: '2026-01-01T00:00:00Z', ruleName: 'Daily' } : {}),
    ...(properties.isPrivateAccessEnabledOnAnyDisk === true ? { privateAccess: true } : {}),
    ...(tiers.some(({ status }) => status === 'Deleted') ? { snapshotOver: true } : {}),
  };
  POINTS.set(state, [...(POINTS.get(state) ?? []), point]);
}

const plainPoint: Omit<PointSpec, 'id'> = {
  time: '2022-02-11T02:18:40.1234567Z',
  consistency: 'AppConsistent',
  tiers: ['HardenedRP'],
  encrypted: false,
  size: 'Standard_DS1_v2',
  os: 'Windows',
  securityType: 'None',
  policyType: 'V1',
};

/** Points wait here until their item is created. */
const POINTS = new WeakMap<SimState, PointSpec[]>();

function shapeVm(state: SimState, id: string, body: Body): void {
  const vm = state.vms.find((known) => same(vmId(known), id));
  if (!vm) return;
  vm.tags = (body.tags ?? {}) as Record<string, string>;
  const properties = body.properties as Body;
  const profile = (properties.securityProfile ?? {}) as Body;
  if (profile.securityType) vm.securityType = 'TrustedLaunch';
  if (body.zones) vm.zones = ['1'];
  const view = (properties.instanceView ?? {}) as Body;
  const first = ((view.disks ?? []) as Body[])[0];
  const [settings] = (first?.encryptionSettings ?? []) as Body[];
  if (!settings) return;
  vm.adeState = 'encrypted';
  const os = state.disks.find((disk) => disk.name === vm.disks[0]?.name);
  const kek = settings.keyEncryptionKey ? { keyUrl: 'https://kv.vault.azure.net/keys/k/1', keyVaultId: '/kv' } : {};
  if (os)
    os.ade = {
      secretUrl: 'https://kv.vault.azure.net/secrets/S/1',
      secretVaultId: '/kv',
      settingsVersion: '1.1',
      ...kek,
    };
}

function shapeDisks(state: SimState, properties: Body): void {
  const collection = properties.encryptionSettingsCollection as Body | undefined;
  if (!collection) return;
  for (const disk of state.disks) {
    disk.ade = {
      secretUrl: 'https://kv.vault.azure.net/secrets/S/1',
      secretVaultId: '/kv',
      keyUrl: 'https://kv.vault.azure.net/keys/k/1',
      keyVaultId: '/kv',
      settingsVersion: '1.1',
    };
  }
}

function importPolicy(state: SimState, id: string, properties: Body): void {
  const [vault = '', name = ''] = id.split('/backupPolicies/');
  const { protectedItemsCount: _count, ...rest } = properties;
  if (state.policies.some((known) => same(known.name, name))) return;
  state.policies.push({ vaultId: vault, name, properties: rest as { [name: string]: Json } });
}

function importExtension(state: SimState, id: string, properties: Body): void {
  const [owner = '', name = ''] = id.split('/extensions/');
  const vm = state.vms.find((known) => same(vmId(known), owner));
  if (!vm || vm.extensions.some((known) => known.name === name)) return;
  const settings = {
    KeyVaultURL: '',
    VolumeType: 'ALL',
    EncryptionOperation: 'EnableEncryption',
    KeyEncryptionKeyURL: null,
    KeyEncryptionAlgorithm: 'RSA-OAEP',
    SequenceVersion: '',
    KeyVaultResourceId: '',
    KekVaultResourceId: '',
  };
  vm.extensions.push({
    name,
    publisher: 'Microsoft.Azure.Security',
    type: String(properties.type ?? name),
    version: '2.2',
    runtimeVersion: '2.5.0.6',
    state: 'Succeeded',
    ...(properties.settings ? { settings } : {}),
  });
}

/** The item of each container that a write or a read needs, in the state before it. */
function addItems(state: SimState, exchange: Exchange): void {
  const recorded = bodiesOf(exchange).filter((body) => /\/protectedItems\/[^/]+$/i.test(String(body.id ?? '')));
  const { method, path, body } = exchange.request;
  const sent = ((body ?? {}) as Body).properties as Body | undefined;
  const below = /\/protectedItems\//i.test(path);
  const makesIt = method === 'PUT' && below && sent?.protectionState === undefined && !sent?.isRehydrate;
  const listsThem = /backupProtectionContainers|backupStatus/i.test(path);
  const validatesProtected = /backupPreValidateProtection|backupTriggerValidateOperation/i.test(path);
  const vault = state.vaults[0];
  if (!vault || makesIt || (!below && recorded.length === 0 && !listsThem && !validatesProtected)) return;
  const shown = (recorded[0]?.properties ?? {}) as Body;
  for (const vm of state.vms) state.items.push(itemOf(vault, vm, { ...shown, rehydrates: sent?.isRehydrate === true }));
  const points = [...(POINTS.get(state) ?? []), ...restoredPoints(body)];
  for (const item of state.items) item.points = points;
}

/** The point that a restore, or its validation, names. */
function restoredPoints(body: unknown): PointSpec[] {
  const [, id = ''] = /"recoveryPointId":"(\d+)"/.exec(JSON.stringify(body ?? null)) ?? [];
  return id === '' ? [] : [{ ...plainPoint, id }];
}

function itemOf(vault: VaultSpec, vm: VmSpec, shown: Body): ItemSpec {
  const deleted = shown.isScheduledForDeferredDelete === true || shown.rehydrates === true;
  const policy = shown.policyId === '' ? '' : `${vaultId(vault)}/backupPolicies/DefaultPolicy`;
  return {
    vaultId: vaultId(vault),
    vmId: vmId(vm),
    vmGuid: vm.vmId,
    container: containerOf(vmId(vm)),
    policyId: deleted ? '' : policy,
    state: deleted ? 'ProtectionStopped' : ((shown.protectionState as ItemSpec['state'] | undefined) ?? 'Protected'),
    dataId: '123145377509109',
    lastBackupStatus: String(shown.lastBackupStatus ?? ''),
    ...(shown.healthDetails ? { lastBackupTime: '2022-02-11T02:18:36.9219366Z' } : {}),
    ...(shown.lastRecoveryPoint ? { lastRecoveryPoint: '2022-02-11T02:18:36.9219366Z' } : {}),
    ...(deleted ? { deletedAt: '2022-03-18T13:33:50.7521182Z' } : {}),
    points: [],
  };
}

/** What a PUT is going to create must not exist before. */
function forgetMade(state: SimState, exchange: Exchange): void {
  const path = exchange.request.path.split('?')[0] ?? '';
  if (exchange.responses[0]?.status === 201) state.vaults = state.vaults.filter((vault) => !same(vaultId(vault), path));
  state.policies = state.policies.filter((policy) => !same(`${policy.vaultId}/backupPolicies/${policy.name}`, path));
}
