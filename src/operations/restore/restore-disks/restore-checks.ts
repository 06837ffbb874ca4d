/** What a restore would run into that the lists of a forecast don't show, by the same code that a restore runs. */
import type { DiskFacts, RestoreIdentity, RestoreProblems, VaultFacts } from '../../../azure/gateway.ts';
import { AzureFault } from '../../../azure/faults.ts';
import { allowsAction } from '../../../core/action-match.ts';
import { groupIdOf } from '../../../core/arm-id.ts';
import { tried } from '../../../readiness/gather/reader.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { guardOf, guardRequestOf } from '../../dialogs/guard.ts';
import { wayBack } from '../restore-key-and-secret/bring-back.ts';
import { needsOf } from '../restore-key-and-secret/needs.ts';
import { unlessForbidden } from '../restore-key-and-secret/obstacle.ts';
import type { Need } from '../../parts/restore-key-and-secret.ts';
import type { RestorePart } from '../../parts/restore-part.ts';
import { objectionsTo } from './runner/request.ts';
import { standingOf } from '../restore-key-and-secret/standing.ts';

/** Whether a Resource Guard holds up the restores of a vault; `shut`: nobody has let Kluis through yet. */
export type GuardOutlook =
  | { readonly is: 'none' | 'open' | 'unread' }
  | { readonly is: 'shut'; readonly guard: string };

/**
 * Whether a restore could bring back the keys that disks name and that can't be used now. `makesVersions`: as new
 * versions, so that it also writes to the restored disks. `shut`: the restore identity can't get in; `taken`: another
 * key has the name; `disabled`: somebody has to enable it.
 */
export type KeysOutlook =
  | { readonly is: 'back'; readonly makesVersions: boolean }
  | { readonly is: 'shut' | 'taken' | 'disabled'; readonly keyVault: string }
  | { readonly is: 'unread' };

/** What the restore identity has to be allowed at the restored disks, where it writes new versions into them. */
export const linkActions = ['Microsoft.Compute/disks/read', 'Microsoft.Compute/disks/write'] as const;

/**
 * Whether a Resource Guard holds up the restores of a vault. It lets one through whose identity can read the request
 * that has to be named.
 */
export async function guardOutlook(estate: Estate, vault: VaultFacts): Promise<GuardOutlook> {
  if (!estate.restores) return { is: 'none' };
  const { guard } = await guardOf(estate, vault, 'restore');
  if (guard === 'none' || guard === 'unread') return { is: guard };
  const request = guardRequestOf({ guard });
  const [, id = '', name = ''] = /^((?:\/[^/]+){6}\/resourceGuards\/([^/]+))/i.exec(request ?? '') ?? [];
  const { restores } = estate;
  if (id === '') return { is: 'unread' };
  const held = await heldAt(restores, id, 'Microsoft.DataProtection/resourceGuards/triggerRestoreRequests/read');
  if (held === 'unread') return { is: held };
  return held === 'held' ? { is: 'open' } : { is: 'shut', guard: name };
}

/** Whether everything that the disks name could be brought back, one after another as a restore does. */
export async function keysOutlook(
  { reads, restores }: Estate,
  disks: readonly Pick<DiskFacts, 'ade'>[],
): Promise<KeysOutlook> {
  const needs = needsOf(disks);
  if (!needs || !restores) return { is: 'unread' };
  let makesVersions = false;
  for (const need of needs) {
    const met = await meet({ reads, restores }, need);
    if (met === 'new-version') makesVersions = true;
    else if (met !== 'there') return met;
  }
  return { is: 'back', makesVersions };
}

/** What a restore would fail for; empty: nothing. Azure validates a restore alone, not what becomes of its keys. */
export async function problemsOf(estate: Estate, part: RestorePart): Promise<RestoreProblems> {
  if (!estate.restores) return [];
  const [objections, ofKeys] = await Promise.all([objectionsTo(part, estate.restores), keysProblems(estate, part)]);
  return [...objections, ...ofKeys];
}

/**
 * What keeps a restore from bringing its keys back: a key vault that the restore identity can't get into, or in which
 * other keys have their names; or, if they come back as new versions, what that identity lacks in the group of the
 * restored disks, into which it then writes them. By the disks that the VM has now: without them, or if anything isn't
 * known, nothing. What is disabled waits for whoever enables it.
 */
async function keysProblems(estate: Estate, part: RestorePart): Promise<RestoreProblems> {
  const { reads, restores } = estate;
  if (!restores || part.does === 'replace-disks' || part.point.encrypted === false) return [];
  const vm = await tried(() => reads.vm(part.vm.id));
  const disks = vm.ok && vm.value ? vm.value.disks.map(({ viewAde: keys }) => ({ ade: { version: null, keys } })) : [];
  const outlook = await keysOutlook(estate, disks);
  const nothing = { code: null, message: null, recommendations: [] };
  if (outlook.is === 'shut' || outlook.is === 'taken')
    return [{ ...nothing, keys: { is: outlook.is, keyVault: outlook.keyVault } }];
  if (outlook.is !== 'back' || !outlook.makesVersions) return [];
  const held = await Promise.all(linkActions.map((action) => heldAt(restores, part.targetGroup.id, action)));
  const lacks = linkActions.find((_, at) => held[at] === 'lacking');
  return lacks === undefined ? [] : [{ ...nothing, lacks }];
}

/** Whoever recovers a key vault needs that on its resource group. What was in it comes back with it. */
async function recoveryOutlook(restores: RestoreIdentity, { keyVault, keyVaultId }: Need): Promise<Met> {
  const group = groupIdOf(keyVaultId);
  const held = group === null ? 'unread' : await heldAt(restores, group, 'Microsoft.KeyVault/vaults/write');
  if (held === 'unread') return { is: held };
  return held === 'held' ? 'there' : { is: 'shut', keyVault };
}

/** Azure links a disk to a key vault only for who may deploy from it. */
async function linkOutlook(restores: RestoreIdentity, { keyVault, keyVaultId }: Need): Promise<Met> {
  const held = await heldAt(restores, keyVaultId, 'Microsoft.KeyVault/vaults/deploy/action');
  if (held === 'unread') return { is: held };
  return held === 'held' ? 'new-version' : { is: 'shut', keyVault };
}

/** Whoever has no role at a scope can't even ask there. */
async function heldAt(
  restores: RestoreIdentity,
  scope: string,
  action: string,
): Promise<'held' | 'lacking' | 'unread'> {
  const read = await tried(() => restores.permissions(scope));
  if (read.ok) return allowsAction(read.value, action) ? 'held' : 'lacking';
  return read.fault.kind === 'forbidden' ? 'lacking' : 'unread';
}

type Asked = { readonly reads: Estate['reads']; readonly restores: RestoreIdentity };
type Met = 'there' | 'new-version' | KeysOutlook;

async function meet({ reads, restores }: Asked, need: Need): Promise<Met> {
  const { keyVault } = need;
  try {
    if ((await reads.keyVault(need.keyVaultId)) === null) return await recoveryOutlook(restores, need);
    const read = await unlessForbidden(() => standingOf(need, reads, restores));
    if ('fault' in read) return { is: 'shut', keyVault };
    const { is } = read.value;
    if (is === 'there' || is === 'moved') return 'there';
    const way = wayBack(need, is);
    if (way === 'taken' || way === 'person') return { is: way === 'taken' ? 'taken' : 'disabled', keyVault };
    return way === 'new-version' ? await linkOutlook(restores, need) : 'there';
  } catch (error) {
    if (error instanceof AzureFault) return { is: 'unread' };
    throw error;
  }
}
