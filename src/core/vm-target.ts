/**
 * What a person can type to name a VM: a name in any case, `group/name`, a resource id, or a portal link that contains
 * one.
 */
import { armId, parseArmId, sameId } from './arm-id.ts';
import { refuse, type Refusal } from './refusal.ts';

/** The VM that was named, before any lookup. */
export type Target =
  | { readonly by: 'name'; readonly name: string }
  | { readonly by: 'group'; readonly group: string; readonly name: string }
  | { readonly by: 'id'; readonly id: string; readonly name: string; readonly group: string };

/** Azure allows 64 characters for Linux VMs; ids and portal links are longer. */
const maxLength = 2000;
const vmName = /^[\p{L}\p{N}_](?:[\p{L}\p{N}._-]{0,62}[\p{L}\p{N}_])?$/u;
const groupName = /^[\p{L}\p{N}._()-]{1,90}$/u;

/** Reads a typed target; refuses what can't be one, with the word as it was given. */
export function parseTarget(text: string): Target | Refusal {
  const given = text.trim();
  if (given.length > maxLength) return refuse('name-too-long', { most: maxLength });
  const id = idIn(given);
  if (id) return id;
  const parts = given.split('/').filter((part) => part !== '');
  const [first = '', second] = parts;
  if (parts.length === 1 && !given.includes('/') && vmName.test(first)) return { by: 'name', name: first };
  if (parts.length === 2 && groupName.test(first) && vmName.test(second ?? '')) {
    return { by: 'group', group: first, name: second as string };
  }
  return refuse('bad-name', { given: given.slice(0, 100) });
}

/** Whether a VM is one that a target names, whatever the case. */
export function isNamedBy(
  vm: { readonly id: string; readonly name: string; readonly resourceGroup: string },
  target: Target,
): boolean {
  if (vm.name.toLowerCase() !== target.name.toLowerCase()) return false;
  if (target.by === 'id') return sameId(target.id, vm.id);
  return target.by === 'name' || vm.resourceGroup.toLowerCase() === target.group.toLowerCase();
}

/** Which names several VMs have, whatever the case; `names` has one for each VM. */
export function sharedNames(names: readonly string[]): (name: string) => boolean {
  const found = Map.groupBy(names, (name) => name.toLowerCase());
  return (name) => (found.get(name.toLowerCase())?.length ?? 0) > 1;
}

/** How VMs are named next to one another and next to `others`: with the group if two have the same name. */
export function calledApart(
  vms: readonly { readonly id: string; readonly name: string }[],
  others: readonly string[] = [],
): (vm: { readonly id: string; readonly name: string }) => string {
  const plain = (name: string) => name.slice(name.lastIndexOf('/') + 1);
  const isShared = sharedNames([...vms.map(({ name }) => name), ...others].map(plain));
  return ({ id, name }) => (isShared(name) ? `${armId(id).resourceGroup}/${name}` : name);
}

/** How the VMs with these IDs are named next to one another and next to `others`, in order. */
export function namesApart(ids: readonly string[], others: readonly string[]): string[] {
  const vms = ids.map((id) => ({ id, name: parseArmId(id)?.name ?? id }));
  return vms.map(calledApart(vms, others)).sort();
}

/** A resource id, alone or inside a portal link (`…#@tenant/resource/subscriptions/…/overview`). */
function idIn(text: string): Target | null {
  const decoded = decode(text);
  const found =
    /\/subscriptions\/[^/?#\s]+\/resourceGroups\/[^/?#\s]+\/providers\/[^/?#\s]+\/virtualMachines\/[^/?#\s]+/i.exec(
      decoded,
    );
  const id = found ? parseArmId(found[0]) : null;
  if (!id || !/^(Microsoft\.Compute|Microsoft\.ClassicCompute)$/i.test(id.provider) || !vmName.test(id.name))
    return null;
  return { by: 'id', id: id.id, name: id.name, group: id.resourceGroup };
}

function decode(text: string): string {
  try {
    return text.includes('%') ? decodeURIComponent(text) : text;
  } catch {
    return text;
  }
}
