import { AzureFault, type AzureFaultFacts } from '../../azure/faults.ts';
import { failedInternally } from '../failure.ts';
import type { Next, Run } from '../part.ts';
import type { Obstacle, RestoreKeyAndSecret } from './plan.ts';

/** An obstacle before it is known since when it is there. */
type Way = Omit<Obstacle, 'since'>;

/** The stages that may meet one. */
type Stage = 'inspect' | 'keys' | 'write';

type Known = Pick<Obstacle, 'why' | 'place'> & Partial<Pick<Obstacle, 'name' | 'version'>>;

/** An obstacle out of a refusal of the data plane: its firewall, or a right. The address is only told to people. */
export function obstacleOf({ why, place, name = null, version = null }: Known, fault?: AzureFaultFacts): Way {
  const isNetwork = fault?.code === 'ForbiddenByFirewall' || fault?.code === 'ForbiddenByConnection';
  const address = /Client address: ([0-9a-f.:]+)/i.exec(fault?.says ?? '')?.[1] ?? null;
  return { why: why === 'access' && isNetwork ? 'firewall' : why, place, name, version, address };
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

/** What is forbidden, a person has to mend, so it is no reason to end; everything else goes its usual way. */
export async function unlessForbidden<T>(work: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof AzureFault && error.kind === 'forbidden') return { fault: error.facts };
    throw error;
  }
}
