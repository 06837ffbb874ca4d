/** What `/backup stop`, `resume` and `undelete` find about a VM. */
import type { Unread } from '../../../azure/partial-read.ts';
import type { FindingToSay } from '../../../message/words.ts';
import type { PlannedVm } from '../../ground/part.ts';
import type { ItemRef } from '../../../azure/gateway.ts';
import type { OwnedGuard } from '../../dialogs/guard.ts';
import type { ProtectionPart } from '../../parts/protection.ts';
import type { BackupsState } from '../../ground/backups-state.ts';

/** Which of the three is asked for. */
export type Change = ProtectionPart['does'];

/**
 * The current state of a VM's backups. `calledAs` distinguishes it from another VM with the same name. `points` and
 * `lastPoint` null: not read, or none; `hoursLeft` until what was deleted is gone; `guard`: what a Resource Guard does
 * about stopping them; for resuming, whether it protects changes of protection, which may include that.
 */
export type Backups = OwnedGuard & {
  readonly vm: PlannedVm;
  readonly calledAs: string;
  readonly ref: ItemRef;
  readonly vaultName: string;
  readonly standing: BackupsState;
  readonly policyName: string | null;
  readonly points: number | null;
  readonly lastPoint: string | null;
  readonly hoursLeft: number | null;
  /** What resuming needs; null: it isn't requested, or they aren't stopped. */
  readonly resume: Resume | null;
};

/** The vault's policies that fit the VM, and what blocks its backups; null: nothing does. */
export type Resume = {
  readonly policies: readonly { readonly id: string; readonly name: string }[];
  readonly preset: string | null;
  readonly blocked: FindingToSay | null;
};

/** What matches the words: the backups of one VM, or of several VMs, as group and name; and what wasn't read. */
export type Found = {
  readonly backups: Backups | null;
  readonly several: readonly string[];
  readonly unread: readonly Unread[];
};

/** What the dialogs read. */
export type ProtectionPorts = { readonly find: (asked: string, change: Change) => Promise<Found> };
