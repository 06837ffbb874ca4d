/** Where Azure has a recovery point, and takes it from. Pure. */
import type { Words } from '../../message/words.ts';

type Tiers = { readonly tiers: readonly string[]; readonly archived: boolean; readonly rehydrated?: true };

/** Whether Azure restores a point from its local snapshot: it does wherever there is one. */
export function isFromSnapshot({ tiers }: Pick<Tiers, 'tiers'>): boolean {
  return has(tiers, 'InstantRP');
}

/** Whether a point is in the Recovery Services vault and has no snapshot, from which Azure would restore it. */
export function isInVaultAlone({ tiers }: Pick<Tiers, 'tiers'>): boolean {
  return has(tiers, 'HardenedRP') && !isFromSnapshot({ tiers });
}

/** Where Azure takes a point from; a tier that isn't known here is called what Azure calls it. */
export function tierOf({ tiers, archived, rehydrated }: Tiers): string {
  if (archived) return 'archive';
  if (isFromSnapshot({ tiers })) return 'snapshot';
  if (has(tiers, 'HardenedRP') || tiers.length === 0) return 'vault';
  return rehydrated ? 'rehydrated' : tiers.join(', ');
}

/** The same in words. */
export function tierText({ say }: Pick<Words, 'say'>, tier: string): string {
  const known = (['archive', 'snapshot', 'vault', 'rehydrated'] as const).find((one) => one === tier);
  return known ? say(`tier.${known}`) : tier;
}

function has(tiers: readonly string[], name: string): boolean {
  return tiers.some((tier) => tier.toLowerCase() === name.toLowerCase());
}
