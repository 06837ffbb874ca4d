import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RestoreIdentity } from '../../src/azure/gateway.ts';
import { randomUUID } from 'node:crypto';
import type { SimState } from '../../src/sim/state/state.ts';
import { attemptOf } from './support/attempt.ts';
import { restoreRequest } from './support/calls.ts';
import { faultOf } from './support/gateway-on.ts';
import { vaultId } from './support/names.ts';
import {
  deploymentOf,
  extension,
  keysOf,
  newInterface,
  newVm,
  restoreDisks,
  restoreGroup,
  restoredDisk,
  restoredInterface,
  restoredVm,
  subnetOf,
  template,
} from './support/restored-vm.ts';
import { healthy, keyVaultOf, simulated, vmOf, type Simulated } from './support/simulated.ts';

let sim: Simulated;
let restores: RestoreIdentity;
beforeEach(async () => {
  sim = await simulated();
  restores = sim.azure.restores!;
});
afterEach(async () => sim[Symbol.asyncDispose]());

const name = 'vm-sql-01-restored';
const read = () => restores.deployment(restoreGroup, 'kluis-1');

/** Deploys, and lets everything that follows happen: some minutes of Azure. */
async function deployed(change: Parameters<typeof deploymentOf>[0] = {}) {
  await restores.deploy(deploymentOf(change), attemptOf());
  await sim.advance(6);
  return read();
}

describe('a disk is pointed to its keys', () => {
  test('202, and some seconds later the disk says so', async () => {
    const [os] = await restoreDisks(sim, 'vm-sql-01', ['restored-os', 'restored-data']);
    const keys = { ...keysOf(os!), secretUrl: 'https://kv-prod-weu.vault.azure.net/secrets/NEW/2' };
    await sim.runAt(1);
    const receipt = await restores.pointDiskToKeys(restoredDisk('restored-os'), [keys], attemptOf());
    expect(receipt.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect((await sim.azure.reads.disk(restoredDisk('restored-os')))!.ade!.keys).toEqual([keysOf(os!)]);
    await sim.advance(6);
    const disk = await sim.azure.reads.disk(restoredDisk('restored-os'));
    expect(disk!.ade).toEqual({ version: '1.1', keys: [keys] });
    expect(await sim.requests('GET', /DiskOperations/i)).toEqual([]);
  });

  test('not by an identity that may not deploy from the key vault', async () => {
    const [os] = await restoreDisks(sim, 'vm-sql-01', ['restored-os', 'restored-data']);
    const { roleAssignments } = (await sim.state()) as { roleAssignments: { scope: string }[] };
    await sim.change({ roleAssignments: roleAssignments.filter(({ scope }) => !scope.endsWith('rg-security')) });
    const { facts } = await faultOf(restores.pointDiskToKeys(restoredDisk('restored-os'), [keysOf(os!)], attemptOf()));
    const action = 'Microsoft.KeyVault/vaults/deploy/action';
    expect(facts).toMatchObject({ kind: 'forbidden', code: 'LinkedAuthorizationFailed', action });
  });

  test('an address without its key vault is refused before it is sent', async () => {
    const keys = { secretUrl: 'https://a', secretVaultId: null, keyUrl: null, keyVaultId: null };
    const fault = await faultOf(restores.pointDiskToKeys(restoredDisk('d'), [keys], attemptOf()));
    expect(fault.facts).toMatchObject({ kind: 'refused', code: 'NoDiskKeys' });
    expect(await sim.requests('PATCH', /./)).toEqual([]);
  });
});

describe('a deployment', () => {
  test('creates the interface and the VM from the restored disk, whose agent responds after a while', async () => {
    await restoreDisks(sim, 'vm-sql-01', ['restored-os', 'restored-data']);
    expect(await restores.validateDeployment(deploymentOf())).toEqual([]);
    expect(await restores.whatIf(deploymentOf())).toEqual([
      { id: restoredInterface(`${name}-nic`), change: 'Create', disks: null },
      { id: restoredVm(name), change: 'Create', disks: [restoredDisk('restored-os')] },
      { id: restoredDisk('restored-os'), change: 'Ignore', disks: null },
      { id: restoredDisk('restored-data'), change: 'Ignore', disks: null },
    ]);
    expect(await read()).toBeNull();
    await sim.runAt(1);
    await restores.deploy(deploymentOf(), attemptOf());
    expect(await read()).toEqual({ state: 'Running', errors: [], made: [] });
    await sim.advance(3 + 12);
    expect(await read()).toEqual({ state: 'Running', errors: [], made: [restoredInterface(`${name}-nic`)] });
    const creating = await sim.azure.reads.vm(restoredVm(name));
    expect(creating).toMatchObject({ provisioningState: 'Creating', powerState: null, agent: null });
    await sim.advance(90);
    expect(await read()).toEqual({
      state: 'Succeeded',
      errors: [],
      made: [restoredVm(name), restoredInterface(`${name}-nic`)],
    });
    const young = await sim.azure.reads.vm(restoredVm(name));
    expect(young).toMatchObject({ powerState: 'PowerState/running', agent: { status: 'Not Ready' }, os: 'Windows' });
    await sim.advance(150);
    const vm = await sim.azure.reads.vm(restoredVm(name));
    expect(vm).toMatchObject({ agent: { status: 'Ready' }, extensionsAllowed: null });
    expect(vm!.disks).toMatchObject([
      { id: restoredDisk('restored-os'), encryptionState: 'EncryptionState/encrypted' },
    ]);
    expect((await sim.azure.reads.disk(restoredDisk('restored-os')))!.managedBy).toBe(restoredVm(name));
    await sim.runAt(60);
    const again = await restores.whatIf(deploymentOf());
    expect(again.slice(0, 2).map(({ change }) => change)).toEqual(['NoChange', 'NoChange']);
  });

  test('a second one with the same name is a conflict while the first is running, and changes nothing afterwards', async () => {
    await restoreDisks(sim, 'vm-sql-01', ['restored-os', 'restored-data']);
    await sim.runAt(1);
    await restores.deploy(deploymentOf(), attemptOf());
    const second = await faultOf(restores.deploy(deploymentOf(), attemptOf()));
    expect(second.facts).toMatchObject({ kind: 'conflict', code: 'DeploymentActive' });
    await sim.advance(300);
    await sim.runAt(60);
    const before = await sim.azure.reads.vm(restoredVm(name));
    expect(await deployed()).toMatchObject({ state: 'Succeeded' });
    expect(await sim.azure.reads.vm(restoredVm(name))).toEqual(before);
  });

  test.each([
    ['a disk that is not there', { OsDiskName: 'none' }, 'NotFound'],
    ['a subnet that is not there', { Subnet: 'none' }, 'InvalidResourceReference'],
    ['a subnet in another region', { VirtualNetwork: 'vnet-prod-neu', Subnet: 'snet-app' }, 'InvalidResourceReference'],
  ])('%s is found while it runs; what was created stays', async (_what, change, code) => {
    await restoreDisks(sim, 'vm-sql-01', ['restored-os', 'restored-data']);
    const parameters = { ...deploymentOf().parameters, ...change };
    expect(await restores.validateDeployment(deploymentOf({ parameters }))).toEqual([]);
    const failed = await deployed({ parameters });
    expect(failed!.state).toBe('Failed');
    expect(failed!.errors.map((error) => error.code)).toEqual([code]);
    expect(failed!.made).toEqual(code === 'NotFound' ? [restoredInterface(`${name}-nic`)] : []);
    expect(await sim.azure.reads.vm(restoredVm(name))).toBeNull();
  });

  test('a disk attached to another VM, and a name that another VM has', async () => {
    await restoreDisks(sim, 'vm-sql-01', ['restored-os', 'restored-data']);
    await restoreDisks(sim, 'vm-app-01', ['other-os', 'other-data']);
    expect((await deployed())!.state).toBe('Succeeded');
    const held = { ...deploymentOf().parameters, VirtualMachineName: 'another' };
    const [conflict] = (await deployed({ parameters: held }))!.errors;
    expect(conflict).toMatchObject({
      code: 'ConflictingUserInput',
      message: expect.stringContaining(restoredVm(name)),
    });
    const taken = { ...deploymentOf().parameters, OsDiskName: 'other-os' };
    expect((await deployed({ parameters: taken }))!.errors).toMatchObject([{ code: 'PropertyChangeNotAllowed' }]);
    const changes = await restores.whatIf(deploymentOf({ parameters: taken }));
    expect(changes.find(({ id }) => id === restoredVm(name))).toMatchObject({ change: 'Modify' });
  });

  test('a VM whose keys don’t unlock its disk runs, but its agent never responds', async () => {
    const [os] = await restoreDisks(sim, 'vm-sql-01', ['restored-os', 'restored-data']);
    const keys = { ...keysOf(os!), secretUrl: 'https://kv-prod-weu.vault.azure.net/secrets/OTHER/2' };
    await restores.pointDiskToKeys(restoredDisk('restored-os'), [keys], attemptOf());
    await sim.advance(1);
    expect((await deployed())!.state).toBe('Succeeded');
    await sim.advance(3600);
    expect(await sim.azure.reads.vm(restoredVm(name))).toMatchObject({
      powerState: 'PowerState/running',
      agent: { status: 'Not Ready' },
    });
  });

  test('a key vault that is not enabled for disk encryption', async () => {
    await restoreDisks(sim, 'vm-sql-01', ['restored-os', 'restored-data']);
    const { keyVaults } = (await sim.state()) as { keyVaults: { name: string }[] };
    await sim.change({ keyVaults: keyVaults.map((vault) => ({ ...vault, enabledForDiskEncryption: false })) });
    expect((await deployed())!.errors).toMatchObject([
      { code: 'KeyVaultAccessForbidden', message: expect.stringContaining(keyVaultOf('kv-prod-weu')) },
    ]);
  });

  test.each([
    [
      'a parameter without a value',
      { parameters: { VirtualMachineName: 'v' } },
      "parameter 'OsDiskName' is not provided",
    ],
    [
      'one that is not defined',
      { parameters: { ...deploymentOf().parameters, Size: 'x' } },
      "defined in the template: 'Size'",
    ],
    ['one of another type', { parameters: { ...deploymentOf().parameters, OsDiskName: 3 } }, "Expected 'string'"],
    ['a function that is not known', { template: withName("[uniqueString('a')]") }, "template function 'uniqueString'"],
    ['a variable that is not there', { template: withName("[variables('x')]") }, "template variable 'x' is not found"],
    ['half an expression', { template: withName("[concat('a']") }, "'concat('a'' is not valid"],
    ['something behind an expression', { template: withName("[concat('a') 'b']") }, 'is not valid'],
    ['copies', { template: withResource({ copy: { count: 2 } }) }, "does not evaluate 'copy'"],
    [
      'what depends on itself',
      { template: withResource({ dependsOn: ["[parameters('VirtualMachineName')]"] }) },
      'Circular',
    ],
    ['what is not in it', { template: withResource({ dependsOn: ['none'] }) }, "resource 'none' is not defined"],
  ])('%s is refused as an invalid template', async (_what, change, says) => {
    const objections = await restores.validateDeployment(deploymentOf(change));
    expect(objections).toEqual([{ code: 'InvalidTemplate', message: expect.stringContaining(says) }]);
    const fault = await faultOf(restores.deploy(deploymentOf(change), attemptOf()));
    expect(fault.facts).toMatchObject({ kind: 'refused', code: 'InvalidTemplate' });
    expect(await read()).toBeNull();
  });

  test('an unknown type and an unknown api-version', async () => {
    const [strange, old] = [{ type: 'Microsoft.Web/sites' }, { apiVersion: '2001-01-01' }].map(withResource);
    expect(await restores.validateDeployment(deploymentOf({ template: strange! }))).toMatchObject([
      { code: 'InvalidResourceType' },
    ]);
    expect(await restores.validateDeployment(deploymentOf({ template: old! }))).toMatchObject([
      { code: 'NoRegisteredProviderFound' },
    ]);
  });

  test('into a subnet that the identity may not join', async () => {
    const { roleAssignments } = (await sim.state()) as { roleAssignments: { scope: string }[] };
    await sim.change({ roleAssignments: roleAssignments.filter(({ scope }) => !scope.endsWith('rg-network')) });
    const { facts } = await faultOf(restores.deploy(deploymentOf(), attemptOf()));
    expect(facts).toMatchObject({
      kind: 'forbidden',
      code: 'LinkedAuthorizationFailed',
      action: 'Microsoft.Network/virtualNetworks/subnets/join/action',
      says: expect.stringContaining(subnetOf('vnet-prod-weu', 'snet-restore')),
    });
  });

  test('into a group in which the identity may create nothing', async () => {
    const elsewhere = deploymentOf({ resourceGroupId: restoreGroup.replace('rg-restore', 'rg-sql') });
    const { facts } = await faultOf(restores.deploy(elsewhere, attemptOf()));
    expect(facts).toMatchObject({ kind: 'forbidden', action: 'Microsoft.Resources/deployments/write' });
  });
});

test('the template that a restore of disks leaves creates a VM that runs with its restored keys', async () => {
  const [point] = await sim.azure.reads.recoveryPoints(healthy);
  const from = { ref: healthy, sourceVmId: vmOf('rg-app', 'vm-app-01'), point: point!.name };
  const accepted = await restores.startRestore({ ...restoreRequest, ...from }, attemptOf());
  await sim.advance(120);
  const { staged } = (await sim.azure.reads.job(vaultId, accepted.operationId))!;
  const [, container = '', blob = ''] = new URL(staged!.templateUri!).pathname.split('/');
  const text = await restores.blob({ account: staged!.account!, container, blob });
  const parameters = {
    virtualMachineName: 'vm-app-01-back',
    virtualNetwork: 'vnet-prod-weu',
    virtualNetworkResourceGroup: 'rg-network',
    subnet: 'snet-restore',
  };
  const made = deploymentOf({ template: JSON.parse(text!) as Record<string, unknown>, parameters });
  expect(await restores.validateDeployment(made)).toEqual([]);
  await restores.deploy(made, attemptOf());
  await sim.advance(6);
  expect(await read()).toMatchObject({ state: 'Succeeded', errors: [] });
  const vm = await sim.azure.reads.vm(restoredVm('vm-app-01-back'));
  expect(vm).toMatchObject({ powerState: 'PowerState/running', agent: { status: 'Ready' }, os: 'Windows' });
  expect(vm!.disks.map(({ encryptionState }) => encryptionState)).toEqual(
    vm!.disks.map(() => 'EncryptionState/encrypted'),
  );
  expect(vm!.disks).toHaveLength(2);
});

describe('a VM created by calls', () => {
  test('gets its interface and the disks by their LUNs, and its agent responds after a while', async () => {
    await restoreDisks(sim, 'vm-sql-01', ['restored-os', 'restored-data']);
    expect(await restores.interfaceState(newInterface.id)).toBeNull();
    const receipt = await restores.putInterface(newInterface, attemptOf());
    expect(receipt.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await restores.interfaceState(newInterface.id)).toBe('Succeeded');
    await sim.runAt(1);
    await restores.makeVm(newVm, attemptOf(randomUUID()));
    const made = () => sim.azure.reads.vm(newVm.id);
    expect(await made()).toMatchObject({ provisioningState: 'Creating', tags: { env: 'prod' }, agent: null });
    await sim.advance(90);
    expect(await made()).toMatchObject({ provisioningState: 'Succeeded', powerState: 'PowerState/running' });
    await sim.advance(150);
    const vm = await made();
    expect(vm).toMatchObject({ agent: { status: 'Ready' }, os: 'Windows', size: newVm.size });
    expect(vm!.disks.map(({ id, lun }) => [id, lun])).toEqual([
      [restoredDisk('restored-os'), null],
      [restoredDisk('restored-data'), 3],
    ]);
    const { vms } = (await sim.state()) as SimState;
    const kept = vms.find((one) => one.name === 'vm-made')!;
    expect(kept.disks.map(({ caching }) => caching)).toEqual(['ReadWrite', undefined]);
  });

  test('not from another VM’s disk, nor into a subnet that the identity may not join', async () => {
    const [os] = await restoreDisks(sim, 'vm-sql-01', ['restored-os', 'restored-data']);
    await restores.putInterface(newInterface, attemptOf());
    const { disks } = (await sim.state()) as { disks: { name: string; managedBy?: string }[] };
    const taken = (one: { name: string }) =>
      one.name === os!.name ? { ...one, managedBy: vmOf('rg-sql', 'other') } : one;
    await sim.change({ disks: disks.map(taken) });
    const refused = await faultOf(restores.makeVm(newVm, attemptOf(randomUUID())));
    expect(refused.facts).toMatchObject({ kind: 'conflict', code: 'ConflictingUserInput' });
    const elsewhere = { ...newInterface, subnetId: subnetOf('vnet-prod-neu', 'snet-app') };
    const { roleAssignments } = (await sim.state()) as { roleAssignments: { scope: string }[] };
    await sim.change({ roleAssignments: roleAssignments.filter(({ scope }) => !scope.endsWith('rg-network')) });
    const barred = await faultOf(restores.putInterface(elsewhere, attemptOf(randomUUID())));
    expect(barred.facts).toMatchObject({ kind: 'forbidden', code: 'LinkedAuthorizationFailed' });
  });
});

describe('the extension of Azure Disk Encryption', () => {
  test('is installed on the VM, works for some minutes, and reports what it did', async () => {
    const [os] = await restoreDisks(sim, 'vm-web-01', ['restored-os', 'restored-data']);
    await deployed();
    const states = async () => {
      const vm = await sim.azure.reads.vm(restoredVm(name));
      return [vm!.disks[0]!.encryptionState, vm!.extensions.map((one) => [one.name, one.status, one.substatus])];
    };
    expect(await states()).toEqual([null, []]);
    const vaultId = os!.ade!.secretVaultId;
    const push = { ...extension, os: 'Linux' as const, keyVaultId: vaultId, kek: { url: os!.ade!.keyUrl!, vaultId } };
    await sim.runAt(1);
    expect(await restores.adeExtension(push.vmId, 'Linux')).toBeNull();
    const receipt = await restores.pushAdeExtension(push, attemptOf());
    const status = () => restores.adeExtension(push.vmId, 'Linux');
    expect(await status()).toEqual({ state: 'Creating', tag: push.tag, code: null, message: null });
    expect(receipt.date).toBeInstanceOf(Date);
    expect(await states()).toEqual([null, [['AzureDiskEncryptionForLinux', null, []]]]);
    await sim.advance(180);
    expect(await states()).toEqual([
      'EncryptionState/encrypted',
      [['AzureDiskEncryptionForLinux', 'ProvisioningState/succeeded', ['{"os": "Encrypted", "data": "Encrypted"}']]],
    ]);
    expect(await status()).toMatchObject({ state: 'Succeeded', tag: push.tag, code: 'ProvisioningState/succeeded' });
  });

  test('fails in a VM whose agent doesn’t respond', async () => {
    const silent = { ...extension, vmId: vmOf('rg-restore', 'silent') };
    await restoreDisks(sim, 'vm-sql-01', ['restored-os', 'restored-data']);
    await sim.runAt(1);
    await restores.deploy(
      deploymentOf({ parameters: { VirtualMachineName: 'silent', OsDiskName: 'restored-os' } }),
      attemptOf(),
    );
    await sim.advance(15);
    const { vms } = (await sim.state()) as { vms: { name: string; power: string }[] };
    await sim.change({ pending: [], vms: vms.map((vm) => ({ ...vm, provisioning: 'Succeeded' })) });
    await restores.pushAdeExtension(silent, attemptOf());
    await sim.advance(180);
    const vm = await sim.azure.reads.vm(silent.vmId);
    expect(vm!.extensions).toMatchObject([{ status: 'ProvisioningState/failed' }]);
  });

  test('is refused if the VM isn’t running', async () => {
    const { roleAssignments } = (await sim.state()) as { roleAssignments: { scope: string }[] };
    const moved = roleAssignments.map((one) => ({ ...one, scope: one.scope.replace('rg-restore', 'rg-app') }));
    await sim.change({ roleAssignments: moved });
    const off = { ...extension, vmId: vmOf('rg-app', 'vm-off-01') };
    const { facts } = await faultOf(restores.pushAdeExtension(off, attemptOf()));
    expect(facts).toMatchObject({ kind: 'conflict', code: 'OperationNotAllowed' });
  });
});

function withResource(change: object) {
  const [vm, ...others] = template.resources;
  return { ...template, resources: [{ ...vm, ...change }, ...others] };
}

function withName(text: string) {
  return withResource({ name: text });
}
