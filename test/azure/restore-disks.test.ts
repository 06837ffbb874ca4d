import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { RestoreRequest } from '../../src/azure/disk-restores.ts';
import { simulatorCredential } from '../../src/azure/arm/transport/simulator-credential.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import { ROLE } from '../../src/sim/estate/known.ts';
import { IDENTITIES } from '../../src/sim/http/call.ts';
import { attemptOf } from './support/attempt.ts';
import { restoreRequest } from './support/calls.ts';
import { faultOf, gatewayOn } from './support/gateway-on.ts';
import { restoredVm, subnetOf } from './support/restored-vm.ts';
import { restoreGroupId, stagingAccountId, subscription, vaultId } from './support/names.ts';
import { itemRefOf } from '../../src/azure/gateway.ts';
import { healthy, simulated, vmOf, type Simulated } from './support/simulated.ts';

const vmId = vmOf('rg-app', 'vm-app-01');
/** A VM without Azure Disk Encryption. */
const plain = { vmId: vmOf('rg-app', 'vm-dup-01'), ref: itemRefOf(vmOf('rg-app', 'vm-dup-01'), vaultId) };
const account = 'stkluisweu';

let sim: Simulated;
beforeEach(async () => {
  sim = await simulated();
});
afterEach(async () => {
  await sim[Symbol.asyncDispose]();
});

async function request(more: Partial<RestoreRequest> = {}, which = 0): Promise<RestoreRequest> {
  const points = await sim.azure.reads.recoveryPoints(healthy);
  return { ...restoreRequest, ref: healthy, sourceVmId: vmId, point: points[which]!.name, ...more };
}

/** Restores and runs until the end of the job; `hours` are Azure's. */
async function restored(asked: RestoreRequest, hours = 2) {
  const accepted = await sim.azure.restores!.startRestore(asked, attemptOf());
  await sim.advance((hours * 3600) / 60);
  const status = await sim.azure.reads.operation(accepted);
  expect(status).toMatchObject({ status: 'Succeeded', jobId: accepted.operationId });
  return (await sim.azure.reads.job(vaultId, status!.jobId!))!;
}

const stateOf = async () => (await sim.state()) as SimState;

test('where a restore can be staged, and where its disks can go', async () => {
  const accounts = await sim.azure.reads.storageAccounts(subscription);
  expect(accounts.map(({ name, region, kind, firewalled }) => [name, region, kind, firewalled])).toEqual([
    ['stkluisweu', 'westeurope', 'StorageV2', null],
    ['stkluisneu', 'northeurope', 'StorageV2', null],
    ['stclosedweu', 'westeurope', 'StorageV2', true],
    ['stblobweu', 'westeurope', 'BlobStorage', null],
  ]);
  expect(accounts[0]).toMatchObject({ id: stagingAccountId, sku: 'Standard_LRS' });
  const groups = await sim.azure.reads.resourceGroups(subscription);
  expect(groups).toContainEqual({ id: restoreGroupId, name: 'rg-restore', region: 'westeurope', managedBy: null });
  expect(groups.find(({ name }) => name === 'AzureBackupRG_westeurope_1')?.managedBy).toMatch(/RecoveryServices/);
});

describe('before it runs', () => {
  test('nothing is wrong', async () => {
    expect(await sim.azure.restores!.validateRestore(await request())).toEqual([]);
  });

  test.each([
    ['of another region', 'stkluisneu', 'two different regions'],
    ['of blobs only', 'stblobweu', "isn't supported"],
    ['that is not there', 'stnone', "doesn't exist"],
  ])('an account %s', async (_what, name, words) => {
    const stagingAccountIdOf = stagingAccountId.replace(account, name);
    const found = await sim.azure.restores!.validateRestore(await request({ stagingAccountId: stagingAccountIdOf }));
    expect(found).toMatchObject([{ message: expect.stringContaining(words) }]);
    expect(found[0]?.recommendations).toHaveLength(1);
  });

  test('an account behind a firewall shows in the job only', async () => {
    const closed = await request({ stagingAccountId: stagingAccountId.replace(account, 'stclosedweu') });
    expect(await sim.azure.restores!.validateRestore(closed)).toEqual([]);
    expect(await restored(closed)).toMatchObject({
      status: 'Failed',
      errors: [{ title: 'UserErrorNetworkAclSANotSupported' }],
      staged: null,
    });
  });

  test('an account behind a firewall: the vault’s own identity gets through, if it has one', async () => {
    const id = stagingAccountId.replace(account, 'stclosedweu');
    const asked = await request({ stagingAccountId: id, stagesByIdentity: true });
    const { facts } = await faultOf(sim.azure.restores!.startRestore(asked, attemptOf(randomUUID())));
    expect(facts).toMatchObject({ code: 'BMSUserErrorInvalidInput' });
    const { vaults } = (await sim.state()) as { vaults: object[] };
    const identity = { principalId: randomUUID(), tenantId: randomUUID() };
    await sim.change({ vaults: vaults.map((vault) => ({ ...vault, identity })) });
    expect((await sim.azure.reads.vaults(subscription)).every(({ systemIdentity }) => systemIdentity)).toBe(true);
    expect(await restored(asked)).toMatchObject({ status: 'Completed', staged: { account: 'stclosedweu' } });
    await sim.change({ vaults });
  });
});

describe('the restore', () => {
  test('is sent once, with everything that Azure needs and nothing more, under its attempt’s ID', async () => {
    const asked = await request();
    const attempt = attemptOf();
    await sim.runAt(1); // otherwise it is running before anybody looks
    const { operationId } = await sim.azure.restores!.startRestore(asked, attempt);
    const sent = await sim.requests('POST', /\/restore\?/);
    expect(sent).toMatchObject([
      {
        identity: 'kluis-restore',
        clientRequestId: attempt.id,
        body: {
          properties: {
            objectType: 'IaasVMRestoreRequest',
            recoveryPointId: asked.point,
            recoveryType: 'RestoreDisks',
            sourceResourceId: vmId,
            targetResourceGroupId: restoreGroupId,
            storageAccountId: stagingAccountId,
            region: 'westeurope',
            createNewCloudService: false,
            originalStorageAccountOption: false,
          },
        },
      },
    ]);
    const job = await sim.azure.reads.job(vaultId, operationId);
    expect(job).toMatchObject({ operation: 'Restore', status: 'InProgress', percent: 1, activityId: attempt.id });
    expect(job).toMatchObject({ staged: null, cancellable: true, tasks: [{ status: 'InProgress' }] });
    await sim.advance(120);
    const later = (await sim.azure.reads.job(vaultId, operationId))!;
    // As recorded: 1 for minutes, and no estimate of the time left.
    expect(later).toMatchObject({ percent: 1, remainingMs: null });
    await sim.runAt(60);
    await sim.advance(3600);
  });

  test('leaves the disks in the target group, detached, and naming where their keys were', async () => {
    const before = (await sim.azure.reads.vm(vmId))!.disks;
    const job = await restored(await request());
    expect(job).toMatchObject({ status: 'Completed', percent: 100 });
    const { disks } = await stateOf();
    const made = disks.filter(({ resourceGroup }) => resourceGroup === 'rg-restore');
    expect(made.map(({ name }) => name.replace(/\d{8}-\d{6}$/, ''))).toEqual([
      'vm-app-01-osdisk-',
      'vm-app-01-datadisk-000-',
    ]);
    const [os] = made;
    const disk = await sim.azure.reads.disk(`${restoreGroupId}/providers/Microsoft.Compute/disks/${os!.name}`);
    expect(disk!.ade!.keys).toEqual((await sim.azure.reads.disk(before[0]!.id!))!.ade!.keys);
    expect(made.every(({ managedBy }) => managedBy === undefined)).toBe(true);
  });

  test('leaves disks with names of their own, also when two of them end in the same second', async () => {
    await sim[Symbol.asyncDispose]();
    const now = new Date().setMilliseconds(0);
    sim = await simulated({ now: () => new Date(now) });
    await sim.runAt(100_000);
    for (let restores = 0; restores < 2; restores += 1) await restored(await request(), 0.005);
    const made = (await stateOf()).disks.filter(({ resourceGroup }) => resourceGroup === 'rg-restore');
    expect(new Set(made.map(({ name }) => name)).size).toBe(4);
  });

  test('of a point without encryption brings back disks without keys', async () => {
    const state = await stateOf();
    const items = state.items.map((item) => ({
      ...item,
      points: item.points.map((point) => ({ ...point, encrypted: false })),
    }));
    await sim.change({ items });
    await restored(await request());
    const made = (await stateOf()).disks.filter(({ resourceGroup }) => resourceGroup === 'rg-restore');
    expect(made.map(({ ade }) => ade)).toEqual([undefined, undefined]);
  });

  test('works when the VM and its disks are gone', async () => {
    const state = await stateOf();
    await sim.change({ vms: state.vms.filter(({ name }) => name !== 'vm-app-01'), disks: [] });
    expect((await restored(await request())).status).toBe('Completed');
    expect((await stateOf()).disks).toHaveLength(2);
  });

  test('is refused while another one runs, and after ten on a day', async () => {
    const asked = await request();
    const first = await sim.azure.restores!.startRestore(asked, attemptOf());
    const second = await sim.azure.restores!.startRestore(asked, attemptOf());
    await sim.advance(1);
    expect(await sim.azure.reads.job(vaultId, second.operationId)).toMatchObject({
      status: 'Failed',
      errors: [{ title: 'UserErrorRestoreOperationInProgress' }],
    });
    const { jobs } = await stateOf();
    const model = jobs.find(({ id }) => id === first.operationId)!;
    const nine = Array.from({ length: 9 }, (_, at) => ({ ...model, id: `past-${at}`, status: 'Completed' }));
    await sim.change({
      jobs: [...jobs.map((job) => (job === model ? { ...job, status: 'Completed' } : job)), ...nine],
    });
    const more = await sim.azure.restores!.startRestore(asked, attemptOf());
    await sim.advance(1);
    expect(await sim.azure.reads.job(vaultId, more.operationId)).toMatchObject({
      errors: [{ title: 'UserErrorRestoreLimitReached' }],
    });
  });

  test('from the archive says how it is rehydrated, and takes hours', async () => {
    const asked = await request({ rehydrate: 'High' });
    const { operationId } = await sim.azure.restores!.startRestore(asked, attemptOf());
    const [sent] = await sim.requests('POST', /\/restore\?/);
    expect(sent).toMatchObject({
      body: {
        properties: {
          objectType: 'IaasVMRestoreWithRehydrationRequest',
          recoveryPointRehydrationInfo: { rehydrationRetentionDuration: 'P15D', rehydrationPriority: 'High' },
        },
      },
    });
    await sim.advance((8 * 3600) / 60);
    expect((await sim.azure.reads.job(vaultId, operationId))!.status).toBe('InProgress');
  });

  test('in a vault whose Resource Guard protects restores needs the guard’s request', async () => {
    const { vaults, roleAssignments } = await stateOf();
    const guard = vaults.find((vault) => vault.guard)!.guard!;
    const watched = { ...guard, restores: true };
    await sim.change({
      vaults: vaults.map((vault) => (vault.name === 'rsv-prod-weu' ? { ...vault, guard: watched } : vault)),
    });
    const { facts } = await faultOf(sim.azure.restores!.startRestore(await request(), attemptOf()));
    expect(facts).toMatchObject({ kind: 'refused', code: 'UserErrorResourceGuardOperationNotPermitted' });
    const guardRequest = `${guard.resourceGuardId}/triggerRestoreRequests/default`;
    const guarded = await sim.azure.reads.guardedOperations(vaultId);
    expect(guarded).toContainEqual({
      operation: expect.stringMatching(/vaults\/backupFabrics.*\/restore\/action$/),
      request: guardRequest,
    });
    const named = await faultOf(sim.azure.restores!.startRestore(await request({ guardRequest }), attemptOf()));
    expect(named.facts).toMatchObject({ kind: 'forbidden', code: 'LinkedAuthorizationFailed' });
    const operator = {
      name: randomUUID(),
      scope: guard.resourceGuardId,
      roleId: ROLE.reader,
      principalId: IDENTITIES['kluis-restore'],
      principalType: 'ServicePrincipal' as const,
      created: '2025-09-01T09:00:00.0000000Z',
    };
    await sim.change({ roleAssignments: [...roleAssignments, operator] });
    expect((await restored(await request({ guardRequest }))).status).toBe('Completed');
  });
});

describe('of a VM as a whole', () => {
  const network = subnetOf('vnet-prod-weu', '').replace('/subnets/', '');
  const newVm = (name: string): RestoreRequest['to'] => ({
    makes: 'vm',
    groupId: restoreGroupId,
    vmId: restoredVm(name),
    networkId: network,
    subnetId: `${network}/subnets/snet-restore`,
  });
  const ofPlain = async (to: RestoreRequest['to']): Promise<RestoreRequest> => {
    const [point] = await sim.azure.reads.recoveryPoints(plain.ref);
    return { ...restoreRequest, ref: plain.ref, sourceVmId: plain.vmId, point: point!.name, to };
  };
  const power = async (to: 'deallocated' | 'running') => {
    const { vms } = await stateOf();
    await sim.change({ vms: vms.map((vm) => (vm.name === 'vm-dup-01' ? { ...vm, power: to } : vm)) });
  };
  const problems = async (asked: RestoreRequest) =>
    (await sim.azure.restores!.validateRestore(asked)).map(({ code }) => code);

  test('as a new one: with disks and an interface of its own, and nothing in the account', async () => {
    const asked = await ofPlain(newVm('vm-new-01'));
    expect(await problems(asked)).toEqual([]);
    expect(await restored(asked)).toMatchObject({ status: 'Completed', staged: null });
    const [sent] = await sim.requests('POST', /\/restore\?/);
    const properties = {
      recoveryType: 'AlternateLocation',
      targetResourceGroupId: restoreGroupId,
      targetVirtualMachineId: restoredVm('vm-new-01'),
      virtualNetworkId: network,
      subnetId: `${network}/subnets/snet-restore`,
      storageAccountId: stagingAccountId,
    };
    expect(sent).toMatchObject({ body: { properties } });
    const vm = await sim.azure.reads.vm(restoredVm('vm-new-01'));
    expect(vm).toMatchObject({ powerState: 'PowerState/running', os: 'Windows' });
    expect(vm!.disks.map(({ id }) => id)).toEqual([expect.stringMatching(/rg-restore.*vm-dup-01-osdisk-/)]);
    expect((await sim.azure.reads.vm(plain.vmId))!.disks).toHaveLength(1);
    expect(await problems(await ofPlain(newVm('vm-new-01')))).toEqual(['UserErrorTargetVmAlreadyExists']);
  });

  test('as a new one, where Azure refuses', async () => {
    expect(await problems(await request({ to: newVm('vm-new-02') }))).toEqual(['UserErrorAlrNotSupported']);
    const to = newVm('vm-new-02') as Extract<RestoreRequest['to'], { makes: 'vm' }>;
    const nowhere = await ofPlain({ ...to, subnetId: `${network}/subnets/none` });
    expect(await problems(nowhere)).toEqual(['UserErrorSubnetNotFound']);
    const half = await ofPlain({ ...to, vmId: vmOf('rg-elsewhere', 'vm-new-02') });
    expect((await faultOf(sim.azure.restores!.startRestore(half, attemptOf()))).facts.kind).toBe('refused');
  });

  test('in place: other disks, and the previous ones still exist', async () => {
    const asked = await ofPlain({ makes: 'replacement' });
    expect(await problems(asked)).toEqual(['UserErrorVmNotShutDown']);
    const { facts } = await faultOf(sim.azure.restores!.startRestore(asked, attemptOf()));
    expect(facts.code).toBe('UserErrorVmNotShutDown');
    await power('deallocated');
    const [old] = (await sim.azure.reads.vm(plain.vmId))!.disks;
    expect(await problems(asked)).toEqual([]);
    expect(await restored(asked)).toMatchObject({ status: 'Completed' });
    const sent = (await sim.requests('POST', /\/restore\?/)).at(-1)!;
    expect(sent).toMatchObject({ body: { properties: { recoveryType: 'OriginalLocation' } } });
    expect(JSON.stringify(sent)).not.toMatch(/target|subnet/i);
    const vm = await sim.azure.reads.vm(plain.vmId);
    expect(vm!.disks.map(({ id }) => id)).toEqual([expect.stringMatching(/rg-app.*vm-dup-01-osdisk-/)]);
    expect(await sim.azure.reads.disk(old!.id!)).toMatchObject({ managedBy: null });
  });

  test('in place, where Azure refuses: encrypted, or deleted', async () => {
    expect(await problems(await request({ to: { makes: 'replacement' } }))).toEqual(['UserErrorOlrNotSupported']);
    const { vms } = await stateOf();
    await sim.change({ vms: vms.filter(({ name }) => name !== 'vm-dup-01') });
    expect(await problems(await ofPlain({ makes: 'replacement' }))).toEqual(['UserErrorOlrNotSupported']);
  });
});

describe('what it leaves in the account', () => {
  test('the settings as UTF-16 in whole pages, and the template; nothing of a snapshot is copied', async () => {
    const { staged } = await restored(await request());
    expect(staged).toMatchObject({ account });
    const at = { account, container: staged!.container! };
    const config = await sim.azure.restores!.blob({ ...at, blob: staged!.configBlob! });
    const settings = JSON.parse(config!) as Record<string, { vmSize?: string; osDisk?: { osType: string } }>;
    expect(settings['properties.hardwareProfile']!.vmSize).toBe('Standard_D4s_v5');
    expect(settings['properties.storageProfile']!.osDisk).toMatchObject({
      osType: 'Windows',
      name: expect.stringContaining('-osdisk-'),
      managedDisk: null,
      encryptionSettings: { enabled: true },
    });
    const raw = await fetch(`${sim.url}/${at.container}/${staged!.configBlob!}`, {
      headers: {
        'x-forwarded-host': `${account}.blob.core.windows.net`,
        'x-ms-version': '2023-11-03',
        authorization: 'Bearer kluis-restore',
      },
    });
    const bytes = Buffer.from(await raw.arrayBuffer());
    expect([bytes.length % 512, bytes[1], bytes.at(-1)]).toEqual([0, 0, 0]);

    expect(new URL(staged!.templateUri!).hostname).toBe(`${account}.blob.core.windows.net`);
    const [, , blob = ''] = new URL(staged!.templateUri!).pathname.split('/');
    const template = JSON.parse((await sim.azure.restores!.blob({ ...at, blob }))!) as { parameters: object };
    expect(Object.keys(template.parameters)).toEqual(expect.arrayContaining(['virtualMachineName', 'subnet']));
    const left = [blob, staged!.configBlob!, staged!.encryptionInfoBlob!];
    expect((await sim.azure.restores!.blobs(at)).toSorted()).toEqual(left.toSorted());
  });

  test('the keys of the disks, which come through the port and are in no other answer', async () => {
    const { staged, ...job } = await restored(await request());
    const at = { account, container: staged!.container! };
    const text = await sim.azure.restores!.blob({ ...at, blob: staged!.encryptionInfoBlob! });
    const { OsDiskKeyAndSecretDetails: details } = JSON.parse(text!) as Record<string, Record<string, string>>;
    expect(details).toMatchObject({ SecretUrl: expect.any(String), SecretData: expect.any(String) });
    const disk = (await stateOf()).disks.find(({ name }) => name.startsWith('vm-app-01-osdisk-'))!;
    expect(details!.SecretUrl).toBe(disk.ade!.secretUrl);
    expect(JSON.stringify([job, staged])).not.toContain(details!.SecretData);
  });

  test('copies of the disks too, where the point is in the vault only; all of it can be listed and removed', async () => {
    const points = await sim.azure.reads.recoveryPoints(healthy);
    const old = points.findIndex(({ tiers }) =>
      tiers.every(({ tier, status }) => tier === 'HardenedRP' || status === 'Deleted'),
    );
    const { staged } = await restored(await request({}, old));
    const at = { account, container: staged!.container! };
    await sim.change({ settings: { pageSize: 1 } });
    const names = await sim.azure.restores!.blobs(at);
    expect(names.filter((name) => name.endsWith('.vhd'))).toHaveLength(2);
    const files = names.filter((name) => name.endsWith('.json'));
    expect(files).toHaveLength(staged!.encryptionInfoBlob ? 3 : 2);
    for (const blob of names) {
      const attempt = attemptOf();
      expect((await sim.azure.restores!.deleteBlob({ ...at, blob }, attempt)).date).toBeInstanceOf(Date);
      expect(await sim.requests('DELETE', new RegExp(blob))).toMatchObject([
        { clientRequestId: attempt.id, status: 202 },
      ]);
    }
    expect(await sim.azure.restores!.blobs(at)).toEqual([]);
    expect(await sim.azure.restores!.blob({ ...at, blob: names[0]! })).toBeNull();
    const gone = await faultOf(sim.azure.restores!.deleteBlob({ ...at, blob: names[0]! }, attemptOf()));
    expect(gone.facts).toMatchObject({ kind: 'missing', code: 'BlobNotFound' });
  });

  test('is visible to nobody without a permission on its data', async () => {
    const { staged } = await restored(await request());
    const ref = { account, container: staged!.container!, blob: staged!.configBlob! };
    const others = gatewayOn(sim.url, { restore: simulatorCredential('kluis-operate') });
    const code = 'AuthorizationPermissionMismatch';
    expect((await faultOf(others.restores!.blob(ref))).facts).toMatchObject({ kind: 'forbidden', code });
    expect((await faultOf(others.restores!.blobs(ref))).facts).toMatchObject({ kind: 'forbidden', code });
    const late = attemptOf(undefined, { mayLeave: () => false });
    expect((await faultOf(sim.azure.restores!.deleteBlob(ref, late))).facts.code).toBe('TooLate');
    expect(await sim.requests('DELETE', /./)).toEqual([]);
  });

  test('is not read at an address that a name makes up', async () => {
    const ref = { account: 'evil.example/x', container: 'c', blob: 'b' };
    expect((await faultOf(sim.azure.restores!.blob(ref))).facts).toMatchObject({ code: 'NoStorageAccount' });
  });
});
