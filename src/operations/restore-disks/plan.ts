import { z } from 'zod';
import { onItemWithKeys } from '../part.ts';
import type { restoreWaits } from './waits.ts';

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
 * A person, a group or an application whose roles read the disks of the target group, each role with the scope that it
 * was given at. `kind` is Azure's word for it; null: not told. `exports`: they can
 * also export what is on the disks; `attaches`: they can have a VM read it.
 */
export type Reader = z.infer<typeof reader>;

/** Whether they can get at what is on the disks, and not only see that they are there. */
export function getsAt({ exports, attaches }: Reader): boolean {
  return exports || attaches === true;
}

/**
 * What every part has that has Azure Backup restore a point. `keyVaults` hold the keys of the VM's disks; null: unread.
 * `encrypted` as Azure tells it of the point. `guardRequest` is what a Resource Guard wants named; null: it guards no
 * restores, or there is none. `reason` is why, in the words of the requester.
 */
export const onPoint = {
  ...onItemWithKeys,
  /** The vault's. */
  region: z.string(),
  point: z.object({ name: z.string(), time: z.string(), encrypted: z.boolean().nullable() }).readonly(),
  /** `byIdentity`: Azure Backup goes there as the vault's own identity, since the account is behind a firewall. */
  staging: z.object({ id: z.string(), name: z.string(), byIdentity: z.literal(true).optional() }).readonly(),
  /** Null: the point is not in the archive tier alone. */
  rehydrate: z.enum(priorities).nullable().default(null),
  guardRequest: z.string().nullable(),
  reason: z.string(),
};

/** The same, where disks come into a resource group. `readers` null: unread. */
export const intoGroup = {
  ...onPoint,
  targetGroup: z.object({ id: z.string(), name: z.string() }).readonly(),
  /** Absent in plans of before who can read the disks was part of them. */
  readers: z.array(reader).readonly().nullable().optional(),
  /** It is a drill: what is made is deleted again. */
  drill: z.literal(true).optional(),
};

/** Restoring the disks of a recovery point into a resource group. */
export const restoreDisksPart = z
  .object({
    ...intoGroup,
    does: z.literal('restore-disks'),
  })
  .readonly();
export type RestoreDisksPart = z.infer<typeof restoreDisksPart>;

/** How the names of those files are read. */
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
/** A disk that was made, by what its price depends on; null: Azure did not say. */
export type MeasuredDisk = z.infer<typeof measuredDisk>;

/** What the stages of a restore hand to one another. */
export const restoreMemo = z
  .object({
    operationId: z.string().optional(),
    requestId: z.string().nullable().optional(),
    jobId: z.string().optional(),
    /** Azure's percentage, from 0 to 100; null: it gave none. */
    percent: z.number().nullable().optional(),
    /** What Azure thinks is left, in milliseconds; null: it doesn't say. */
    remainingMs: z.number().nullable().optional(),
    /** How often the job could not be found, and then what it made not be read. */
    missed: z.number().optional(),
    /** The ids of the disks that were made; null: that could not be read. Earlier rows have their names. */
    disks: z.array(z.string()).readonly().nullable().optional(),
    /** The same disks, by what their prices depend on; null: that could not be read. */
    measured: z.array(measuredDisk).readonly().nullable().optional(),
    /** What goes with the disks; null: the job did not say where it is. */
    staged: stagedFiles.nullable().optional(),
  })
  .readonly();

/** The id of the part that restores the point, in each plan of a restore. */
export const restorePartId = 'restore';

/** The types of `restore-disks`. */
export type RestoreDisks = {
  readonly part: RestoreDisksPart;
  readonly memo: z.infer<typeof restoreMemo>;
  readonly waits: typeof restoreWaits;
};
