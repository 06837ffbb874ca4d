import type { JobSpec, PointSpec } from '../state/state-backup.ts';
import type { BlobSpec } from '../state/state-storage.ts';
import type { World } from '../state/world.ts';
import { findItem } from '../state/find.ts';
import { vmNameOf } from '../backup/names.ts';
import { hasSnapshot } from '../backup/point-body.ts';
import { encryptionInfo } from '../keyvault/encryption-info.ts';
import { hexOf } from '../invented.ts';
import { stamp } from '../times.ts';
import { configText } from './config-text.ts';
import { restoredDisks, type RestoredDisk } from './restored-disks.ts';
import type { SettingsShape } from '../state/state-settings.ts';
import { templateText } from './template-text.ts';
import { makeVm, replaceDisks } from './whole-vm.ts';

/**
 * The end of a restore of disks: the managed disks are in the target group, and the files that describe the VM in the
 * account. A restore from the vault also leaves its copies of the disks there, which cost money until somebody deletes
 * them.
 */
export function endRestore(world: World, jobId: string): void {
  const job = world.state.jobs.find((known) => known.id === jobId);
  const item = job && findItem(world, job.vaultId, job.container);
  if (!job?.restore || job.status !== 'InProgress') return;
  const point = item?.points.find(({ id }) => id === job.restore?.pointId);
  const failed = job.errors !== undefined || !item || !point;
  const end = stamp(world.now());
  job.tasks = job.tasks.map((task) => ({ ...task, status: failed ? 'Failed' : 'Completed', end }));
  Object.assign(job, { status: failed ? 'Failed' : 'Completed', end });
  if (failed) return;
  const disks = restoredDisks(world, item, { ...job.restore, point, jobId: job.id });
  const { targetGroupId, newVm, replaces } = job.restore;
  if (targetGroupId || replaces) world.state.disks.push(...disks.map(({ restored }) => restored));
  const machine = item.machine?.vm ?? world.state.vms.find(({ name }) => name === job.vmName);
  // For a VM with managed disks, these two leave no description of it in the account (azure-docs,
  // backup-azure-arm-restore-vms); what a replacement keeps there of the previous disks isn't recorded by name.
  if (replaces) replaceDisks(world, item.vmId, disks);
  else if (newVm && machine) makeVm(world, newVm, { machine, disks });
  else if (machine) {
    const shape = world.state.settings.settingsFile ?? 'pasted';
    keepBlobs(world, job, { disks, point, shape, texts: textsOf(job, { vm: machine, disks }, shape) });
  }
}

type Texts = { config: string; template: string };
type Left = { disks: readonly RestoredDisk[]; point: PointSpec; shape: SettingsShape; texts: Texts };

function textsOf(job: JobSpec, of: Parameters<typeof configText>[0], shape: SettingsShape): Texts {
  return { config: configText(of, { vhds: vhdUris(job, of.disks), shape }), template: templateText(of) };
}

/** Names as in azure-docs (tutorial-restore-disk); those of keys and of copies of disks aren't recorded. */
function keepBlobs(world: World, job: JobSpec, { disks, point, shape, texts }: Left): void {
  const at = { account: accountOf(job), container: containerOf(job), made: stamp(world.now()) };
  const config = `config-${job.vmName}-${job.id}.json`;
  const template = `azuredeploy${job.id}.json`;
  const isCopied = !hasSnapshot(point) || !job.restore?.targetGroupId;
  const copies = isCopied ? disks.map(({ restored }) => restored) : [];
  // Older points have none (azure-docs of 2017, backup-azure-vms-encryption).
  const hasTemplate = point.time >= '2017-04-26';
  const keys = encryptionInfo(point, world.state.settings);
  const keysName = `encryption-${job.vmName}-${job.id}.json`;
  const blobs: BlobSpec[] = [
    ...(shape === 'absent' ? [] : [{ ...at, name: config, text: texts.config, encoding: encodingOf(shape) }]),
    ...(hasTemplate ? [{ ...at, name: template, text: texts.template, encoding: 'utf8' as const }] : []),
    ...(keys ? [{ ...at, name: keysName, text: JSON.stringify(keys), encoding: 'utf8' as const }] : []),
    ...copies.map(({ name, sizeGiB }) => ({ ...at, name: `${name}.vhd`, bytes: sizeGiB * 1024 ** 3 + 512 })),
  ];
  world.state.blobs.push(...blobs);
  const uri = (name: string): string => `${uriOf(job)}/${name}`;
  job.bag = {
    ...job.bag,
    'Config Blob Name': config,
    'Config Blob Container Name': at.container,
    'Config Blob Uri': uri(config),
    ...(hasTemplate ? { 'Template Blob Uri': uri(template) } : {}),
    ...(keys ? { 'Encryption Info Blob Name': keysName } : {}),
  };
}

function encodingOf(shape: SettingsShape): 'utf8' | 'utf16le' {
  return shape === 'utf8' || shape === 'padded-utf8' ? 'utf8' : 'utf16le';
}

function accountOf(job: JobSpec): string {
  return vmNameOf(job.restore?.storageAccountId ?? '');
}

function containerOf(job: JobSpec): string {
  return `${job.vmName.toLowerCase()}-${hexOf(`container ${job.id}`)}`;
}

function uriOf(job: JobSpec): string {
  return `https://${accountOf(job)}.blob.core.windows.net/${containerOf(job)}`;
}

function vhdUris(job: JobSpec, disks: readonly RestoredDisk[]): Map<RestoredDisk, string> {
  return new Map(disks.map((disk) => [disk, `${uriOf(job)}/${disk.restored.name}.vhd`]));
}
