/** What dialogs and views read: Azure, the lists of its resources, and this installation's settings about them. */
import type { AzureGateway, VmEntry } from '../../azure/gateway.ts';
import type { PartialRead, Unread } from '../../azure/partial-read.ts';
import type { Books } from '../../core/books.ts';
import type { Prices } from '../../core/prices.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { ReadinessCache } from '../../readiness/gather/gather.ts';
import type { ReadinessRules } from '../../readiness/rules.ts';
import type { DrillBooks } from '../parts/drill-books.ts';
import type { DrillSetup } from '../parts/drill-setup.ts';
import type { PlannedVm } from '../ground/part.ts';
import type { Part } from '../parts/parts.ts';
import type { Names, Plan } from '../parts/plan.ts';

/** The estate as one lookup sees it. */
export type Estate = {
  readonly subscriptions: readonly string[];
  readonly reads: AzureGateway['reads'];
  /** Null: no identity that can grant access is configured. */
  readonly grants: AzureGateway['grants'];
  /** Null: no identity that can restore is configured. */
  readonly restores: AzureGateway['restores'];
  /** The current time by this process's clock, and by Azure's, which dates its jobs and recovery points. */
  readonly now: () => Date;
  readonly azureNow: () => Date;
  readonly vms: ListedVms;
  readonly readiness: { readonly rules: ReadinessRules; readonly cache: ReadinessCache };
  /** Whether an administrator has enabled grants by access policy for this key vault. */
  readonly grantByPolicy: (keyVaultName: string) => boolean;
  /** What the rules deny to everybody; null: nothing. */
  readonly blockedByRules: (parts: readonly Part[]) => Refusal | null;
  /** The command nearest to a mistyped word; null if none is near. */
  readonly nearestCommand: (word: string) => string | null;
  /** The directory's names of IDs; what couldn't be read has none. */
  readonly namesOf: (ids: readonly string[]) => Promise<Names>;
  /** What the installation pays for disks; null: not configured. */
  readonly prices: Prices | null;
  /** The `drills` entry of `kluis.yaml` for a VM; null: no entry covers it. */
  readonly drillOf: (vm: Pick<PlannedVm, 'id' | 'name' | 'tags'> & { readonly vault: string }) => DrillSetup | null;
  readonly drills: DrillBooks;
  /** The ID of the person whose operation started a job; null: no operation of Kluis did. */
  readonly starterOf: (jobId: string) => Promise<string | null>;
  /** The plan that continues this failed restore (an operation's ID); null: nothing can. */
  readonly continuationOf: (operationId: string) => Promise<Plan | null>;
  readonly books: Books;
};

/** The VMs as last listed. */
export type ListedVms = {
  readonly all: () => Promise<readonly VmEntry[]>;
  readonly named: (name: string) => Promise<readonly VmEntry[]>;
  /** The same as `all`, read again if the list is too old, with what couldn't be read. */
  readonly fresh: () => Promise<PartialRead<VmEntry>>;
  readonly listedAt: () => Promise<Date | null>;
  /** The subscriptions whose VMs couldn't be listed. */
  readonly unlisted: () => Promise<readonly Unread[]>;
  /** Lists everything again. */
  readonly refresh: () => Promise<void>;
};
