import type { VmFacts } from '../../azure/gateway.ts';
import { encryptionOf, hasAde } from '../../readiness/encryption.ts';
import { disksOf, type ListedSubscription } from '../../readiness/gather/gather-many.ts';

/** When Azure Disk Encryption ends: Microsoft's announcement, on each of its pages. */
const endOfAde = Date.UTC(2028, 8, 15);

/** A VM with Azure Disk Encryption, and its owner; null: no tag says so. */
export type AdeVm = { readonly name: string; readonly group: string; readonly owner: string | null };

/**
 * The VMs that still use it, protected or not, and the days that are left. `unknown`: for how many VMs it is unknown;
 * `unread`: how many subscriptions couldn't be listed.
 */
export type AdeLeft = {
  readonly days: number;
  readonly vms: readonly AdeVm[];
  readonly unknown: number;
  readonly unread: number;
};

type Listed = {
  readonly listed: readonly ListedSubscription[];
  readonly now: Date;
  readonly ownerTag: string;
};

/** Counts them. */
export function adeOf({ listed, now, ownerTag }: Listed): AdeLeft {
  const seen = listed.map(encryptedOf);
  const all = seen.flatMap((one) => one ?? []);
  return {
    days: Math.max(0, Math.ceil((endOfAde - now.getTime()) / 86_400_000)),
    vms: all
      .filter(({ uses }) => uses === 'ade')
      .map(({ vm: { name, resourceGroup: group, tags } }) => ({ name, group, owner: tagOf(tags, ownerTag) })),
    unknown: all.filter(({ uses }) => uses === 'unknown').length,
    unread: seen.filter((one) => one === null).length,
  };
}

type Seen = { readonly vm: VmFacts; readonly uses: 'ade' | 'unknown' | 'other' };

function encryptedOf({ vms, disks }: ListedSubscription): readonly Seen[] | null {
  if (!vms.ok) return null;
  return vms.value.map(({ vm }): Seen => {
    const picture = encryptionOf(vm, disksOf(vm, disks));
    return { vm, uses: hasAde(picture) ? 'ade' : picture.kind === 'unknown' ? 'unknown' : 'other' };
  });
}

/** Azure compares tag names case-insensitively. */
function tagOf(tags: VmFacts['tags'], name: string): string | null {
  const [, value = ''] = Object.entries(tags).find(([tag]) => tag.toLowerCase() === name.toLowerCase()) ?? [];
  return value.trim() === '' ? null : value.trim();
}
