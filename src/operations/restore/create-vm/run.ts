/**
 * Creating a VM from restored disks. The template is read from the staging account and not stored anywhere; its disks
 * must be the restored ones, Azure validates it and says what it would change, it is deployed under the operation's
 * name, and the deployment is followed to its end. A deployment with that name, and a VM that has the restored disks,
 * are this operation's own work and are adopted.
 */
import type { Deployment, DeploymentError, WhatIf } from '../../../azure/gateway.ts';
import { armId, parseArmId } from '../../../core/arm-id.ts';
import { digestOf } from '../../../core/digest.ts';
import { failedCall, failedInternally } from '../../ground/failure.ts';
import type { InternalFailure, Next, Outcome, PartRunner, Run } from '../../ground/part.ts';
import { movedIn } from '../../parts/restore-key-and-secret.ts';
import { whyNotFound } from '../../restored/not-found.ts';
import { restoredDisks, restoredIn } from '../../restored/restored.ts';
import { callStages, inspectCalls } from './calls.ts';
import { createdAnew, isOfRestore, newVmId, ownName, type CreateVm } from '../../parts/create-vm.ts';
import { fillTemplate } from './template.ts';
import { otherDisks } from './template-disks.ts';

type Memo = CreateVm['memo'];
type Making = Run<CreateVm>;

/** Runs `create-vm`. */
export const runCreateVm: PartRunner<CreateVm> = {
  first: 'inspect',
  readStages: ['follow'],
  stages: { inspect, deploy, follow, ...callStages },
};

async function inspect(run: Making): Promise<Next<Memo>> {
  const { azure, part } = run;
  if (!azure.restores) return { outcome: failedInternally('no-restore-identity') };
  const restored = await restoredDisks(run, newVmId(part));
  if (restored.is !== 'found') return { outcome: failedInternally(whyNotFound(restored)) };
  const there = await azure.reads.vm(newVmId(part));
  if (there && !isOfRestore(restored.disks, there)) return { outcome: failedInternally('vm-name-taken') };
  if (there) return part.by === 'calls' ? { stage: 'provisioned', inMs: 0, memo: run.memo } : { outcome: adopted };
  if (part.by === 'calls') return inspectCalls(run);
  if (await azure.restores.deployment(part.targetGroup.id, nameOf(run)))
    return { stage: 'follow', inMs: 0, memo: run.memo };
  const deployment = await deploymentOf(run);
  if ('unfit' in deployment) return { outcome: failedInternally(deployment.unfit) };
  const objections = await azure.restores.validateDeployment(deployment);
  if (objections.length > 0) return { outcome: failedDeployment(objections) };
  const changes = await azure.restores.whatIf(deployment);
  const wrong = wrongIn(changes) ?? otherDisks(restored.disks, { deployment, changes });
  if (wrong) return { outcome: failedInternally(wrong) };
  const expected = changes.flatMap(({ id, change }) =>
    id !== null && /^Create$/i.test(change) ? [parseArmId(id)?.name ?? id] : [],
  );
  return { stage: 'deploy', inMs: 0, memo: { ...createdAnew(run), expected, seen: digestOf(deployment) } };
}

const adopted: Outcome = { ended: 'done', adopted: true };

/** Only a creation is known to change nothing that exists; a change of unknown kind might. */
function wrongIn(changes: WhatIf): InternalFailure | null {
  if (changes.some(({ change }) => /^(Modify|Delete|Deploy)$/i.test(change))) return 'template-changes-others';
  return changes.every(({ change }) => /^(Create|NoChange|Ignore)$/i.test(change)) ? null : 'template-effect-unknown';
}

async function deploy(run: Making): Promise<Next<Memo>> {
  const { azure, part } = run;
  const { restores } = azure;
  if (!restores) return { outcome: failedInternally('no-restore-identity') };
  const deployment = await deploymentOf(run);
  if ('unfit' in deployment) return { outcome: failedInternally(deployment.unfit) };
  // Somebody changed the template since Azure checked it.
  if (digestOf(deployment) !== run.memo.seen) return { stage: 'inspect', inMs: 0, memo: run.memo };
  const written = await run.write({
    call: 'create-vm',
    target: newVmId(part),
    send: async (attempt) => ({ requestId: (await restores.deploy(deployment, attempt)).requestId }),
    findEffect: async () =>
      (await restores.deployment(part.targetGroup.id, deployment.name)) ? { requestId: null } : null,
    reconcileWindowMs: run.waits.traceProtect,
  });
  if (written.end === 'waiting') return { stage: 'deploy', inMs: written.inMs, memo: run.memo };
  if (written.end === 'refused') return { outcome: failedCall(written.fault) };
  return { stage: 'follow', inMs: run.waits.deployment, memo: run.memo };
}

const maxMissed = 20;

async function follow(run: Making): Promise<Next<Memo>> {
  const { restores } = run.azure;
  if (!restores) return { outcome: failedInternally('no-restore-identity') };
  const now = await restores.deployment(run.part.targetGroup.id, nameOf(run));
  if (now === null) {
    const missed = (run.memo.missed ?? 0) + 1;
    if (missed > maxMissed) return { outcome: failedInternally('deployment-vanished') };
    return { stage: 'follow', inMs: run.waits.deployment, memo: { ...run.memo, missed } };
  }
  const memo = { ...run.memo, missed: 0, made: now.made };
  if (now.state === 'Running') return { stage: 'follow', inMs: run.waits.deployment, memo };
  return { outcome: now.state === 'Succeeded' ? { ended: 'done' } : failedDeployment(now.errors), memo };
}

/** Deployments are named after the operation, so that a later run finds this one. */
function nameOf({ operation }: Making): string {
  return `kluis-${operation}`;
}

/** What is deployed, or why it can't be. */
async function deploymentOf(run: Making): Promise<Deployment | { readonly unfit: InternalFailure }> {
  const { part, azure } = run;
  const { staged } = restoredIn(run);
  if (!azure.restores || !staged?.templateBlob) return { unfit: 'template-missing' };
  const restored = await restoredDisks(run, newVmId(part));
  if (restored.is !== 'found') return { unfit: whyNotFound(restored) };
  const { account, container, templateBlob: blob } = staged;
  const left = await azure.restores.blob({ account, container, blob });
  if (left === null) return { unfit: 'template-missing' };
  // With an Entra application the VM itself names its secret, which may have a new address by now.
  const text = movedIn(run).reduce((all, { from, to }) => all.replaceAll(from, to), left);
  // New names: an earlier restore of the VM may have used the template's.
  const own = ownName(run);
  const [os] = restored.disks;
  const drill = { tag: run.operation, subnetId: part.subnet.id, groupId: part.targetGroup.id };
  const ways = { size: part.size ?? null, drill: part.drill ? drill : null };
  const filled = fillTemplate(text, ways, {
    virtualMachineName: part.name,
    virtualNetwork: part.subnet.network,
    virtualNetworkResourceGroup: armId(part.subnet.id).resourceGroup,
    subnet: part.subnet.name,
    networkInterfacePrefixName: `${own}-nic`,
    publicIpAddressName: `${own}-ip`,
    osDiskName: os === undefined ? null : (parseArmId(os)?.name ?? null),
  });
  return 'unfit' in filled ? filled : { resourceGroupId: part.targetGroup.id, name: nameOf(run), ...filled };
}

function failedDeployment(errors: readonly DeploymentError[]): Outcome {
  const codes = errors.flatMap(({ code }) => code ?? []);
  const says = errors.flatMap(({ message }) => message ?? []);
  return {
    ended: 'failed',
    failure: { origin: 'arm', codes, says, internal: null, requestId: null, jobId: null },
  };
}
