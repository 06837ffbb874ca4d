/** What people have to know before a restore runs: what the plan does about it, and what it can't. Pure. */
import type { RestoreProblems } from '../../../azure/gateway.ts';
import type { Block } from '../../../message/card-data.ts';
import type { FindingToSay, Words } from '../../../message/words.ts';
import { isBroughtBack } from '../../../readiness/lost-keys.ts';
import { strong } from '../../dialogs/said.ts';
import { keysChanged } from './choice.ts';
import type { Restorable } from './found.ts';
import { isFromSnapshot, isInVaultAlone } from '../../wording/point-tier.ts';

/** That the backups are deleted, until when that can be undone, and their state afterwards. */
export function deletedBlocks({ say, duration }: Words, { deleted, hoursLeft }: Restorable): Block[] {
  if (!deleted) return [];
  if (hoursLeft === null) return [strong(say('restore.deleted'))];
  return [strong(say('restore.deleted-until', { left: duration(hoursLeft * 3_600_000) }))];
}

/**
 * That the disks had other keys at the recovery point than the VM has now, and what that means for a snapshot
 * (azure-docs, restore-azure-encrypted-virtual-machines).
 */
export function changedKeys({ say, dateTime }: Words, restorable: Restorable, name: string | undefined): Block[] {
  const { points, keysSince } = restorable;
  const point = points.find((one) => one.name === name);
  if (!point || keysSince === null || !keysChanged(restorable, point)) return [];
  const changed = strong(say('restore.keys-changed', { at: dateTime(new Date(keysSince)) }));
  if (!isFromSnapshot(point)) return [changed];
  const times = points.filter((one) => one.blocked === null && isInVaultAlone(one)).map(({ time }) => time);
  const newest = times.toSorted().at(-1);
  return [
    changed,
    strong(
      newest === undefined
        ? say('restore.snapshot-no-vault')
        : say('restore.snapshot-or-vault', { at: dateTime(new Date(newest)) }),
    ),
  ];
}

/**
 * Whether the disks keep their disk encryption set, which a request doesn't name: they do from a snapshot only
 * (azure-docs, encryption-at-rest-with-cmk, "Restore VM/disk").
 */
export function customerKeyBlocks(
  { say }: Words,
  { points, customerKey }: Restorable,
  name: string | undefined,
): Block[] {
  const point = points.find((one) => one.name === name);
  if (!customerKey || !point) return [];
  return [strong(say(isFromSnapshot(point) ? 'restore.customer-key' : 'restore.no-customer-key'))];
}

/** That a VM that is pinned to a zone comes back there. */
export function zoneBlocks({ say, names }: Words, { points }: Restorable, name: string | undefined): Block[] {
  const zones = points.find((one) => one.name === name)?.zones ?? [];
  return zones.length === 0 ? [] : [{ kind: 'text', text: say('restore.zone', { zones: names(zones) }) }];
}

/** Missing keys don't prevent restoring the disks, but the disks stay locked. */
export function keyBlocks(words: Words, { keys, mayRestore }: Restorable): Block[] {
  const isBack = (key: FindingToSay) => mayRestore && isBroughtBack(key);
  const titles = (some: readonly FindingToSay[]) => some.map((key) => words.finding(key).title).join('; ');
  const [back, gone] = [titles(keys.filter(isBack)), titles(keys.filter((key) => !isBack(key)))];
  return [
    ...(back === '' ? [] : [strong(words.say('restore.keys-back', { found: back }))]),
    ...(gone === '' ? [] : [strong(words.say('restore.keys-gone', { found: gone }))]),
    ...(mayRestore ? purgedBlocks(words, keys) : []),
  ];
}

/** Why its keys can't be brought back yet, as the forecast says it, and what a restore does then. */
export function shutOutText({ say }: Words, { is, keyVault }: NonNullable<RestoreProblems[number]['keys']>): string {
  return `${say(`forecast.keys-${is}`, { about: keyVault })}. ${say(`restore.keys-${is}`)}`;
}

/** What can't be recovered: what a person has to do, and what the restore does then. */
function purgedBlocks({ say, names }: Words, keys: Restorable['keys']): Block[] {
  const keyVaults = keys
    .filter(({ code }) => code === 'key-vault.gone')
    .map(({ params }) => String(params['keyVault']));
  if (keyVaults.length === 0) return [];
  return [strong(say('restore.key-vault-purged', { keyVaults: names(keyVaults), count: keyVaults.length }))];
}
