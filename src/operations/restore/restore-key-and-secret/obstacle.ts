import { AzureFault, type AzureFaultFacts } from '../../../azure/faults.ts';
import { sameId, subscriptionOf } from '../../../core/arm-id.ts';
import { ownOf } from '../../../core/own-of.ts';
import { tried } from '../../../readiness/gather/reader.ts';
import { failedInternally } from '../../ground/failure.ts';
import type { Next, Run } from '../../ground/part.ts';
import type { Need, Obstacle, RestoreKeyAndSecret } from '../../parts/restore-key-and-secret.ts';

/** An obstacle without the time since when it exists. */
type Way = Omit<Obstacle, 'since'>;

/** The stages that may meet one. */
type Stage = 'inspect' | 'keys' | 'write';

type Known = Pick<Obstacle, 'why' | 'place'> & Partial<Pick<Obstacle, 'name' | 'version'>>;

const models: Readonly<Record<string, Obstacle['model']>> = { ForbiddenByRbac: 'roles', ForbiddenByPolicy: 'policies' };

/**
 * An obstacle from a refusal of the data plane: its firewall, or a missing permission. The address is only shown to
 * people.
 */
export function obstacleOf({ why, place, name = null, version = null }: Known, fault?: AzureFaultFacts): Way {
  const isNetwork = fault?.code === 'ForbiddenByFirewall' || fault?.code === 'ForbiddenByConnection';
  const address = /Client address: ([0-9a-f.:]+)/i.exec(fault?.says ?? '')?.[1] ?? null;
  const model = ownOf(models, fault?.code ?? '');
  const way = { why: why === 'access' && isNetwork ? ('firewall' as const) : why, place, name, version, address };
  return model ? { ...way, model } : way;
}

/** A key vault is gone: deleted, or purged, which is unrecoverable. It was in the region of the vault's VMs. */
export async function keyVaultGone({ azure, part }: Run<RestoreKeyAndSecret>, need: Need): Promise<Way> {
  const { keyVaultId: id, keyVault: place } = need;
  const { vaultId } = part.ref;
  const vaults = await tried(() => azure.reads.vaults(subscriptionOf(vaultId)));
  const region = (vaults.ok ? vaults.value.find((one) => sameId(one.id, vaultId))?.region : null) ?? null;
  const deleted =
    region === null ? null : await tried(() => azure.reads.deletedKeyVault(place, region, subscriptionOf(id)));
  const isOwn = deleted?.ok && deleted.value !== null && sameId(deleted.value.vaultId, id);
  const is = deleted?.ok ? (isOwn ? 'deleted' : 'purged') : 'unread';
  return { ...obstacleOf({ why: 'key-vault', place }), gone: { is, id, region } };
}

/** The same stage again after a while, until the obstacle is gone or nobody has removed it for too long. */
export function blockedBy(
  { memo, now, waits }: Run<RestoreKeyAndSecret>,
  stage: Stage,
  way: Way,
): Next<RestoreKeyAndSecret['memo']> {
  const since = memo.obstacle?.why === way.why ? memo.obstacle.since : now.toISOString();
  const next = { ...memo, obstacle: { ...way, since } };
  if (now.getTime() - Date.parse(since) > waits.obstacleStays)
    return { outcome: failedInternally('obstacle-stays'), memo: next };
  return { stage, inMs: waits.obstacleLook, memo: next };
}

type Tried<T> = { readonly value: T } | { readonly fault: AzureFaultFacts };

/** What is forbidden has to be fixed by a person, so it doesn't end the part; everything else is handled as usual. */
export async function unlessForbidden<T>(work: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof AzureFault && error.kind === 'forbidden') return { fault: error.facts };
    throw error;
  }
}
