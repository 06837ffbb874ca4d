import type { VmEntry, VmFacts } from '../../../azure/gateway.ts';
import type { Unread } from '../../../azure/partial-read.ts';
import { nearWords } from '../../../core/near-words.ts';
import { isNamedBy, type Target } from '../../../core/vm-target.ts';

/** What a typed name may mean: the VMs that match, and if none does, similar names. Plain JSON. */
export type Candidates = {
  readonly vms: readonly Candidate[];
  readonly nearest: readonly string[];
  /** The command that a mistyped word may have meant. */
  readonly command: string | null;
  /** How many subscriptions were searched, and those whose VMs couldn't be listed. */
  readonly subscriptions: number;
  readonly unread: readonly Unread[];
  readonly listedAt: string;
};

/**
 * One VM as a row to pick. `protectedIn` is the Recovery Services vault's name; null: not known to be protected.
 * `machine` is null if it couldn't be read.
 */
export type Candidate = VmEntry & { readonly protectedIn?: string | null; readonly machine?: Machine | null };

/** What distinguishes two VMs with the same name; null: Azure doesn't say. */
export type Machine = Pick<VmFacts, 'os' | 'size' | 'powerState'>;

const maxNearest = 3;

type Listed = {
  readonly subscriptions: number;
  readonly unread: readonly Unread[];
  readonly at: Date;
  /** The command nearest to a word; null: none. */
  readonly nearestCommand: (word: string) => string | null;
};

/** Picks what a target names from the inventory. Pure. */
export function candidatesFor(target: Target, inventory: readonly VmEntry[], list: Listed): Candidates {
  const vms = inventory.filter((vm) => isNamedBy(vm, target));
  const nearest = vms.length > 0 ? [] : nearestNames(target.name, inventory);
  const command = vms.length > 0 || target.by !== 'name' ? null : list.nearestCommand(target.name);
  const subscriptions = list.subscriptions - list.unread.length;
  return { vms, nearest, command, subscriptions, unread: list.unread, listedAt: list.at.toISOString() };
}

/** Names that differ little, by at most a third of their letters, the nearest first. */
function nearestNames(name: string, inventory: readonly { readonly name: string }[]): string[] {
  const names = [...new Set(inventory.map((entry) => entry.name))].sort((a, b) => a.localeCompare(b));
  return nearWords(name, names, ({ length }) => Math.max(2, Math.ceil(length / 3))).slice(0, maxNearest);
}
