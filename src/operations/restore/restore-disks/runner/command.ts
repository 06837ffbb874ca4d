import { armId } from '../../../../core/arm-id.ts';
import { shellWord } from '../../../../core/shell-word.ts';
import type { RestorePart } from '../../../parts/restore-part.ts';

/** The equivalent command of any restore; `to`: the options that say what it makes, and where. */
export function restoreCommand({ ref, point, staging, rehydrate }: RestorePart, to: string): string {
  const vault = armId(ref.vaultId);
  const where = `--resource-group ${shellWord(vault.resourceGroup)} --vault-name ${shellWord(vault.name)}`;
  const what = `--container-name ${shellWord(ref.container)} --item-name ${shellWord(ref.item)} --rp-name ${shellWord(point.name)}`;
  const as = [
    `--storage-account ${shellWord(staging.id)}`,
    ...(staging.byIdentity ? ['--mi-system-assigned'] : []),
    ...(point.private ? ['--disk-access-option SameAsOnSourceDisks'] : []),
    ...(rehydrate === null ? [] : [`--rehydration-duration 15 --rehydration-priority ${rehydrate}`]),
  ];
  return `az backup restore restore-disks ${where} ${what} ${to} ${as.join(' ')}`;
}
