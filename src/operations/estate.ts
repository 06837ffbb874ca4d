/** What dialogs and views read: Azure, the lists of it, and what this installation's settings say about it. */
import type { AzureGateway, VmEntry } from '../azure/gateway.ts';
import type { PartialRead, Unread } from '../azure/partial-read.ts';
import type { Books } from '../core/books.ts';
import type { Prices } from '../core/prices.ts';
import type { Refusal } from '../core/refusal.ts';
import type { ReadinessCache } from '../readiness/gather/gather.ts';
import type { ReadinessRules } from '../readiness/rules.ts';
import type { DrillBooks } from './drill/books.ts';
import type { DrillSetup } from './drill/setup.ts';
import type { PlannedVm } from './part.ts';
import type { Part } from './parts.ts';
import type { Names } from './plan.ts';

/** The estate as one reading sees it. */
export type Estate = {
  readonly subscriptions: readonly string[];
  readonly reads: AzureGateway['reads'];
  /** Null: no identity is set that may grant access. */
  readonly grants: AzureGateway['grants'];
  /** Null: no identity is set that may restore. */
  readonly restores: AzureGateway['restores'];
  /** The present by this process's clock, and by Azure's, which its jobs and points are dated by. */
  readonly now: () => Date;
  readonly azureNow: () => Date;
  readonly vms: ListedVms;
  readonly readiness: { readonly rules: ReadinessRules; readonly cache: ReadinessCache };
  /** Whether an administrator has switched on grants by access policy for this key vault. */
  readonly grantByPolicy: (keyVaultName: string) => boolean;
  /** What the rules keep back from everybody; null: nothing. */
  readonly blockedByRules: (parts: readonly Part[]) => Refusal | null;
  /** The command that a mistyped word is nearest to; null if none is near. */
  readonly nearestCommand: (word: string) => string | null;
  /** What ids are called in the directory; what could not be read has no name. */
  readonly namesOf: (ids: readonly string[]) => Promise<Names>;
  /** What the installation pays for disks; null: not configured. */
  readonly prices: Prices | null;
  /** What `kluis.yaml` says of the drills of a VM; null: no entry covers it. */
  readonly drillOf: (vm: Pick<PlannedVm, 'id' | 'name' | 'tags'> & { readonly vault: string }) => DrillSetup | null;
  readonly drills: DrillBooks;
  /** The id of the person whose operation started a job; null: nobody's did. */
  readonly starterOf: (jobId: string) => Promise<string | null>;
  readonly books: Books;
};

/** The VMs as they were listed last. */
export type ListedVms = {
  readonly all: () => Promise<readonly VmEntry[]>;
  readonly named: (name: string) => Promise<readonly VmEntry[]>;
  /** The same as `all`, read again if the list is too old, with what could not be read. */
  readonly fresh: () => Promise<PartialRead<VmEntry>>;
  readonly listedAt: () => Promise<Date | null>;
  /** The subscriptions whose VMs could not be listed. */
  readonly unlisted: () => Promise<readonly Unread[]>;
  /** Lists everything again. */
  readonly refresh: () => Promise<void>;
};
