/**
 * Recovering a deleted key vault, by the restore identity. One that is there already is adopted: somebody recovered it,
 * or made a new one. After the one request it is read until it appears, since later parts read from it.
 */
import { sameId, subscriptionOf } from '../../../core/arm-id.ts';
import type { Json } from '../../../core/json.ts';
import { failedCall, failedInternally } from '../../ground/failure.ts';
import type { Next, PartRunner, Run } from '../../ground/part.ts';
import type { Recover } from '../../parts/recover-key-vault.ts';

type Memo = Recover['memo'];

/** Runs `recover-key-vault`. */
export const runRecover: PartRunner<Recover> = {
  first: 'inspect',
  stages: { inspect, write, show },
};

async function inspect(run: Run<Recover>): Promise<Next<Memo>> {
  const { part, azure } = run;
  const model = await modelNow(run);
  if (model) return { outcome: { ended: 'done', adopted: true }, memo: { model, adopted: true } };
  if (!azure.restores) return { outcome: failedInternally('no-restore-identity') };
  const { id, name } = part.keyVault;
  const deleted = await azure.reads.deletedKeyVault(name, part.region, subscriptionOf(id));
  // Another key vault with this name may have been deleted since.
  if (!deleted || !sameId(deleted.vaultId, id)) return { outcome: failedInternally('key-vault-purged') };
  return { stage: 'write', inMs: 0 };
}

async function write(run: Run<Recover>): Promise<Next<Memo>> {
  const { restores, reads } = run.azure;
  if (!restores) return { outcome: failedInternally('no-restore-identity') };
  const { keyVault, region } = run.part;
  const tenantId = await reads.tenantId(subscriptionOf(keyVault.id));
  if (tenantId === null) return { outcome: failedInternally('tenant-unread') };
  const recovered = { id: keyVault.id, region, tenantId };
  const written = await run.write<Json>({
    call: 'recover-key-vault',
    target: keyVault.id,
    send: async (attempt) => ({ requestId: (await restores.recoverKeyVault(recovered, attempt)).requestId }),
    findEffect: async () => ((await modelNow(run)) ? { traced: true } : null),
    reconcileWindowMs: run.waits.traceProtect,
  });
  if (written.end === 'waiting') return { stage: 'write', inMs: written.inMs };
  if (written.end === 'refused') return { outcome: failedCall(written.fault) };
  return {
    stage: 'show',
    inMs: 0,
    memo: { until: new Date(run.now.getTime() + run.waits.recoverShows).toISOString() },
  };
}

async function show(run: Run<Recover>): Promise<Next<Memo>> {
  const model = await modelNow(run);
  if (model) return { outcome: { ended: 'done' }, memo: { model } };
  if (Date.parse(run.memo.until as string) <= run.now.getTime())
    return { outcome: failedInternally('key-vault-not-shown') };
  return { stage: 'show', inMs: run.waits.recoverLook, memo: run.memo };
}

/** How the key vault gives access; null: it doesn't exist. */
async function modelNow({ azure, part }: Run<Recover>): Promise<'policies' | 'roles' | null> {
  const found = await azure.reads.keyVault(part.keyVault.id);
  return found && (found.rbac ? 'roles' : 'policies');
}
