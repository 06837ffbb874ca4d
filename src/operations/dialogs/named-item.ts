/** The backups that somebody means by a VM's name, whether or not the VM still exists. */
import type { ProtectedItem, VaultFacts } from '../../azure/gateway.ts';
import { perVault, readVaults, type Unread } from '../../azure/partial-read.ts';
import { keyOfId, parseArmId, sameId } from '../../core/arm-id.ts';
import { isRefusal } from '../../core/refusal.ts';
import { isNamedBy, parseTarget, type Target } from '../../core/vm-target.ts';
import type { Estate } from './estate.ts';
import type { PlannedVm } from '../ground/part.ts';
import { tagsNow } from './tags-now.ts';

/** An item with its vault. */
export type ItemInVault = { readonly vault: VaultFacts; readonly item: ProtectedItem };

/** The one that is meant, or the VMs with that name, as group and name; and what couldn't be read. */
type Named = {
  readonly found: ItemInVault | null;
  readonly several: readonly string[];
  readonly unread: readonly Unread[];
};

/** Finds it in all vaults; `rank` says which of several items of one VM is meant: the lowest. */
export async function namedItem(estate: Estate, asked: string, rank: (item: ProtectedItem) => number): Promise<Named> {
  const target = parseTarget(asked);
  if (isRefusal(target)) return { found: null, several: [], unread: [] };
  const { reads, subscriptions } = estate;
  const vaults = await readVaults(reads, subscriptions);
  const lists = await perVault(vaults.read, async (vault) =>
    (await reads.protectedItems(vault.id)).map((item) => ({ vault, item })),
  );
  const unread = [...vaults.unread, ...lists.unread];
  const named = lists.read.flat().filter(({ item }) => isNamed(item, target));
  const [first, ...rest] = named.toSorted((a, b) => rank(a.item) - rank(b.item));
  if (!first) return { found: null, several: [], unread };
  const others = rest.filter(({ item }) => keyOfId(item.vmId) !== keyOfId(first.item.vmId));
  if (others.length === 0) return { found: first, several: [], unread };
  const names = [first, ...others].map(({ item }) => groupAndName(item));
  return { found: null, several: [...new Set(names)].sort(), unread };
}

/** An item's VM as a plan names it; `calledAs` distinguishes it from another VM of the same name. */
export async function vmOfItem(estate: Estate, item: ProtectedItem): Promise<{ vm: PlannedVm; calledAs: string }> {
  const name = parseArmId(item.vmId)?.name ?? item.friendlyName;
  const namesakes = await estate.vms.named(name);
  const listed = namesakes.find(({ id }) => sameId(id, item.vmId));
  const calledAs = namesakes.some((vm) => vm !== listed) ? groupAndName(item) : name;
  const { id = item.vmId, tags = null } = listed ?? {};
  return { vm: { id, name, os: null, tags: await tagsNow(estate, { id, tags }) }, calledAs };
}

function isNamed({ vmId, friendlyName }: ProtectedItem, target: Target): boolean {
  const { name = friendlyName, resourceGroup = '' } = parseArmId(vmId) ?? {};
  return isNamedBy({ id: vmId, name, resourceGroup }, target);
}

function groupAndName({ vmId, friendlyName }: ProtectedItem): string {
  const parsed = parseArmId(vmId);
  return parsed ? `${parsed.resourceGroup}/${parsed.name}` : friendlyName;
}
