import { z } from 'zod';
import type { Ask } from '../../people/rights.ts';
import { second } from '../ground/durations.ts';
import { onItemWithKeys } from '../ground/part.ts';
import { asksOnVm, targetOf } from '../ground/targets.ts';
import { ways } from './restored-ways.ts';

/** How soon Azure brings a point back from the archive tier: in up to 15 hours, or faster at a higher price. */
export const priorities = ['Standard', 'High'] as const;
export type Priority = (typeof priorities)[number];

const reader = z
  .object({
    id: z.string(),
    kind: z.string().nullable(),
    exports: z.boolean(),
    attaches: z.literal(true).optional(),
    roles: z.array(z.object({ role: z.string(), scope: z.string() }).readonly()).readonly(),
  })
  .readonly();
/**
 * A person, a group or an application whose roles can read the disks of the target group, each role with its scope.
 * `kind` is Azure's word for it; null: unknown. `exports`: they can also export the disks' contents; `attaches`: they
 * can have a VM read them.
 */
export type Reader = z.infer<typeof reader>;

/** Whether they can get at the disks' contents, not only see that the disks exist. */
export function getsAt({ exports, attaches }: Reader): boolean {
  return exports || attaches === true;
}

/**
 * The fields of every part that has Azure Backup restore a point. `keyVaults` hold the keys of the VM's disks; null:
 * unread. `encrypted` as Azure reports it for the point. `guardRequest` is the request that a Resource Guard requires;
 * null: it doesn't protect restores, or there is none. `reason` is the requester's.
 */
export const onPoint = {
  ...onItemWithKeys,
  /** The vault's. */
  region: z.string(),
  /** `private`: one of its disks allows access only through a disk access; the restored ones keep that. */
  point: z
    .object({
      name: z.string(),
      time: z.string(),
      encrypted: z.boolean().nullable(),
      private: z.literal(true).optional(),
      /** It is a snapshot, and the keys of the VM's disks were changed since: its restore may fail. */
      rotated: z.literal(true).optional(),
      /** Where a drill takes it from; absent: it is no drill, or an older release planned it. */
      tier: z.string().optional(),
    })
    .readonly(),
  /** `byIdentity`: Azure Backup accesses it as the vault's own identity, since the account is behind a firewall. */
  staging: z.object({ id: z.string(), name: z.string(), byIdentity: z.literal(true).optional() }).readonly(),
  /** Null: the point isn't only in the archive tier. */
  rehydrate: z.enum(priorities).nullable().default(null),
  guardRequest: z.string().nullable(),
  reason: z.string(),
};

/** The same, if disks are created in a resource group. `readers` null: unread. */
export const intoGroup = {
  ...onPoint,
  targetGroup: z.object({ id: z.string(), name: z.string() }).readonly(),
  /** Absent in plans from before readers were part of them. */
  readers: z.array(reader).readonly().nullable().optional(),
  /** It is a drill: what is created is deleted again. */
  drill: z.literal(true).optional(),
};

type Found = {
  readonly name: string;
  readonly time: string;
  readonly encrypted: boolean | null;
  readonly privateAccess?: true;
};

/** A recovery point as a plan names it. */
export function plannedPoint({ name, time, encrypted, privateAccess }: Found) {
  return { name, time, encrypted, ...(privateAccess && { private: privateAccess }) };
}

/** Restoring the disks of a recovery point into a resource group. */
export const restoreDisksPart = z
  .object({
    ...intoGroup,
    does: z.literal('restore-disks'),
  })
  .readonly();
export type RestoreDisksPart = z.infer<typeof restoreDisksPart>;

/** The schema for those files' names. */
export const stagedFiles = z
  .object({
    account: z.string(),
    container: z.string(),
    configBlob: z.string().nullable(),
    templateBlob: z.string().nullable(),
    encryptionInfoBlob: z.string().nullable(),
  })
  .readonly();
/**
 * The files that a restore leaves in its staging account: the settings of the VM, the template of a new one, and those
 * with its keys; null: its job named none.
 */
export type StagedFiles = z.infer<typeof stagedFiles>;

const measuredDisk = z.object({ sizeGiB: z.number().nullable(), sku: z.string().nullable() }).readonly();
/** A created disk, by what its price depends on; null: Azure didn't say. */
export type MeasuredDisk = z.infer<typeof measuredDisk>;

const into = z
  .object({ groupId: z.string(), before: z.array(z.string()).readonly().nullable(), count: z.number().nullable() })
  .readonly();
/**
 * Where the disks are created, by what shows later which they are: the names of those that were there `before`, null:
 * that couldn't be read; and how many disks the point has, null: Azure doesn't say.
 */
export type Into = z.infer<typeof into>;

const unsure = z
  .object({
    is: z.enum(['disagree', 'group-unread', 'nothing', 'one-way']),
    said: z
      .array(
        z.union([
          z.object({ way: z.enum(ways), disks: z.array(z.string()).readonly() }).readonly(),
          z.object({ count: z.number() }).readonly(),
        ]),
      )
      .readonly(),
  })
  .readonly();
/** Why it isn't known which disks were created, and what each way to find them says. */
export type Unsure = z.infer<typeof unsure>;

/** What a restore's stages hand over. */
export const restoreMemo = z
  .object({
    /** Stored before Azure is asked. Absent: it creates none in a group, or an older release began it. */
    into: into.optional(),
    operationId: z.string().optional(),
    requestId: z.string().nullable().optional(),
    /** The attempt that Azure accepted: its job carries this ID. Absent: an older release sent it. */
    attemptId: z.string().optional(),
    jobId: z.string().optional(),
    /** Azure's percentage, from 0 to 100; null: it gave none. */
    percent: z.number().nullable().optional(),
    /** Azure's estimate of the time left, in milliseconds; null: it gives none. */
    remainingMs: z.number().nullable().optional(),
    /** How often in a row its operation or job couldn't be found; later, how often its result couldn't be read. */
    missed: z.number().optional(),
    /** The IDs of the created disks; null: they aren't known. Earlier rows have their names. */
    disks: z.array(z.string()).readonly().nullable().optional(),
    /** The ways that found them; absent: an older release did, by the settings file. */
    foundBy: z.array(z.enum(ways)).readonly().optional(),
    /** Why they aren't known. */
    unsure: unsure.optional(),
    /** The same disks, by what their prices depend on; null: that couldn't be read. */
    measured: z.array(measuredDisk).readonly().nullable().optional(),
    /** The files that go with the disks; null: the job didn't say where they are. */
    staged: stagedFiles.nullable().optional(),
  })
  .readonly();

/** The ID of the part that restores the point, in each plan of a restore. */
export const restorePartId = 'restore';

/** The types of `restore-disks`. */
export type RestoreDisks = {
  readonly part: RestoreDisksPart;
  readonly memo: z.infer<typeof restoreMemo>;
  readonly waits: typeof restoreWaits;
};

/** How long a restore waits for Azure, in milliseconds. */
export const restoreWaits = {
  /** Between two looks at its job. */
  restoreJob: 30 * second,
  /** How long to look for the trace of a restore whose response was lost before a person is asked. */
  traceRestore: 10 * 60 * second,
};

/** Azure's name for restoring a recovery point. */
export const restoreAction =
  'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints/restore/action';

/** As far as it is known before it is chosen where they go. */
export function restoreFromAsks(
  part: Pick<RestoreDisksPart, 'vm' | 'keyVaults' | 'ref' | 'vaultName'>,
): readonly Ask[] {
  return asksOnVm('restore-disks', part, [{ scope: part.ref.vaultId, actions: [restoreAction] }]);
}

/** The right to restore a VM's disks: on the VM and its vault, and where the disks and their files will be. */
export function restoreDisksAsks(part: RestoreDisksPart): readonly Ask[] {
  const azure = [
    { scope: part.ref.vaultId, actions: [restoreAction] },
    { scope: part.targetGroup.id, actions: ['Microsoft.Compute/disks/write'] },
    { scope: part.staging.id, actions: ['Microsoft.Storage/storageAccounts/write'] },
  ];
  const places = [targetOf(`${part.targetGroup.id}/providers/Microsoft.Compute/disks/any`), targetOf(part.staging.id)];
  return asksOnVm('restore-disks', part, azure).map((ask) => ({ ...ask, also: [...(ask.also ?? []), ...places] }));
}
