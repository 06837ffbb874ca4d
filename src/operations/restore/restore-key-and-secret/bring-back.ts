/** Brings back one key or one secret: recovers it, restores it, or writes it to a new version. Each is sent once. */
import type { AzureFaultFacts } from '../../../azure/faults.ts';
import type { Attempt, RestoreIdentity } from '../../../azure/gateway.ts';
import type { Json } from '../../../core/json.ts';
import { failedCall, failedInternally } from '../../ground/failure.ts';
import type { InternalFailure, Next, Run } from '../../ground/part.ts';
import { restoreMemo, restorePartId } from '../../parts/restore-disks.ts';
import { backedUpKeys, backupOfKey, backupOfSecret } from './backed-up-keys.ts';
import { blockedBy, obstacleOf, unlessForbidden } from './obstacle.ts';
import type { Need, PutBack, RestoreKeyAndSecret } from '../../parts/restore-key-and-secret.ts';
import { kekTag, madeFrom, standingOf } from './standing.ts';

type Memo = RestoreKeyAndSecret['memo'];
type KeysRun = Run<RestoreKeyAndSecret>;
type Doing = NonNullable<Memo['doing']>;

/** How often somebody else's write can come first. */
const maxConflicts = 5;

/** The next step for something that the disks need and can't use in its current state. */
export function bringBack(run: KeysRun, need: Need, standing: 'disabled' | 'other' | 'deleted' | 'free'): Next<Memo> {
  const { memo, now, waits } = run;
  // While it is on its way back it doesn't exist yet, and can't be requested again.
  if (memo.asked?.includes(need.url) && standing !== 'disabled') {
    if (Date.parse(memo.until ?? '') <= now.getTime()) return { outcome: failedInternally('keys-not-shown') };
    return { stage: 'keys', inMs: waits.keyLook, memo };
  }
  const how = wayBack(need, standing);
  if (how === 'taken') return { outcome: failedInternally('key-name-taken') };
  if (how !== 'person') return { stage: 'write', inMs: 0, memo: { ...memo, doing: { need, how } } };
  const { kind, keyVault: place, name, version } = need;
  return blockedBy(run, 'keys', obstacleOf({ why: `${kind}-disabled`, place, name, version }));
}

/**
 * How something that can't be used comes back. A key is never written over another one, and a secret's value only where
 * a key wraps it, or its name is free and the files have no backup of it. `person`: only somebody can enable it;
 * `taken`: its name is.
 */
export function wayBack({ kind, wrappedBy }: Need, standing: string): PutBack['how'] | 'person' | 'taken' {
  if (standing === 'deleted') return 'recovered';
  if (kind === 'secret' && wrappedBy !== null) return 'new-version';
  if (standing === 'free') return 'restored';
  return standing === 'disabled' ? 'person' : 'taken';
}

/** The stage that does it; the result is checked afterwards. */
export async function write(run: KeysRun): Promise<Next<Memo>> {
  const { memo, azure, waits } = run;
  const { restores } = azure;
  const { need, how } = memo.doing as Doing;
  if (!restores) return { outcome: failedInternally('no-restore-identity') };
  const sending = await unlessForbidden(() => sendingOf(run, restores));
  if ('fault' in sending) return stagingShut(run, sending.fault);
  if (typeof sending.value === 'string') return { outcome: failedInternally(sending.value) };
  const { value: send } = sending;
  const written = await run.write<Json>({
    call: `${how} ${need.kind} ${need.keyVault}/${need.name}`,
    target: need.url,
    send: async (attempt) => ({ requestId: (await send(attempt)).requestId }),
    findEffect: async () => ((await shows(run, restores)) ? { traced: true } : null),
    reconcileWindowMs: waits.traceProtect,
  });
  if (written.end === 'waiting') return { stage: 'write', inMs: written.inMs, memo };
  if (written.end === 'refused') return refused(run, written.fault);
  const { kind, name, keyVault, url } = need;
  return {
    stage: 'keys',
    inMs: 0,
    memo: {
      ...withoutDoing(memo),
      done: [...(memo.done ?? []), { how, kind, name, keyVault }],
      asked: [...(memo.asked ?? []), url],
      until: new Date(run.now.getTime() + waits.keyShows).toISOString(),
    },
  };
}

function withoutDoing({ doing: _, conflicts: __, ...memo }: Memo): Memo {
  return { ...memo, obstacle: null };
}

function stagingShut(run: KeysRun, fault: AzureFaultFacts): Next<Memo> {
  const { staged } = restoreMemo.parse(run.others(restorePartId)?.memo ?? {});
  return blockedBy(run, 'write', obstacleOf({ why: 'staging', place: staged?.account ?? '' }, fault));
}

function refused(run: KeysRun, fault: AzureFaultFacts): Next<Memo> {
  const { memo, waits } = run;
  const { keyVault: place, name, version } = (memo.doing as Doing).need;
  if (fault.kind === 'forbidden')
    return blockedBy(run, 'write', obstacleOf({ why: 'access', place, name, version }, fault));
  const conflicts = (memo.conflicts ?? 0) + 1;
  if (fault.kind !== 'conflict' || conflicts > maxConflicts) return { outcome: failedCall(fault) };
  // Somebody else is working on it: its state afterwards shows what is left to do.
  return { stage: 'keys', inMs: waits.keyLook, memo: { ...withoutDoing(memo), conflicts } };
}

async function shows({ memo, azure }: KeysRun, restores: RestoreIdentity): Promise<boolean> {
  const { need, how } = memo.doing as Doing;
  const { is } = await standingOf(need, azure.reads, restores);
  return is === 'there' || is === 'moved' || (how === 'recovered' && is !== 'deleted');
}

type Send = (attempt: Attempt) => Promise<{ readonly requestId: string | null }>;

/** The call that does it; the name of a failure if the restore left nothing to do it with. */
async function sendingOf(run: KeysRun, restores: RestoreIdentity): Promise<Send | InternalFailure> {
  const { need, how } = run.memo.doing as Doing;
  const { uri, name } = need;
  const isKey = need.kind === 'key';
  if (how === 'recovered')
    return (attempt) => (isKey ? restores.recoverKey(uri, name, attempt) : restores.recoverSecret(uri, name, attempt));
  const all = await backups(run, restores);
  if (typeof all === 'string') return all;
  const { value, backup } = isKey ? { value: null, backup: backupOfKey(all, need) } : backupOfSecret(all, need);
  if (how === 'new-version') {
    const secret = { keyVaultUri: uri, name, contentType: 'Wrapped BEK', tags: tagsOf(run, need) };
    return value === null ? 'keys-not-copied' : (attempt) => restores.putSecret({ ...secret, value }, attempt);
  }
  if (backup === null) {
    // Only files as of 2019 have a secret's value without a backup (azure-docs, backup-azure-restore-key-secret).
    if (value === null) return 'keys-not-copied';
    const secret = { keyVaultUri: uri, name, contentType: 'BEK', tags: tagsOf(run, need), value };
    return (attempt) => restores.putSecret(secret, attempt);
  }
  return (attempt) =>
    isKey ? restores.restoreKey(uri, backup, attempt) : restores.restoreSecret(uri, backup, attempt);
}

/** The restore's file with the keys; the name of a failure if there is none that can be read. */
export async function backups({ others }: Pick<KeysRun, 'others'>, restores: Pick<RestoreIdentity, 'blob'>) {
  const { staged } = restoreMemo.parse(others(restorePartId)?.memo ?? {});
  if (!staged?.encryptionInfoBlob) return 'keys-not-copied';
  const { account, container, encryptionInfoBlob: blob } = staged;
  const text = await restores.blob({ account, container, blob });
  return text === null ? 'keys-not-copied' : (backedUpKeys(text) ?? 'keys-garbled');
}

/**
 * As Azure Disk Encryption reads them, according to Microsoft's page on it; and the version it was made from. Without a
 * KEK nothing names one.
 */
function tagsOf({ memo, part }: KeysRun, { name, url, wrappedBy }: Need): Record<string, string> {
  const isLinux = /^linux$/i.test(memo.os ?? part.vm.os ?? '');
  const wrapping = { DiskEncryptionKeyEncryptionAlgorithm: 'RSA-OAEP', [kekTag]: wrappedBy ?? '' };
  return {
    ...(wrappedBy !== null && wrapping),
    DiskEncryptionKeyFileName: isLinux ? 'LinuxPassPhraseFileName' : `${name}.BEK`,
    MachineName: part.vm.name,
    [madeFrom]: url,
  };
}
