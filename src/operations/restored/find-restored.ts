/** Gathers what shows which disks a restore created, and has it judged. Reads only. */
import { AzureFault } from '../../azure/faults.ts';
import type { AzureGateway, GroupDisk } from '../../azure/gateway.ts';
import { tried } from '../../readiness/gather/reader.ts';
import type { Into, StagedFiles } from '../parts/restore-disks.ts';
import { judge, type Verdict } from './restored-disks.ts';
import { settingsIn, type SettingsFile } from './settings-file.ts';

type Azure = Pick<AzureGateway, 'reads' | 'restores'>;

/** Azure's clock and ours may differ by this much. */
export const skewMs = 300_000;

/**
 * A restore whose job has ended. `began`: when its part did, by Azure's clock; `vmId`: the VM that the plan creates
 * from the disks, null: none; `words`: names and IDs in what Azure tells of its job.
 */
type EndedRestore = {
  readonly jobId: string;
  readonly vmName: string;
  readonly began: Date;
  readonly into: Into;
  readonly staged: StagedFiles | null;
  readonly words: readonly string[];
  readonly vmId: string | null;
};

/** Finds its disks, in all ways. What can't be read says nothing. */
export async function findRestored(azure: Azure, restore: EndedRestore): Promise<Verdict> {
  const { into, began, staged, jobId, vmName, vmId, words: job } = restore;
  const [now, file] = await Promise.all([
    disksThere(azure.reads, into.groupId),
    tried(() => settingsOf(azure, staged)),
  ]);
  const since = new Date(began.getTime() - skewMs);
  const read = { now, file: (file.ok && file.value?.disks) || null };
  return judge({ jobId, vmName, since, vmId, job, before: into.before, count: into.count, ...read });
}

/** The disks in a group; null: Kluis isn't allowed to list them, so how many there are isn't known. */
export async function disksThere(
  reads: Pick<AzureGateway['reads'], 'disksOfGroup'>,
  groupId: string,
): Promise<readonly GroupDisk[] | null> {
  try {
    return await reads.disksOfGroup(groupId);
  } catch (error) {
    if (error instanceof AzureFault && error.kind === 'forbidden') return null;
    throw error;
  }
}

/** The settings file; null: there is none, or it can't be read. */
async function settingsOf({ restores }: Azure, staged: StagedFiles | null): Promise<SettingsFile | null> {
  const { account, container, configBlob } = staged ?? {};
  if (!restores || !account || !container || !configBlob) return null;
  const text = await restores.blob({ account, container, blob: configBlob });
  return text === null ? null : settingsIn(text);
}
