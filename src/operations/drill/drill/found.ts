/** What `backup drill` finds: a VM's backups, and where `kluis.yaml` puts their drills. */
import type { Unread } from '../../../azure/partial-read.ts';
import type { Consequences, Restorable } from '../../restore/restore-disks/found.ts';
import type { DrillSetup } from '../../parts/drill-setup.ts';
import type { Opening } from './egress-paths.ts';

/**
 * `setup` null: no entry covers the VM. `openings`: the subnet's egress paths; null: it doesn't exist, or couldn't be
 * read. `lacks`: the permissions that the restore identity lacks in the group and needs, so that nothing stays; null:
 * not read. `taken`: a VM with the drill's name exists. `staged`: the storage account exists and is suitable.
 */
export type FoundForDrill = {
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

/** What the dialog knows. */
export type DrillKnown = {
  readonly args: readonly string[];
  readonly found: FoundForDrill;
  readonly point: string;
  readonly go: string;
  readonly [step: string]: unknown;
};
