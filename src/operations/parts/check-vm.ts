import { z } from 'zod';
import { minute, second } from '../ground/durations.ts';
import { onItemWithKeys } from '../ground/part.ts';

/**
 * Whether the created VM runs, its agent answers and its disks are encrypted. `vm` is the one that was backed up,
 * `name` the new one's. `encrypted`: as Azure reports it for the recovery point.
 */
export const checkVmPart = z
  .object({
    ...onItemWithKeys,
    does: z.literal('check-vm'),
    targetGroup: z.object({ id: z.string(), name: z.string() }).readonly(),
    name: z.string(),
    encrypted: z.boolean().nullable(),
    /** It is a drill: the VM is deleted again. */
    drill: z.literal(true).optional(),
  })
  .readonly();

/** What its stages hand over. */
export const checkVmMemo = z
  .object({
    /** How often in a row Azure hasn't shown it. */
    missed: z.number().optional(),
    running: z.boolean().optional(),
    /** The version of its agent; null: Azure named none. */
    agent: z.string().nullable().optional(),
    /**
     * Its addresses as its network interfaces have them, the primary one's first, and how many interfaces or public
     * addresses couldn't be read. Absent in a drill and in earlier rows.
     */
    addresses: z
      .object({
        privates: z.array(z.string()).readonly(),
        unread: z.number(),
        publics: z.array(z.string()).readonly(),
        publicUnread: z.number(),
      })
      .readonly()
      .optional(),
    /** The VM that was backed up; `same`: the new one has its ID, and so its backups. Absent in earlier rows. */
    old: z.enum(['there', 'gone', 'same']).optional(),
    /** Whether the backups of a VM with the same ID go on; null: that couldn't be read. */
    backups: z.enum(['continue', 'stopped', 'none']).nullable().optional(),
    /** They were encrypted with an Entra application: no disk shows it. */
    entraApp: z.literal(true).optional(),
    /** Encrypted data disks of a Linux VM in a drill: without the extension they aren't opened. */
    closed: z.array(z.string()).readonly().optional(),
    /** Its disks; `encrypted`: by Azure Disk Encryption; null: that couldn't be read. */
    disks: z
      .array(
        z.object({
          name: z.string(),
          encrypted: z.boolean().nullable(),
          /** Azure encrypts it with a customer-managed key. */
          customerKey: z.literal(true).optional(),
        }),
      )
      .readonly()
      .optional(),
  })
  .readonly();

/** The types of `check-vm`. */
export type CheckVm = {
  readonly part: z.infer<typeof checkVmPart>;
  readonly memo: z.infer<typeof checkVmMemo>;
  readonly waits: typeof checkVmWaits;
};

/** How long a new VM is waited for, in milliseconds. */
export const checkVmWaits = {
  /** Between two looks at it. */
  vmLook: 15 * second,
  /** How long its agent may be silent. */
  vmAgent: 20 * minute,
};
