/** What `backup drill` finds: the backups of a VM, and where `kluis.yaml` has their drills. */
import type { Unread } from '../../azure/partial-read.ts';
import type { Consequences, Restorable } from '../restore-disks/found.ts';
import type { DrillSetup } from './setup.ts';
import type { Opening } from './ways-out.ts';

/**
 * `setup` null: no entry covers the VM. `openings`: the ways out of the subnet; null: it is not there, or could not be
 * read. `lacks`: what the restore identity may not do in the group and has to, so that nothing stays; null: not read.
 * `taken`: a VM of the drill's name is there. `staged`: the storage account is there and fits.
 */
export type Found = {
  readonly restorable: Restorable | null;
  readonly several: readonly string[];
  readonly unread: readonly Unread[];
  readonly setup: DrillSetup | null;
  readonly openings: readonly Opening[] | null;
  readonly lacks: readonly string[] | null;
  readonly taken: boolean;
  readonly staged: boolean;
  readonly consequences: Consequences | null;
};

/** What the dialog looks at. */
export type DrillPorts = { readonly find: (asked: string) => Promise<Found> };

/** What the dialog knows. */
export type DrillKnown = {
  readonly args: readonly string[];
  readonly found: Found;
  readonly point: string;
  readonly go: string;
  readonly [step: string]: unknown;
};
