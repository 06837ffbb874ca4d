/**
 * Creating a VM from restored disks by calls, if the point has no template: first its interface, then the VM, with the
 * size, the tags and the disks that the restore's settings file names. Both are named after the operation, so what an
 * earlier attempt created is found again and adopted.
 */
import type { NewVm } from '../../../azure/gateway.ts';
import { sameId } from '../../../core/arm-id.ts';
import { digestOf } from '../../../core/digest.ts';
import { failedCall, failedInternally } from '../../ground/failure.ts';
import type { InternalFailure, Next, Run } from '../../ground/part.ts';
import { whyNotFound } from '../../restored/not-found.ts';
import { isOwnDisk, restoredDisks, restoredIn } from '../../restored/restored.ts';
import { settingsIn } from '../../restored/settings-file.ts';
import { createdAnew, isOfRestore, newVmId, ownName, type CreateVm } from '../../parts/create-vm.ts';
import { machineOf } from './machine-of.ts';
import { isTooSmall } from './template.ts';

type Memo = CreateVm['memo'];
type Making = Run<CreateVm>;

/** Its stages after the inspection. */
export const callStages = { interface: makeInterface, joined, machine, provisioned };

/** Checks what would be created. Anyone who can write to the staging account can change its file. */
export async function inspectCalls(run: Making): Promise<Next<Memo>> {
  const vm = await vmOf(run);
  if ('unfit' in vm) return { outcome: failedInternally(vm.unfit) };
  return { stage: 'interface', inMs: 0, memo: { ...createdAnew(run), seen: digestOf(vm) } };
}

async function makeInterface(run: Making): Promise<Next<Memo>> {
  const { part, azure, memo } = run;
  const { restores } = azure;
  if (!restores) return { outcome: failedInternally('no-restore-identity') };
  const vm = await vmOf(run);
  if ('unfit' in vm) return { outcome: failedInternally(vm.unfit) };
  const id = interfaceOf(run);
  const made = { id, region: vm.region, subnetId: part.subnet.id };
  const written = await run.write({
    call: 'create-interface',
    target: id,
    send: async (attempt) => ({ requestId: (await restores.putInterface(made, attempt)).requestId }),
    findEffect: async () => ((await restores.interfaceState(id)) === null ? null : { requestId: null }),
    reconcileWindowMs: run.waits.traceProtect,
  });
  if (written.end === 'waiting') return { stage: 'interface', inMs: written.inMs, memo };
  if (written.end === 'refused') return { outcome: failedCall(written.fault), memo };
  return {
    stage: 'joined',
    inMs: 0,
    memo: { ...memo, made: [id], left: memo.left?.filter((one) => !sameId(one, id)) },
  };
}

const maxMissed = 20;

/** Azure accepts no interface for a VM that it hasn't created yet. */
async function joined(run: Making): Promise<Next<Memo>> {
  const { memo, azure, waits } = run;
  if (!azure.restores) return { outcome: failedInternally('no-restore-identity') };
  const state = await azure.restores.interfaceState(interfaceOf(run));
  if (/^Succeeded$/i.test(state ?? '')) return { stage: 'machine', inMs: 0, memo: { ...memo, missed: 0 } };
  // Both are final (`ProvisioningState` in azure-rest-api-specs); what ends so was not recorded.
  if (/^(Failed|Canceled)$/i.test(state ?? '')) return { outcome: failedInternally('interface-failed'), memo };
  const missed = state === null ? (memo.missed ?? 0) + 1 : 0;
  if (missed > maxMissed) return { outcome: failedInternally('interface-failed'), memo };
  return { stage: 'joined', inMs: waits.deployment, memo: { ...memo, missed } };
}

async function machine(run: Making): Promise<Next<Memo>> {
  const { azure, memo } = run;
  const { restores, reads } = azure;
  if (!restores) return { outcome: failedInternally('no-restore-identity') };
  const vm = await vmOf(run);
  if ('unfit' in vm) return { outcome: failedInternally(vm.unfit), memo };
  // Somebody changed the file since it was checked.
  if (digestOf(vm) !== memo.seen) return { stage: 'inspect', inMs: 0, memo };
  const written = await run.write({
    call: 'create-vm',
    target: vm.id,
    send: async (attempt) => ({ requestId: (await restores.makeVm(vm, attempt)).requestId }),
    findEffect: async () => {
      const found = await reads.vm(vm.id);
      const own = [vm.osDisk, ...vm.dataDisks].map(({ id }) => id);
      return found && isOfRestore(own, found) ? { requestId: null } : null;
    },
    reconcileWindowMs: run.waits.traceProtect,
  });
  if (written.end === 'waiting') return { stage: 'machine', inMs: written.inMs, memo };
  if (written.end === 'refused') return { outcome: failedCall(written.fault), memo };
  return { stage: 'provisioned', inMs: run.waits.deployment, memo };
}

async function provisioned(run: Making): Promise<Next<Memo>> {
  const { memo, azure, waits, part } = run;
  const vm = await azure.reads.vm(newVmId(part));
  const missed = vm === null ? (memo.missed ?? 0) + 1 : 0;
  if (missed > maxMissed) return { outcome: failedInternally('vm-vanished'), memo };
  const made = vm === null ? memo.made : [...new Set([...(memo.made ?? [interfaceOf(run)]), vm.id])];
  const after = { ...memo, missed, ...(made && { made }) };
  if (/^Succeeded$/i.test(vm?.provisioningState ?? '')) return { outcome: { ended: 'done' }, memo: after };
  if (/^(Failed|Canceled)$/i.test(vm?.provisioningState ?? ''))
    return { outcome: failedInternally('vm-failed'), memo: after };
  return { stage: 'provisioned', inMs: waits.deployment, memo: after };
}

function interfaceOf(run: Making): string {
  return `${run.part.targetGroup.id}/providers/Microsoft.Network/networkInterfaces/${ownName(run)}-nic`;
}

/** The VM to create, or why it can't be: of exactly the restored disks, as the file says that the VM had them. */
async function vmOf(run: Making): Promise<NewVm | { readonly unfit: InternalFailure }> {
  const { part, azure } = run;
  const restored = await restoredDisks(run, newVmId(part));
  if (restored.is !== 'found') return { unfit: whyNotFound(restored) };
  const { staged } = restoredIn(run);
  if (!azure.restores || !staged?.configBlob) return { unfit: 'restored-unread' };
  const { account, container, configBlob: blob } = staged;
  const text = await azure.restores.blob({ account, container, blob });
  if (text === null) return { unfit: 'restored-unread' };
  const was = settingsIn(text);
  const found = was && machineOf(was, restored.disks);
  if (!found) return { unfit: 'settings-garbled' };
  if (was.id !== null && !sameId(was.id, part.vm.id)) return { unfit: 'settings-of-other-vm' };
  if (part.size && isTooSmall(part.size, found.dataDisks.length)) return { unfit: 'size-too-small' };
  const size = part.size?.name ?? found.size;
  const vm: NewVm = { ...found, size, id: newVmId(part), interfaceId: interfaceOf(run) };
  return (await areFree(run, restored.disks)) ? vm : { unfit: 'disks-not-free' };
}

/** Only disks that the restore has created and that no other VM has: somebody may have taken one since. */
async function areFree(run: Making, ids: readonly string[]): Promise<boolean> {
  const disks = await Promise.all(ids.map((id) => run.azure.restores?.deletable(id)));
  const to = { groupId: run.part.targetGroup.id, vmId: newVmId(run.part) };
  return disks.every((disk) => disk && isOwnDisk(run, disk, to));
}
