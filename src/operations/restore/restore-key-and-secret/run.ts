/**
 * Putting back the keys and secrets of restored disks, by the restore identity. First it is checked that the disks are
 * known, and that the restore's settings file, if it can be read, belongs to this VM. Then each key and each secret
 * that the disks name is looked at, one after another: what exists is left alone, what is deleted is recovered, what
 * is gone comes from the backup that the restore left in its staging account. That is read when needed, and stored
 * nowhere. What only a person can do (a firewall, a permission, a disabled key) is waited for.
 */
import type { RestoreIdentity } from '../../../azure/gateway.ts';
import { sameId } from '../../../core/arm-id.ts';
import { failedInternally } from '../../ground/failure.ts';
import type { Next, PartRunner, Run } from '../../ground/part.ts';
import { restoreMemo, restorePartId } from '../../parts/restore-disks.ts';
import { whyNotFound } from '../../restored/not-found.ts';
import { restoredDisks, restoredIn } from '../../restored/restored.ts';
import { settingsIn, type SettingsFile } from '../../restored/settings-file.ts';
import { tried } from '../../../readiness/gather/reader.ts';
import { isOfEntraApp } from '../../../readiness/encryption.ts';
import { backups, bringBack, write } from './bring-back.ts';
import { needsOf } from './needs.ts';
import { needsOfFile } from './needs-of-file.ts';
import { blockedBy, keyVaultGone, obstacleOf, unlessForbidden } from './obstacle.ts';
import type { Need, RestoreKeyAndSecret } from '../../parts/restore-key-and-secret.ts';
import { standingOf } from './standing.ts';

type Memo = RestoreKeyAndSecret['memo'];
type KeysRun = Run<RestoreKeyAndSecret>;

/** Runs `restore-key-and-secret`. */
export const runPutBack: PartRunner<RestoreKeyAndSecret> = {
  first: 'inspect',
  stages: { inspect, keys, write },
};

/** How often a disk that was created may be missing, and the settings file be unread. */
const [maxMissed, maxUnread] = [10, 4];

async function inspect(run: KeysRun): Promise<Next<Memo>> {
  const { restores } = run.azure;
  if (!restores) return { outcome: failedInternally('no-restore-identity') };
  const restored = await restoredDisks(run, null);
  if (restored.is !== 'found') return { outcome: failedInternally(whyNotFound(restored)) };
  const settings = await settingsOf(run, restores);
  const missed = (run.memo.missed ?? 0) + 1;
  if (settings === 'unread' && missed <= maxUnread)
    return { stage: 'inspect', inMs: run.waits.keyLook, memo: { ...run.memo, missed } };
  const known = settings === 'unread' ? null : settings;
  if (known && !isOf(run, known)) return { outcome: failedInternally('settings-of-other-vm') };
  return { stage: 'keys', inMs: 0, memo: { disks: restored.disks, os: known?.os ?? null } };
}

/**
 * The settings file, if there is a readable one: nothing that is done here needs it. Azure may answer later
 * (`unread`), or never: somebody may have deleted the account, or put something there that is no text.
 */
async function settingsOf(run: KeysRun, restores: RestoreIdentity): Promise<SettingsFile | 'unread' | null> {
  const { account, container, configBlob: blob } = restoredIn(run).staged ?? {};
  if (!account || !container || !blob) return null;
  const read = await tried(() => restores.blob({ account, container, blob }));
  if (!read.ok) return read.fault.kind === 'forbidden' ? null : 'unread';
  return read.value === null ? null : settingsIn(read.value);
}

/** Whatever a file doesn't say about its VM doesn't count against it. */
function isOf({ part }: KeysRun, { id, name }: { readonly id: string | null; readonly name: string | null }): boolean {
  if (id !== null) return sameId(id, part.vm.id);
  return name === null || name.toLowerCase() === part.vm.name.toLowerCase();
}

async function keys(run: KeysRun): Promise<Next<Memo>> {
  const { memo, azure, waits } = run;
  const found = await Promise.all((memo.disks ?? []).map((id) => azure.reads.disk(id)));
  const disks = found.filter((disk) => disk !== null);
  if (disks.length < found.length) {
    const missed = (memo.missed ?? 0) + 1;
    if (missed > maxMissed) return { outcome: failedInternally('restored-unread') };
    return { stage: 'keys', inMs: waits.keyLook, memo: { ...memo, missed } };
  }
  const needs = needsOf(disks);
  if (!needs) return { outcome: failedInternally('restored-unread') };
  // Compute itself says which system is on a disk.
  const os = disks.find((disk) => disk.os !== null)?.os ?? memo.os ?? null;
  if (needs.length === 0) return keysOfFile({ ...run, memo: { ...memo, os } });
  const [first] = disks.some(isOfEntraApp) ? disks.flatMap(({ ade }) => ade?.keys ?? []) : [];
  const entraApp = first?.secretUrl ? { secretUrl: first.secretUrl, keyUrl: first.keyUrl } : undefined;
  return meetAll({ ...run, memo: { ...memo, os, read: 'disks', ...(entraApp && { entraApp }) } }, needs);
}

/** No disk names a key: with an Entra application, only the restore's file says which ones they need. */
async function keysOfFile(run: KeysRun): Promise<Next<Memo>> {
  const { memo, azure, part, others } = run;
  const { restores } = azure;
  if (!restores) return { outcome: failedInternally('no-restore-identity') };
  const { staged } = restoreMemo.parse(others(restorePartId)?.memo ?? {});
  const read = await unlessForbidden(() => backups(run, restores));
  if ('fault' in read)
    return blockedBy(run, 'keys', obstacleOf({ why: 'staging', place: staged?.account ?? '' }, read.fault));
  if (read.value === 'keys-garbled') return { outcome: failedInternally('keys-garbled') };
  const found = typeof read.value === 'string' ? null : needsOfFile(read.value, part.keyVaults ?? []);
  const entraApp = found && { entraApp: found.entraApp };
  if (!found?.needs)
    return { outcome: { ended: 'done', adopted: true }, memo: { ...memo, read: 'nowhere', ...entraApp } };
  return meetAll({ ...run, memo: { ...memo, read: 'file', ...entraApp } }, found.needs);
}

async function meetAll(run: KeysRun, needs: readonly Need[]): Promise<Next<Memo>> {
  let memo: Memo = { ...run.memo, missed: 0 };
  for (const need of needs) {
    const now = { ...run, memo };
    const met = await unlessForbidden(() => meet(now, need));
    if ('fault' in met) return blockedBy(now, 'keys', obstacleOf({ ...namesOf(need), why: 'access' }, met.fault));
    if (!('met' in met.value)) return met.value;
    memo = met.value.met;
  }
  const adopted = (memo.done ?? []).length === 0 && (memo.moved ?? []).length === 0;
  return { outcome: { ended: 'done', ...(adopted && { adopted }) }, memo: { ...memo, obstacle: null } };
}

/** One need: met, or what has to happen first. */
async function meet(run: KeysRun, need: Need): Promise<{ readonly met: Memo } | Next<Memo>> {
  const { memo, azure, part } = run;
  if (!azure.restores) return { outcome: failedInternally('no-restore-identity') };
  if (memo.moved?.some(({ from }) => from === need.url)) return { met: memo };
  if ((await azure.reads.keyVault(need.keyVaultId)) === null)
    return blockedBy(run, 'keys', await keyVaultGone(run, need));
  const standing = await standingOf(need, azure.reads, azure.restores);
  if (standing.is === 'there') return { met: memo };
  if (standing.is === 'moved')
    return { met: { ...memo, moved: [...(memo.moved ?? []), { from: need.url, to: standing.to }] } };
  // An approval covers only the key vaults that the plan names.
  if (part.keyVaults && !part.keyVaults.some(({ id }) => sameId(id, need.keyVaultId)))
    return { outcome: failedInternally('key-vault-unplanned') };
  return bringBack(run, need, standing.is);
}

function namesOf({ keyVault: place, name, version }: Need) {
  return { place, name, version };
}
